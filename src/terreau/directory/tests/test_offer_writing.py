"""Offers as their makers and the team keep them."""

import re
from threading import Barrier, Thread

import pytest
from django.db import connection

from terreau.directory import services
from terreau.directory.models import Offer
from terreau.directory.tests.factories import (
    OfferFactory,
    OrganisationFactory,
    ProviderFactory,
    SectorFactory,
    SourceFactory,
    told,
)
from terreau.kernel import audit
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.models import AuditEvent, Citation, Entry, Fact

NEW = "/valenciennois/nouvelle-offre/"
EDIT = "/valenciennois/offres/repas/modifier/"


@pytest.fixture
def cook(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="cuisine", name="La Cuisine"))


@pytest.fixture
def carrier(valenciennois):
    return told(OrganisationFactory(territory=valenciennois, key="porteur", name="Le Porteur : à vélo"))


@pytest.fixture
def meals(valenciennois, cook):
    return told(OfferFactory(territory=valenciennois, key="repas", title="Repas", organisation=cook))


def typed(**changes):
    blank = ("description", "capacity", "area", "shares", "start", "end", "source", "locator")
    return dict.fromkeys(blank, "") | {
        "title": "Repas", "sort": "service", "visibility": "publique", "opened_on": "1",
    } | changes  # fmt: skip


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def test_an_offer_is_made_told_sourced_and_audited(animator, visitor, cook, carrier, valenciennois):
    SectorFactory(territory=valenciennois, key="traiteur", name="Traiteur")
    source = told(SourceFactory(territory=valenciennois, key="livret"))
    response = animator.post(NEW, typed(
        organisation="la cuisine", title="Repas livrés", start="2020~", sectors=["traiteur"], source="livret",
        locator="40", shares="Le Porteur : à vélo : la livraison",
    ))  # fmt: skip

    offer = Offer.objects.get()
    [provider] = offer.providers.all()
    assert (response.status_code, response["Location"]) == (302, "/valenciennois/offres/repas-livres/")
    assert (offer.key, offer.organisation, str(offer.start)) == ("repas-livres", cook, "2020~")
    assert (provider.organisation, provider.part) == (carrier, "la livraison")
    assert [sector.key for sector in offer.sectors.all()] == ["traiteur"]
    assert Citation.objects.filter(record_id=offer.pk, source=source, locator="40").count() == 1
    assert "traiteur" in Entry.objects.get(record_id=offer.pk).names
    assert Fact.objects.filter(record_id=offer.pk, what="directory.offer_started").count() == 1
    assert AuditEvent.objects.get().action == "directory.offer.create"
    assert audit.broken_link(str(valenciennois.pk)) is None
    assert "L'offre est enregistrée" in words(animator.get(response["Location"]))
    assert "Repas livrés" in words(visitor.get("/valenciennois/offres/?q=traiteur"))


def test_two_offers_of_one_title_get_two_addresses(animator, cook):
    first, second = (
        services.create_offer(cook, by=animator.actor, values={"title": "Repas", "sort": "service"}) for _ in range(2)
    )
    assert (first.key, second.key) == ("repas", "repas-2")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation", "La Cuisne", "Plutôt : La Cuisine ?"),
        ("organisation", "Personne", "écrire son nom comme il y figure"),
        ("organisation", "", "obligatoire"),
        ("title", " ", "obligatoire"),
        ("sort", "autre", "Sélectionnez un choix valide"),
        ("start", "vers 2012", "pas une date EDTF"),
        ("end", "1999", "commence après sa fin"),
        ("shares", "Personne", "Ligne 1 : « Personne » n'est pas dans l'annuaire"),
        ("shares", "La Cuisine", "est déjà dans cette offre"),
        ("locator", "12", "Une page sans sa source"),
        ("visibility", "privee", "Sélectionnez un choix valide"),
    ],
)
def test_what_cannot_be_kept_is_explained_where_it_was_typed(field, value, said, animator, cook):
    response = animator.post(NEW, typed(organisation="La Cuisine", start="2001") | {field: value})
    page = words(response)
    assert (response.status_code, Offer.objects.count()) == (200, 0)
    assert 'class="error-summary"' in page
    assert said in page


def test_saving_without_changing_anything_writes_nothing(animator, meals, carrier):
    ProviderFactory(offer=meals, organisation=carrier, part="la livraison")
    response = animator.post(EDIT, typed(shares="Le Porteur : à vélo : la livraison"))
    meals.refresh_from_db()
    assert (response.status_code, meals.version, AuditEvent.objects.count()) == (302, 1, 0)


