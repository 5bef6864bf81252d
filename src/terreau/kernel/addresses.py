"""Addresses of records, worked out once: a page that cites a source two hundred times asks for it two hundred times."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=16_384)
def address(name: str, territory: str, key: str = "") -> str:
    """Give the address of a view of a territory (its slug), and of one record of it (its key) when there is one."""
    return reverse(name, kwargs={"territory": territory, "key": key} if key else {"territory": territory})
