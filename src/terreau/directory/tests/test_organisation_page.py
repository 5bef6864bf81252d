"""What the page of an organisation shows of its parts, and what it never gives away."""

import datetime as dt
import json
import re
from typing import Any

import pytest

from terreau.directory import ports
from terreau.directory.models import Distinction, Offer, Organisation, OrganisationLink, Purchase, Resource, Staffing
from terreau.directory.tests.factories import (
    CarrierFactory,
    GapFactory,
    IdentifierFactory,
    InitiativeFactory,
    NameFactory,
    OrganisationFactory,
    SourceFactory,
    TieFactory,
    TieKindFactory,
    link,
    told,
)  # fmt: skip
from terreau.kernel.enums import Visibility

LIST = "/valenciennois/annuaire/"
PAGE = f"{LIST}flac/"


@pytest.fixture
def flac(valenciennois):
    return told(OrganisationFactory.create(territory=valenciennois, key="flac", name="FLAC", start="2001"))


def text_of(client, address=PAGE):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def linked_data(client):
    """Read the JSON-LD as a search engine does."""
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', client.get(PAGE).content.decode(), re.DOTALL
    )
    return [json.loads(text) for text in found]


def change(organisation, **columns):
    Organisation.objects.filter(pk=organisation.pk).update(**columns)


def furnished(territory, flac, size):
    """Give `size` of everything that the page shows beside its story."""
    source = SourceFactory.create(territory=territory)
    for number in range(size):
        other = OrganisationFactory.create(territory=territory, parent=flac)
        Staffing.objects.create(organisation=flac, when=f"20{10 + number}", employees=number + 1, source=source)
        OrganisationLink.objects.create(organisation=flac, label=f"Blog {number}", url="https://exemple.fr")
        CarrierFactory(initiative=InitiativeFactory(territory=territory), organisation=flac)
        Distinction.objects.create(territory=territory, key=f"d{number}", organisation=flac, name="Prix", giver=other)
        Offer.objects.create(
            territory=territory, key=f"o{number}", organisation=flac, title="Nettoyage", capacity="30 vélos"
        )
        guide = Resource.objects.create(
            territory=territory, key=f"r{number}", title="Le guide", sort="guide", url="https://exemple.fr"
        )
        guide.organisations.add(flac)
        for key, buyer, supplier in ((f"v{number}", other, flac), (f"a{number}", flac, other)):
            Purchase.objects.create(
                territory=territory, key=key, buyer=buyer, supplier=supplier, title="Repas", amount=100
            )


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same_for_one_or_three_of_each_part(size, visitor, valenciennois, flac, queries):
    furnished(valenciennois, flac, size)
    change(flac, commune_code="59606")
    with queries(7):
        response = visitor.get(PAGE)
    assert response.status_code == 200


def test_the_page_tells_its_parts(visitor, valenciennois, flac):
    furnished(valenciennois, flac, 2)
    change(
        flac, address="1 rue Neuve", postcode="59300", commune="Valenciennes", description="Un.\n\nDeux.", publics=["enfants"],
        email="flac@exemple.fr", telephone="03 00",
    )  # fmt: skip
    page = text_of(visitor)
    for words in ("1 rue Neuve, 59300 Valenciennes", '<p class="prose">Deux.</p>', "enfants", "mailto:flac@exemple.fr", "03 00", "Blog 0",
                  "Siège et antennes", "Qui y travaille", "Toutes les dates", "Ses prix, labels et agréments", "Ce qu'on lui a acheté", "Ce qu'elle a acheté",
                  "100 €", "Ses initiatives", "30 vélos", "Le guide"):  # fmt: skip
        assert words in page, words


def test_the_last_staff_is_shown_and_the_unknown_is_not_zero(visitor, flac):
    Staffing.objects.create(organisation=flac, when="2020", employees=12, volunteers=0)
    Staffing.objects.create(organisation=flac, when="2018", employees=9)
    page = text_of(visitor)
    assert re.search(r'figure-value">12</p> <p class="figure-label">personnes salariées', page)
    assert re.search(r'figure-value">0</p> <p class="figure-label">bénévoles', page)
    assert 'figure-label">équivalents temps plein' not in page
    assert "2018 9 non connu non connu" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("where", ["branch", "parent", "buyer", "giver", "initiative", "born"])
def test_no_part_names_what_its_reader_may_not_see(where, visitor, animator, valenciennois, flac):
    hidden = {"territory": valenciennois, "name": "Cachée", "visibility": Visibility.TEAM}
    other: Any = OrganisationFactory.create(**hidden) if where not in {"initiative", "born"} else None
    match where:
        case "branch":
            change(other, parent=flac)
        case "parent":
            change(flac, parent=other)
        case "buyer":
            Purchase.objects.create(territory=valenciennois, key="a", buyer=other, supplier=flac, title="Repas cachés")
        case "giver":
            Distinction.objects.create(territory=valenciennois, key="d", organisation=flac, name="Prix", giver=other)
        case "initiative":
            CarrierFactory(initiative=InitiativeFactory(**hidden), organisation=flac)
        case _:
            InitiativeFactory(organisation=flac, **hidden)
    page = text_of(visitor)
    assert ("Cachée" in page, "Repas cachés" in page) == (False, False)
    assert "Cachée" in text_of(animator)
    assert "Cachée" not in json.dumps(linked_data(visitor), ensure_ascii=False)