def test_two_hands_on_one_offer_lose_nothing(animator, steward, meals):
    steward.post(EDIT, typed(capacity="200 repas"))
    refused = animator.post(EDIT, typed(capacity="300 repas", area="Anzin"))
    page = words(refused)
    meals.refresh_from_db()
    assert (refused.status_code, meals.capacity, meals.version) == (409, "200 repas", 2)
    assert page.index("Les deux versions") < page.index("200 repas") < page.index("300 repas")
    assert 'value="Anzin"' in page
    assert animator.post(EDIT, typed(capacity="300 repas", opened_on="2")).status_code == 302


def test_changing_only_who_shares_moves_the_version(animator, meals, carrier):
    animator.post(EDIT, typed(shares="porteur"))
    meals.refresh_from_db()
    assert (meals.version, [one.organisation for one in meals.providers.all()]) == (2, [carrier])
    with pytest.raises(StaleVersion):
        services.update_offer(meals, by=animator.actor, version=1, changes={}, shares=[])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(animator, meals):
    barrier, outcomes = Barrier(2), []

    def save(capacity):
        barrier.wait()
        try:
            services.update_offer(
                Offer.objects.get(pk=meals.pk), by=animator.actor, version=1, changes={"capacity": capacity}
            )
            outcomes.append("kept")
        except StaleVersion:
            outcomes.append("stale")
        finally:
            connection.close()

    hands = [Thread(target=save, args=(capacity,)) for capacity in ("200", "300")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    meals.refresh_from_db()
    assert (sorted(outcomes), meals.version, AuditEvent.objects.count()) == (["kept", "stale"], 2, 1)


def test_an_ended_offer_leaves_the_list_and_keeps_its_page(animator, visitor, meals):
    page = words(animator.get("/valenciennois/offres/repas/finir/"))
    assert 'name="on"' in page
    animator.post("/valenciennois/offres/repas/finir/", {"on": "2020", "opened_on": "1"})
    assert "Repas" not in words(visitor.get("/valenciennois/offres/")).split("<h1>")[1]
    assert "Cette offre a pris fin" in words(visitor.get("/valenciennois/offres/repas/"))
    refused = animator.post("/valenciennois/offres/repas/finir/", {"on": "2021", "opened_on": "1"})
    assert refused.status_code == 409


def test_renaming_or_hiding_who_makes_an_offer_tells_it_again(animator, meals, cook):
    services.update_organisation(cook, by=animator.actor, version=1, changes={"name": "La Grande Cuisine"})
    assert Entry.objects.get(record_id=meals.pk).subtitle == "La Grande Cuisine"
    services.update_organisation(cook, by=animator.actor, version=2, changes={"visibility": Visibility.TEAM})
    assert Entry.objects.get(record_id=meals.pk).visibility == Visibility.TEAM


@pytest.mark.parametrize(
    "who", ["visitor", "member", "manager", "contributor", "juror", "officer", "observer", "administrator", "stranger"]
)
def test_only_animators_and_stewards_keep_the_offers(who, meals, cook, request):
    client = request.getfixturevalue(who)
    assert client.post(EDIT, typed(title="Pirate")).status_code == 403
    with pytest.raises(NotAllowed):
        services.create_offer(cook, by=client.actor, values={"title": "Pirate"})
    with pytest.raises(NotAllowed):
        services.update_offer(meals, by=client.actor, version=1, changes={"title": "Pirate"})
    assert list(Offer.objects.values_list("title", flat=True)) == ["Repas"]


def test_what_comes_from_another_territory_is_refused(animator, meals, cook, elsewhere):
    sector, other = SectorFactory.create(territory=elsewhere), OrganisationFactory.create(territory=elsewhere)
    for field, given in (("sectors", {"sectors": [sector]}), ("shares", {"shares": [services.Share(other)]})):
        with pytest.raises(RuleBroken) as refused:
            services.update_offer(meals, by=animator.actor, version=1, changes={}, **given)
        assert refused.value.field == field
    with pytest.raises(ValueError, match="key"):
        services.update_offer(meals, by=animator.actor, version=1, changes={"key": "x"})
    with pytest.raises(RuleBroken) as refused:
        services.update_offer(meals, by=animator.actor, version=1, changes={"visibility": "privee"})
    assert refused.value.field == "visibility"
