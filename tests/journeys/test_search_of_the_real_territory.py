"""What people type finds what they mean, on the real territory."""

from collections.abc import Iterator

import pytest

from terreau.directory.models import Organisation, OrganisationName
from terreau.kernel.search.finding import find

PAGE = 20


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("oscar", "chez-oscaar"),
        ("ooscaar", "chez-oscaar"),
        ("maison velo", "maison-du-velo"),
        ("gedas", "gedas"),
    ],
)
def test_a_name_half_remembered_gives_its_organisation_first(lasting_valenciennois, visitor, typed, key):
    first = find(lasting_valenciennois, typed, visitor.actor, limit=PAGE).hits[0]

    assert (first.kind, first.key) == ("organisation", key)


@pytest.mark.parametrize("typed", ["oscar", "ooscaar", "maison velo", "gedas"])
def test_the_page_shows_the_same_first_result(lasting_valenciennois, visitor, typed):
    page = visitor.get("/valenciennois/recherche/", {"q": typed}).context["page"]

    assert page.found[0].url == find(lasting_valenciennois, typed, visitor.actor, limit=PAGE).hits[0].url


def names_of(territory) -> Iterator[tuple[str, str]]:
    """Give each name of each organisation, with the key of who bears it."""
    for organisation in Organisation.objects.of(territory).prefetch_related("names"):
        yield organisation.name, organisation.key
        for other in organisation.names.all():
            yield other.name, organisation.key


def test_every_name_finds_its_organisation_on_the_first_page(lasting_valenciennois, visitor):
    lost = [
        (name, key)
        for name, key in names_of(lasting_valenciennois)
        if ("organisation", key)
        not in {(hit.kind, hit.key) for hit in find(lasting_valenciennois, name, visitor.actor, limit=PAGE).hits}
    ]

    assert lost == []
    assert OrganisationName.objects.filter(organisation__territory=lasting_valenciennois).count() > 0
