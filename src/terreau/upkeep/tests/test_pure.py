"""Whose address speaks for a structure, and how a page ages."""

import datetime as dt

import pytest

from terreau.upkeep.pure.domains import speaks_for
from terreau.upkeep.pure.freshness import Touched, months_before, state_of

DAY = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("address", "site", "public", "matches"),
    [
        ("contact@jardin.fr", "https://www.jardin.fr/contact", "", True),
        ("Camille@JARDIN.fr", "https://jardin.fr", "", True),
        ("a@mail.jardin.fr", "https://jardin.fr", "", True),
        ("a@jardin.fr", "https://boutique.jardin.fr", "", True),
        ("a@jardin.fr", "", "accueil@jardin.fr", True),
        ("a@jardins-partagés.fr", "https://www.Jardins-Partagés.fr", "", True),
        ("a@autre.fr", "https://jardin.fr", "b@jardin.fr", False),
        ("a@pasjardin.fr", "https://jardin.fr", "", False),
        ("jardin@gmail.com", "", "accueil@gmail.com", False),
        ("jardin@orange.fr", "https://orange.fr", "", False),
        ("a@jardin.over-blog.com", "https://jardin.over-blog.com", "", False),
        ("a@jardin.fr", "", "", False),
        ("pas une adresse", "https://jardin.fr", "", False),
        ("a@fr", "https://jardin.fr", "", False),
        ("a@jardin.fr", "http://[", "", False),
    ],
)
def test_an_address_speaks_for_the_structure_of_its_domain_and_no_provider_does(address, site, public, matches):
    assert speaks_for(address, site=site, public_email=public) is matches


@pytest.mark.parametrize(
    ("months", "before"),
    [(1, dt.date(2026, 2, 28)), (12, dt.date(2025, 3, 31)), (3, dt.date(2025, 12, 31)), (37, dt.date(2023, 2, 28))],
)
def test_months_are_counted_as_people_do(months, before):
    assert months_before(DAY, months) == before


@pytest.mark.parametrize(
    ("touched", "asked", "state"),
    [
        (dt.date(2025, 4, 1), None, "fresh"),
        (dt.date(2025, 3, 31), None, "to_review"),
        (dt.date(2024, 1, 1), dt.date(2026, 3, 1), "to_review"),
        (dt.date(2024, 1, 1), dt.date(2026, 2, 28), "silent"),
        (dt.date(2024, 6, 1), dt.date(2024, 1, 1), "to_review"),
    ],
)
def test_a_page_is_fresh_then_to_review_then_silent(touched, asked, state):
    assert state_of(Touched(touched, asked), day=DAY, months=12, silent_after=30) == state
