"""The two home pages: what they say, to whom, and at what cost."""

import pytest

from terreau.accounts.testing import CastClient, TerritoryFactory
from terreau.directory.models import Nature, Organisation
from terreau.kernel import facts
from terreau.kernel.enums import Visibility
from terreau.kernel.testing import QueryCounter
from terreau.territory.models import Perimeter, PerimeterCommune, Territory


def add_organisation(territory: Territory, key: str, visibility: str = Visibility.PUBLIC) -> Organisation:
    nature, _created = Nature.objects.get_or_create(
        territory=territory, key="association", defaults={"name": "Association"}
    )
    organisation = Organisation.objects.create(
        territory=territory, key=key, name=f"Structure {key}", nature=nature, visibility=visibility
    )
    facts.refresh(organisation)
    return organisation


def test_an_instance_without_territory_says_what_to_do_first(visitor: CastClient, db: None) -> None:
    page = visitor.get("/").content.decode()

    assert "terreau load DOSSIER" in page


def test_the_instance_lists_its_territories_with_their_structures(
    visitor: CastClient, valenciennois: Territory
) -> None:
    add_organisation(valenciennois, "une")
    add_organisation(valenciennois, "deux")

    page = visitor.get("/").content.decode()

    assert 'href="/valenciennois/"' in page
    assert "2 structures" in page


def test_an_empty_territory_has_a_home_that_says_so(visitor: CastClient, valenciennois: Territory) -> None:
    page = visitor.get("/valenciennois/").content.decode()

    assert "L’annuaire est vide." in page


def test_the_home_counts_only_what_its_reader_may_see(
    visitor: CastClient, animator: CastClient, valenciennois: Territory
) -> None:
    add_organisation(valenciennois, "visible")
    add_organisation(valenciennois, "interne", Visibility.TEAM)

    assert "1 organisation est" in visitor.get("/valenciennois/").content.decode()
    assert "2 organisations sont" in animator.get("/valenciennois/").content.decode()


def test_an_unknown_territory_is_not_found(visitor: CastClient, db: None) -> None:
    assert visitor.get("/atlantide/").status_code == 404


def test_the_map_draws_every_commune_that_has_a_point_and_lists_them_all(
    visitor: CastClient, valenciennois: Territory
) -> None:
    perimeter = Perimeter.objects.create(territory=valenciennois, key="perimetre")
    PerimeterCommune.objects.create(
        perimeter=perimeter, code="59606", name="Valenciennes", population=42979, longitude="3.52", latitude="50.36"
    )
    PerimeterCommune.objects.create(perimeter=perimeter, code="59383", name="Marly", population=11980)

    page = visitor.get("/valenciennois/").content.decode()

    assert page.count("<circle") == 1
    assert "Marly" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_of_a_territory_costs_the_same_for_one_or_three_structures(
    count: int, visitor: CastClient, valenciennois: Territory, queries: QueryCounter
) -> None:
    for number in range(count):
        add_organisation(valenciennois, f"s{number}")

    with queries(8):
        visitor.get("/valenciennois/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_of_the_instance_costs_the_same_for_one_or_three_territories(
    count: int, visitor: CastClient, queries: QueryCounter
) -> None:
    TerritoryFactory.create_batch(count)

    with queries(2):
        visitor.get("/")
