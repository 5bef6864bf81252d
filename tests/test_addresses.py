"""Addresses of the instance and of territories never collide."""

from django.urls import get_resolver

from terreau.territory.enums import RESERVED_SLUGS


def test_no_territory_can_take_the_first_word_of_an_address_of_the_instance() -> None:
    patterns = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    words = {text.lstrip("^").split("/")[0] for text in patterns if not text.startswith("<")} - {""}

    assert words - RESERVED_SLUGS == set()