def test_linked_data_says_what_is_public_and_no_more(visitor, animator, valenciennois, flac):
    kind = TieKindFactory(territory=valenciennois, family="rattachement")
    network, secret = (
        OrganisationFactory.create(territory=valenciennois, key=key, name=key, visibility=visibility)
        for key, visibility in (("reseau", Visibility.PUBLIC), ("secret", Visibility.TEAM))
    )
    for target in (network, secret):
        told(TieFactory(territory=valenciennois, origin=flac, target=target, kind=kind))
    hidden_tie = OrganisationFactory.create(territory=valenciennois, name="liaison")
    told(TieFactory(territory=valenciennois, origin=flac, target=hidden_tie, kind=kind, visibility=Visibility.MEMBERS))
    NameFactory(organisation=flac, name="Fédération")
    IdentifierFactory(organisation=flac, scheme="siren", value="552100554")
    change(flac, start="2001~", summary="</script><b>Elle & lui</b>", site="https://exemple.fr", longitude=3.5, latitude=50.3, commune="Anzin", email="a@exemple.fr")  # fmt: skip

    for client in (visitor, animator):
        (data,) = linked_data(client)
        assert data["@type"] == "Organization"
        assert data["url"] == "http://testserver/valenciennois/annuaire/flac/"
        assert data["alternateName"] == ["Fédération"]
        assert data["identifier"] == [{"@type": "PropertyValue", "propertyID": "SIREN", "value": "552100554"}]
        assert data["description"] == "</script><b>Elle & lui</b>"
        assert [other["name"] for other in data["memberOf"]] == ["reseau"]
        assert data["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 50.3, "longitude": 3.5}
        assert "foundingDate" not in data
    change(flac, start="2001-05")
    assert linked_data(visitor)[0]["foundingDate"] == "2001-05"


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.TEAM])
def test_a_page_that_is_not_public_is_no_data(visibility, animator, flac):
    change(flac, visibility=visibility)
    assert linked_data(animator) == []


def test_an_archived_page_says_so_and_asks_nothing(visitor, flac):
    assert "Comment la joindre ?" in text_of(visitor)
    change(flac, archived_on=dt.date(2024, 5, 2))
    page = text_of(visitor)
    assert "archivée depuis le 2 mai 2024" in re.sub(r"<[^>]+>", "", page)
    assert "Comment la joindre ?" not in page


def test_the_page_says_when_it_was_last_seen_to(visitor, flac):
    assert "pas encore confirmée" in text_of(visitor)
    change(flac, confirmed_on=dt.date(2024, 5, 2))
    assert "Confirmée le 2 mai 2024" in re.sub(r"<[^>]+>", "", text_of(visitor))


def test_the_address_of_a_merged_page_leads_to_what_took_its_place(visitor, steward, valenciennois, flac):
    first, last = (OrganisationFactory.create(territory=valenciennois, key=key) for key in ("un", "deux"))
    change(first, merged_into=last)
    change(flac, merged_into=first, visibility=Visibility.PRIVATE)
    response = visitor.get(PAGE)
    assert (response.status_code, response["Location"]) == (302, f"{LIST}deux/")
    assert "Corriger cette fiche" not in text_of(steward)
    change(last, visibility=Visibility.TEAM)
    assert visitor.get(PAGE).status_code == 404


def test_apps_above_add_actions_notices_and_ways_to_answer(visitor, valenciennois, flac, monkeypatch, queries):
    monkeypatch.setattr(
        ports,
        "_actions",
        [lambda _reader, record: [ports.PageAction(label="C'est ma structure", url=f"/x/{record.key}/")]],
    )
    monkeypatch.setattr(ports, "_notices", [lambda _reader, _record: [ports.PageNotice(text="En relecture.")]])
    monkeypatch.setattr(
        ports, "_answers", [lambda *_given: "", lambda _reader, _record, question: f"/dire/{question}/"]
    )
    link(GapFactory(territory=valenciennois, key="lac-un", subject="Combien d'adhérents"), flac)
    with queries(6):
        page = text_of(visitor)
    assert '<a class="button" href="/x/flac/">C' in page
    assert "En relecture." in page
    for question in ("lac-un", "adresse", "contact", "emplois", "description"):
        assert f'href="/dire/{question}/"' in page
    assert "/dire/creation/" not in page
