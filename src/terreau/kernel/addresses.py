"""Addresses of records, worked out once: a page that cites a source two hundred times asks for it two hundred times."""

import re
from functools import lru_cache

from django.urls import NoReverseMatch, reverse


@lru_cache(maxsize=16_384)
def address(name: str, territory: str, key: str = "") -> str:
    """Give the address of a view of a territory (its slug), and of one record of it (its key) when there is one."""
    if not key:
        return reverse(name, kwargs={"territory": territory})
    if _SLUG.fullmatch(key) and (pattern := _pattern(name, territory)):
        return pattern.replace(_ANY, key)
    return reverse(name, kwargs={"territory": territory, "key": key})


@lru_cache(maxsize=1024)
def _pattern(name: str, territory: str) -> str:
    """Give the addresses of a view with _ANY for the key, empty when its keys are not slugs, which stay as they are."""
    try:
        return reverse(name, kwargs={"territory": territory, "key": _ANY})
    except NoReverseMatch:
        return ""


_ANY = "__any__"
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
