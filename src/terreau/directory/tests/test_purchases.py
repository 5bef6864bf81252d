"""Purchases: recorded by the team, summed without guessing, told without their amounts."""

import csv
import io
import re
from decimal import Decimal

import pytest

from terreau.directory import queries, services
from terreau.directory.models import Purchase
from terreau.directory.tests.factories import OfferFactory, OrganisationFactory, PurchaseFactory, SectorFactory, told
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import AuditEvent, Entry, Fact
from terreau.kernel.pure.edtf import parse

LIST = "/valenciennois/achats/"
NEW = "/valenciennois/nouvel-achat/"


@pytest.fixture
def town(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="ville", name="La Ville"))


@pytest.fixture
def cook(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="cuisine", name="La Cuisine", end="2022"))


def typed(**changes):
    return {
        "buyer": "La Ville", "supplier": "La Cuisine", "title": "Repas de Noël", "start": "2021-12", "end": "",
        "amount": "12 500,50", "procedure": "", "sector": "", "note": "", "source": "", "locator": "",
        "visibility": "equipe", "opened_on": "1",
    } | changes  # fmt: skip


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def test_a_purchase_is_recorded_told_and_audited_its_amount_never_told(officer, visitor, town, cook):
    response = officer.post(NEW, typed(visibility="publique"))
    purchase = Purchase.objects.get()
    assert (response.status_code, purchase.amount, str(purchase.start)) == (302, Decimal("12500.50"), "2021-12")
    assert (purchase.buyer, purchase.supplier, purchase.key) == (town, cook, "repas-de-noel")
    fact = Fact.objects.get(record_id=purchase.pk)
    assert (fact.what, fact.title, fact.visibility) == ("directory.purchase", "Repas de Noël", "publique")
    assert {actor.record_id for actor in fact.actors.all()} == {town.pk, cook.pk}
    assert "12500" not in str(list(Fact.objects.values())) + str(list(Entry.objects.values()))
    assert AuditEvent.objects.get().action == "directory.purchase.record"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("supplier", "La Ville", "ne peut pas s'acheter à elle-même"),
        ("amount", "douze", "n'est pas un montant"),
        ("amount", "-5", "Un montant va de 0 à dix milliards"),
        ("amount", "1e30", "n'est pas un montant"),
        ("amount", "99999999999", "Un montant va de 0 à dix milliards"),
        ("start", "", "obligatoire"),
        ("start", "2999", "dans l'avenir"),
        ("start", "0202", "trop ancien"),
        ("start", "2024", "« La Cuisine » a pris fin avant cet achat (2022)"),
        ("start", "31/02/2021", "pas une date EDTF"),
        ("end", "2020", "commence après sa fin"),
        ("title", "", "obligatoire"),
    ],
)
def test_what_cannot_be_true_is_refused_where_it_was_typed(field, value, said, officer, town, cook):
    response = officer.post(NEW, typed(**{field: value}))
    assert (response.status_code, Purchase.objects.count()) == (200, 0)
    assert said in words(response)


def test_a_purchase_of_an_offer_is_from_one_of_its_makers(officer, town, cook, valenciennois):
    sector = SectorFactory.create(territory=valenciennois, key="traiteur")
    offer = told(OfferFactory(territory=valenciennois, key="repas", title="Repas", organisation=cook))
    offer.sectors.add(sector)
    page = words(officer.get(f"{NEW}?offre=repas"))
    assert 'value="La Cuisine"' in page
    assert '<option value="traiteur" selected>' in page
    told(OrganisationFactory(territory=valenciennois, name="Autre"))
    refused = officer.post(f"{NEW}?offre=repas", typed(supplier="Autre"))
    assert "n'est pas de ceux qui font l'offre" in words(refused)
    officer.post(f"{NEW}?offre=repas", typed(sector="traiteur", visibility="publique"))
    assert (Purchase.objects.get().offer, Purchase.objects.get().sector) == (offer, sector)


def test_sums_leave_out_what_is_unknown_and_say_it(animator, valenciennois):
    meals = SectorFactory.create(territory=valenciennois, name="Traiteur", key="traiteur")
    for start, amount, sector in (
        ("2023-05-01", "100.10", meals), ("2023", "200.20", meals), ("2023", None, meals), ("2022/2023", "7", meals),
        ("2021~", None, None), (None, "1", None),
    ):  # fmt: skip
        PurchaseFactory(territory=valenciennois, start=start, sector=sector, amount=Decimal(amount) if amount else None)
    page = queries.purchase_list_page(animator.actor, valenciennois, {}, None)
    assert [(one.year, one.sector, one.amount, one.summed, one.unknown) for one in page.totals] == [
        (2023, "Traiteur", Decimal("300.30"), 2, 1),
        (2021, "", None, 0, 1),
        (None, "Traiteur", Decimal("7.00"), 1, 0),
        (None, "", Decimal("1.00"), 1, 0),
    ]
    assert (page.overall.amount, page.overall.rows, page.overall.unknown) == (Decimal("308.30"), 6, 2)
    shown = words(animator.get(LIST))
    assert "308,30" in shown
    assert "somme de 4 achats dont le montant est connu" in shown
    assert "2 achats sans montant connu n'entrent pas dans la somme" in shown
    for question, rows in (("annee=2023", 3), ("annee=inconnu", 2), ("secteur=traiteur", 4), ("secteur=inconnu", 2), ("annee=x", 0)):  # fmt: skip
        narrowed = queries.purchase_list_page(animator.actor, valenciennois, dict([question.split("=")]), None)
        assert (question, narrowed.overall.rows, len(narrowed.results)) == (question, rows, rows)


