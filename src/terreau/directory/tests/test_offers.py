"""Offers as a buyer reads them."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terreau.directory.queries.offers import Asked, offer_list_page
from terreau.directory.tests.factories import (
    DistinctionFactory,
    OfferFactory,
    OrganisationFactory,
    ProviderFactory,
    PurchaseFactory,
    SectorFactory,
    SourceFactory,
    cite,
    told,
)
from terreau.kernel.enums import Visibility
from terreau.kernel.models import Entry, Fact
from terreau.kernel.pure.actor import VISITOR

LIST = "/valenciennois/offres/"


def text_of(client, address, status=200):
    """Give the words of a page, spaces made plain."""
    response = client.get(address)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def streamed(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def meals(valenciennois):
    """A grouped offer: a cook who holds a label, and a carrier."""
    cook = OrganisationFactory.create(
        territory=valenciennois, key="cuisine", name="La Cuisine", commune="Anzin", telephone="03 27 00 00 00"
    )
    carrier = OrganisationFactory.create(territory=valenciennois, key="porteur", name="Le Porteur", commune="Marly")
    sector = SectorFactory.create(territory=valenciennois, key="traiteur", name="Traiteur", group="Restauration")
    offer = OfferFactory.create(
        territory=valenciennois, key="repas", title="Repas livrés", organisation=cook, capacity="200 repas par jour",
        area="Valenciennois", start="2020",
    )  # fmt: skip
    offer.sectors.add(sector)
    ProviderFactory(offer=offer, organisation=carrier, part="La livraison à vélo")
    DistinctionFactory(territory=valenciennois, organisation=cook, name="ESUS", sort="agrement", start="2021")
    return told(offer)


def crowd(territory, size):
    for _ in range(size):
        offer = OfferFactory.create(territory=territory, title="Repas de fête")
        offer.sectors.add(SectorFactory.create(territory=territory))
        provider = ProviderFactory(offer=offer, part="Le service")
        for organisation in (offer.organisation, provider.organisation):
            DistinctionFactory(territory=territory, organisation=organisation, sort="label")
        PurchaseFactory(territory=territory, offer=offer, supplier=offer.organisation)
        told(offer)
    return offer


def test_an_offer_says_who_answers_with_what_and_how_to_reach_them(visitor, meals):
    page = text_of(visitor, LIST)
    for words in ("Repas livrés", "La Cuisine", "Le Porteur", "La livraison à vélo", "200 repas par jour", "ESUS"):
        assert words in page
    assert 'href="tel:0327000000"' in page
    assert "1 offre" in page


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_or_three_offers(size, visitor, valenciennois, queries):
    crowd(valenciennois, size)
    with queries(4):
        visitor.get(LIST)


@pytest.mark.parametrize("size", [1, 3])
def test_an_offer_costs_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    offer = crowd(valenciennois, size)
    for _ in range(size):
        ProviderFactory(offer=offer)
        cite(offer, SourceFactory.create(territory=valenciennois))
        PurchaseFactory(territory=valenciennois, offer=offer, supplier=offer.organisation)
    with queries(6):
        visitor.get(offer.get_absolute_url())


@pytest.mark.parametrize("size", [1, 3])
def test_a_sector_costs_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    offer = crowd(valenciennois, 1)
    sector = offer.sectors.get()
    for _ in range(size - 1):
        other = OfferFactory.create(territory=valenciennois)
        other.sectors.add(sector)
    with queries(5):
        visitor.get(f"/valenciennois/secteurs/{sector.key}/")


@pytest.mark.parametrize("size", [1, 3])
def test_a_short_list_costs_the_same_for_one_or_three(size, visitor, valenciennois, queries):
    keys = [told(OfferFactory(territory=valenciennois)).key for _ in range(size)]
    with queries(3):
        visitor.get("/valenciennois/offres-choisies/", {"choix": keys})


def test_a_search_costs_at_most_eight_queries_and_the_same_for_one_or_three(visitor, valenciennois):
    costs = set()
    for _ in range(3):
        crowd(valenciennois, 1)
        with CaptureQueriesContext(connection) as captured:
            visitor.get(f"{LIST}?q=repas+de+fete&groupe=Restauration&le=2024")
        costs.add(len(captured))
    assert len(costs) == 1
    assert costs.pop() <= 8


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("repas livré", ""),
        ("traiteur", "Trouvée par : Traiteur"),
        ("traitteur", "voici ce qui s'en approche"),
        ("la cuisine", "un mot de sa description"),
    ],
)
def test_an_offer_is_found_by_its_title_its_sector_a_slip_or_its_maker(typed, reason, visitor, meals):
    page = text_of(visitor, f"{LIST}?q={typed}")
    assert "Repas livrés" in page
    assert reason in page


def test_each_choice_of_a_filter_gives_as_many_offers_as_it_says(valenciennois, meals):
    alone = OfferFactory.create(territory=valenciennois, title="Traiteur du soir", sort="produit")
    alone.sectors.add(meals.sectors.get(), SectorFactory.create(territory=valenciennois, group="Restauration"))
    anzin = OrganisationFactory.create(territory=valenciennois, commune="Anzin")
    ProviderFactory(offer=meals, organisation=anzin)
    for holder, name in ((anzin, "ESUS"), (anzin, "Bio"), (alone.organisation, "ESUS")):
        DistinctionFactory(territory=valenciennois, organisation=holder, sort="label", name=name)
    told(alone)

    def results(**chosen):
        page = offer_list_page(VISITOR, valenciennois, Asked.of(chosen), None)
        return page, [row.offer.key for row in page.results]

    page, found = results()
    assert len(found) == page.total == 2
    counted = {facet.name: {option.value: option.count for option in facet.options} for facet in page.facets}
    assert counted["groupe"] == {"Restauration": 2}
    assert counted["commune"] == {"Anzin": 1, "Marly": 1}
    assert counted["label"] == {"ESUS": 2, "Bio": 1}
    assert counted["reponse"] == {"groupe": 1, "seule": 1}
    assert counted["type"] == {"produit": 1, "service": 1}
    for name, options in counted.items():
        for value, count in options.items():
            narrowed, found = results(**{name: value})
            assert (name, value, len(found), narrowed.total) == (name, value, count, count)


def test_an_unknown_choice_gives_nothing_and_says_so(visitor, meals):
    for question in ("commune=Ailleurs", "reponse=toutes", "type=autre", "secteur=x", "groupe=x", "label=x"):
        assert "Aucune offre ne répond à tout cela" in text_of(visitor, f"{LIST}?{question}")


def test_what_is_over_or_not_yet_there_is_not_proposed(visitor, valenciennois):
    ended = OrganisationFactory.create(territory=valenciennois, end="2021")
    memory = OrganisationFactory.create(territory=valenciennois, archived_on="2022-01-01")
    cases: dict[str, dict[str, Any]] = {
        "finie": {"end": "2020"}, "future": {"start": "2999"}, "fermee": {"organisation": ended},
        "archivee": {"organisation": memory}, "actuelle": {"start": "2015"},
    }  # fmt: skip
    for key, fields in cases.items():
        told(OfferFactory.create(territory=valenciennois, key=key, title=key, **fields))

    def keys(question):
        return set(re.findall(r'name="choix" value="([^"]+)"', text_of(visitor, f"{LIST}{question}")))

    assert keys("") == {"actuelle"}
    assert keys("?le=2018") == {"actuelle", "finie", "fermee", "archivee"}


def test_a_label_counts_only_while_it_is_in_force(visitor, meals, valenciennois):
    DistinctionFactory(
        territory=valenciennois, organisation=meals.organisation, name="Vieux label", sort="label", end="2019"
    )
    DistinctionFactory(territory=valenciennois, organisation=meals.organisation, name="Grand prix", sort="prix")
    page = text_of(visitor, LIST)
    assert ("ESUS" in page, "Vieux label" in page, "Grand prix" in page) == (True, False, False)
    assert "ESUS (0)" not in text_of(visitor, f"{LIST}?le=2020")
    assert "ESUS" not in text_of(visitor, f"{LIST}?le=2020")


def test_an_unreadable_date_is_said_and_today_stands_for_it(visitor, meals):
    page = text_of(visitor, f"{LIST}?le=31/02/2020")
    assert "n'est pas une date EDTF" in page
    assert "Repas livrés" in page


def test_the_sector_puts_those_who_could_answer_side_by_side(visitor, meals, valenciennois):
    other = OfferFactory.create(territory=valenciennois, title="Buffets", capacity="40 couverts")
    other.sectors.add(meals.sectors.get())
    page = text_of(visitor, "/valenciennois/secteurs/traiteur/")
    assert "3 structures vendent dans ce secteur" in page
    assert all(words in page for words in ("La Cuisine", "Le Porteur", "40 couverts", "(à plusieurs)"))
    assert visitor.get("/valenciennois/secteurs/rien/").status_code == 404


def test_an_address_holds_a_short_list_in_its_order(visitor, meals, valenciennois):
    told(OfferFactory(territory=valenciennois, key="autre", title="Autre chose"))
    page = text_of(visitor, "/valenciennois/offres-choisies/?choix=autre&choix=repas&choix=partie&choix=autre")
    assert page.index("Autre chose") < page.index("Repas livrés")
    assert "Une offre de cette adresse n'est plus là" in page
    assert "?choix=autre&amp;choix=repas" in page
    carried = text_of(visitor, f"{LIST}?q=repas&choix=autre&choix=repas")
    assert 'value="repas" checked' in carried
    assert '<input type="hidden" name="choix" value="autre">' in carried


def test_the_exports_hold_exactly_what_is_filtered(visitor, meals, valenciennois):
    told(OfferFactory(territory=valenciennois, key="autre", title="Autre chose"))
    text = streamed(visitor, "/valenciennois/offres.csv?secteur=traiteur")
    assert text.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["intitule"], row["organisation"], row["labels"]) == ("Repas livrés", "La Cuisine", "ESUS")
    assert row["avec"] == "Le Porteur : La livraison à vélo"
    answer = json.loads(streamed(visitor, "/valenciennois/offres.json?secteur=traiteur"))
    [item] = answer["offres"]
    assert [one["nom"] for one in item["fournisseurs"]] == ["La Cuisine", "Le Porteur"]
    assert len(json.loads(streamed(visitor, "/valenciennois/offres.json"))["offres"]) == 2
    assert json.loads(streamed(visitor, "/valenciennois/offres.json?q=rienderien"))["offres"] == []


def test_a_spreadsheet_runs_nothing_that_someone_wrote(visitor, valenciennois):
    told(OfferFactory(territory=valenciennois, title="=HYPERLINK(1)", capacity="-2+3", area="@x"))
    text = streamed(visitor, "/valenciennois/offres.csv")
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["intitule"], row["capacite"], row["zone"]) == ("'=HYPERLINK(1)", "'-2+3", "'@x")


# What must not be seen


@pytest.mark.parametrize("hidden", ["offer", "organisation"])
def test_a_hidden_offer_or_maker_is_nowhere(hidden, visitor, member, animator, meals, valenciennois):
    row = meals if hidden == "offer" else meals.organisation
    row.visibility = Visibility.TEAM
    row.save()
    told(meals)
    for client, seen in ((visitor, False), (member, False), (animator, True)):
        found = "Repas livrés" in text_of(client, LIST)
        assert found is seen
        assert ("repas" in streamed(client, "/valenciennois/offres.csv").lower()) is seen
        assert client.get("/valenciennois/offres/repas/").status_code == (200 if seen else 404)
        assert ("Repas livrés" in text_of(client, "/valenciennois/offres-choisies/?choix=repas")) is seen
        assert ("Repas livrés" in text_of(client, "/valenciennois/secteurs/traiteur/")) is seen
    assert not Entry.objects.filter(record_id=meals.pk, visibility=Visibility.PUBLIC).exists()
    assert not Fact.objects.filter(record_id=meals.pk, visibility=Visibility.PUBLIC).exists()


def test_a_hidden_partner_label_giver_or_purchase_does_not_show(visitor, meals, valenciennois):
    partner = OrganisationFactory.create(territory=valenciennois, name="Caché", commune="Cachette", visibility="equipe")
    ProviderFactory(offer=meals, organisation=partner, part="Part secrète")
    DistinctionFactory(territory=valenciennois, organisation=partner, sort="label", name="Label secret")
    DistinctionFactory(
        territory=valenciennois, organisation=meals.organisation, sort="label", name="Label connu", giver=partner
    )
    DistinctionFactory(
        territory=valenciennois, organisation=meals.organisation, sort="label", name="Label tu", visibility="equipe"
    )
    PurchaseFactory(
        territory=valenciennois, offer=meals, supplier=meals.organisation, title="Marché tu", visibility="equipe"
    )
    PurchaseFactory(
        territory=valenciennois, offer=meals, supplier=meals.organisation, title="Achat de caché", buyer=partner
    )
    told(meals)
    secrets = ("Caché", "Cachette", "Part secrète", "Label secret", "Label tu", "Marché tu", "Achat de caché")
    pages = [text_of(visitor, address) for address in (LIST, meals.get_absolute_url(), "/valenciennois/secteurs/traiteur/")]  # fmt: skip
    pages += [streamed(visitor, f"/valenciennois/offres.{kind}") for kind in ("csv", "json")]
    pages.append(str(list(Entry.objects.filter(record_id=meals.pk).values())))
    assert [(secret, place) for place, page in enumerate(pages) for secret in secrets if secret in page] == []
    assert "Label connu" in pages[1]


def test_an_offer_of_elsewhere_is_not_found_here(visitor, elsewhere, meals):
    told(OfferFactory(territory=elsewhere, key="ailleurs", title="Repas d'ailleurs"))
    assert "Repas d'ailleurs" not in text_of(visitor, f"{LIST}?q=repas")
    assert visitor.get("/valenciennois/offres/ailleurs/").status_code == 404


def test_html_in_an_offer_is_text(visitor, valenciennois):
    told(OfferFactory(territory=valenciennois, key="x", title="<b>Gras</b>", description="<script>alert(1)</script>"))
    for address in (LIST, f"{LIST}x/"):
        assert "<script>alert" not in visitor.get(address).content.decode()
        assert "&lt;b&gt;Gras" in visitor.get(address).content.decode()


def test_an_empty_list_says_what_will_be_there(visitor, valenciennois):
    assert "Ici se lira ce que les structures d'ici vendent" in text_of(visitor, LIST)
    assert "Aucune offre n'est choisie" in text_of(visitor, "/valenciennois/offres-choisies/")


def test_facts_say_when_an_offer_began_and_ended(valenciennois):
    offer = told(OfferFactory(territory=valenciennois, title="Paniers", start="2018", end="2022"))
    told_facts = Fact.objects.filter(record_id=offer.pk).order_by("when_earliest")
    assert list(told_facts.values_list("what", "title")) == [
        ("directory.offer_started", "Paniers"),
        ("directory.offer_ended", "Paniers"),
    ]