def test_a_sum_too_great_for_one_amount_is_still_a_sum(animator, valenciennois):
    for _ in range(3):
        PurchaseFactory(territory=valenciennois, amount=Decimal("9999999999.99"))
    page = queries.purchase_list_page(animator.actor, valenciennois, {}, None)
    assert page.overall.amount == Decimal("29999999999.97")


def test_without_a_known_amount_the_sum_is_unknown_never_zero(animator, valenciennois):
    PurchaseFactory(territory=valenciennois)
    page = words(animator.get(LIST))
    assert "aucun montant n'est connu" in page
    assert "0 €" not in page


@pytest.mark.parametrize("size", [1, 3])
def test_the_list_costs_the_same_for_one_or_three(size, animator, valenciennois, queries):
    for _ in range(size):
        sector = SectorFactory.create(territory=valenciennois)
        offer = OfferFactory.create(territory=valenciennois)
        PurchaseFactory(territory=valenciennois, sector=sector, offer=offer, supplier=offer.organisation)
    with queries(6):
        animator.get(LIST)


def test_the_team_takes_the_list_away_and_no_one_else(animator, observer, member, visitor, stranger, valenciennois):
    PurchaseFactory(territory=valenciennois, title="=2+2", amount=Decimal("12.5"))
    text = b"".join(observer.get("/valenciennois/achats.csv?annee=2024").streaming_content).decode()
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["objet"], row["montant_ht_euros"], row["date"]) == ("'=2+2", "12.50", "2024")
    for client in (member, stranger):
        assert client.get("/valenciennois/achats.csv").status_code == 403
        assert client.get(LIST).status_code == 403
    assert visitor.get("/valenciennois/achats.csv").status_code == 302


def test_a_purchase_kept_for_the_team_is_told_to_nobody_else(visitor, valenciennois):
    purchase = told(PurchaseFactory(territory=valenciennois, title="Secret", visibility=Visibility.TEAM))
    hidden = OrganisationFactory.create(territory=valenciennois, visibility=Visibility.TEAM)
    other = told(PurchaseFactory(territory=valenciennois, title="Discret", buyer=hidden))
    for record in (purchase, other):
        assert set(Fact.objects.filter(record_id=record.pk).values_list("visibility", flat=True)) == {"equipe"}
    assert "Secret" not in words(visitor.get("/valenciennois/recherche/?q=secret")).split("<h1>")[1].replace('value="secret"', "")  # fmt: skip


def test_two_hands_on_one_purchase_lose_nothing(officer, animator, town, cook, valenciennois):
    purchase = told(PurchaseFactory(territory=valenciennois, key="repas", buyer=town, supplier=cook, start="2021"))
    address = "/valenciennois/achats/repas/modifier/"
    assert 'name="opened_on" value="1"' in words(officer.get(address))
    officer.post(address, typed(amount="10"))
    refused = animator.post(address, typed(amount="20"))
    purchase.refresh_from_db()
    assert (refused.status_code, purchase.amount, purchase.version) == (409, Decimal("10.00"), 2)
    assert animator.post(address, typed(amount="20", opened_on="2")).status_code == 302


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "juror", "observer", "administrator", "stranger"])
def test_only_those_who_work_in_the_team_record_purchases(who, town, cook, request, valenciennois):
    client = request.getfixturevalue(who)
    assert client.post(NEW, typed()).status_code == 403
    values = {"buyer": town, "supplier": cook, "title": "Pirate", "start": parse("2020")}
    with pytest.raises(NotAllowed):
        services.record_purchase(territory=valenciennois, by=client.actor, values=values)
    assert Purchase.objects.count() == 0


def test_a_buyer_of_elsewhere_is_refused(animator, cook, valenciennois, elsewhere):
    values = {
        "buyer": OrganisationFactory.create(territory=elsewhere), "supplier": cook, "title": "x", "start": parse("2020"),
    }  # fmt: skip
    with pytest.raises((RuleBroken, NotAllowed)):
        services.record_purchase(territory=valenciennois, by=animator.actor, values=values)
