import datetime as dt
import threading

import pytest
from django.db import connection

from terreau.directory import services
from terreau.directory.models import Identifier, Organisation
from terreau.directory.pure.keys import RESERVED
from terreau.directory.tests.factories import (
    IdentifierFactory,
    NatureFactory,
    OrganisationFactory,
    SourceFactory,
    ThemeFactory,
    told,
)
from terreau.kernel.clock import today
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.models import AuditEvent, Entry

SIREN, SIRET = "552100554", "55210055400013"
"""Public examples that hold Luhn's key; La Poste's below does not, and is good all the same."""


@pytest.fixture
def nature(valenciennois):
    return NatureFactory.create(territory=valenciennois, key="association")


@pytest.fixture
def flac(valenciennois, nature):
    return told(
        OrganisationFactory.create(territory=valenciennois, key="flac", name="FLAC", nature=nature, start="2001")
    )


def create(animator, territory, nature, **given):
    return services.create_organisation(
        territory, by=animator.actor, name=given.pop("name", "FLAC"), nature=nature, **given
    )


def test_a_page_is_opened_with_everything_that_is_known(animator, valenciennois, nature):
    SourceFactory(territory=valenciennois, key="livret")
    theme = ThemeFactory.create(territory=valenciennois, key="culture")
    made = create(
        animator, valenciennois, nature, name="Chez l'<b>Œuf</b>",
        values={"start": "2001~", "description": "<p>Un lieu.</p><script>alert(1)</script><p>R&amp;D</p>", "publics": ["enfants", " "], "email": "a@exemple.fr"},
        names=[{"name": "Œuf", "sort": "sigle", "source": "livret", "locator": "12"}], identifiers=[{"scheme": "siret", "value": "552 100 554 00013"}],
        links=[{"label": "Blog", "url": "https://exemple.fr/blog"}], staffing=[{"when": "2020", "employees": 12, "full_time_equivalents": "9.50"}],
        themes=["culture"],
    )  # fmt: skip

    kept = Organisation.objects.get(key="chez-l-oeuf")
    assert kept == made
    assert (kept.name, str(kept.start), kept.description, kept.publics) == (
        "Chez l'Œuf",
        "2001~",
        "Un lieu.\n\nR&D",
        ["enfants"],
    )
    assert [(line.name, str(line.source and line.source.key)) for line in kept.names.all()] == [("Œuf", "livret")]
    assert [number.value for number in kept.identifiers.all()] == [SIRET]
    assert list(kept.themes.all()) == [theme]
    assert Entry.objects.get(record_id=kept.pk).title == "Chez l'Œuf"
    event = AuditEvent.objects.get(action="directory.create")
    assert event.changes["staffing"] == [[], [{"when": "2020", "employees": 12, "full_time_equivalents": "9.5"}]]
    assert event.changes["nature"] == [None, "association"]


def test_keys_are_new_and_never_words_of_the_site(animator, valenciennois, nature, flac):
    keys = [create(animator, valenciennois, nature, name=name).key for name in ("FLAC", "Flac !", "Export", "!!!")]
    assert keys == ["flac-2", "flac-3", "export-2", "fiche"]
    with pytest.raises(RuleBroken, match="déjà pris"):
        create(animator, valenciennois, nature, key="flac")
    with pytest.raises(RuleBroken, match="pas un identifiant"):
        create(animator, valenciennois, nature, key="Flac !")
    assert "ajouter" in RESERVED


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"name": " <b></b> "}, "name", "Nom"),
        ({"values": {"description": "x" * 20_001}}, "description", "20001 caractères : le ramener à 20000"),
        ({"values": {"description": "x" * 5_000_000}}, "description", "5000000 caractères"),
        ({"values": {"site": "javascript:alert(1)"}}, "site", "URL"),
        ({"values": {"email": "pas un courriel"}}, "email", "Courriel"),
        ({"values": {"start": "31/02/2001"}}, "start", "31/02/2001"),
        ({"values": {"start": "2010", "end": "2001"}}, "end", "après sa fin"),
        ({"values": {"longitude": 3.5}}, "longitude", "donner les deux"),
        ({"values": {"longitude": float("nan"), "latitude": 1}}, "longitude", "nombre"),
        ({"values": {"commune_code": "99"}}, "commune_code", "pas un code de commune"),
        ({"values": {"parent": "inconnue"}}, "parent", "pas de ce territoire"),
        ({"values": {"publics": ["x"] * 51}}, "publics", "50 lignes au plus"),
        ({"identifiers": [{"scheme": "siren", "value": "385012431"}]}, "identifiers", "ligne 1. « 385012431 » n'est pas un numéro SIREN"),
        ({"identifiers": [{"scheme": "siren", "value": SIREN}, {"scheme": "siren", "value": SIREN}]}, "identifiers", "y est deux fois"),
        ({"names": [{"name": "A", "sort": "sigle"}, {"name": "", "sort": "sigle"}]}, "names", "ligne 2. Nom"),
        ({"links": [{"label": "Mail", "url": "ftp://exemple.fr"}]}, "links", "https://"),
        ({"staffing": [{"when": "2020"}]}, "staffing", "au moins un nombre"),
        ({"staffing": [{"when": "2020", "employees": -1}]}, "staffing", "ligne 1"),
        ({"themes": ["inconnu"]}, "themes", "thème"),
        ({"visibility": "privee"}, "visibility", "garants"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field_and_nothing_is_written(
    given, field, said, animator, valenciennois, nature
):
    with pytest.raises(RuleBroken) as refused:
        create(animator, valenciennois, nature, **given)
    message = refused.value.message.replace("\u00a0", " ").replace("’", "'")
    assert (refused.value.field, said in message) == (field, True), message
    assert (Organisation.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_the_post_office_keeps_its_numbers(animator, valenciennois, nature):
    made = create(animator, valenciennois, nature, identifiers=[{"scheme": "siret", "value": "35600000000001"}])
    assert made.identifiers.get().value == "35600000000001"


def test_one_siret_is_on_one_page_and_the_refusal_names_it(animator, valenciennois, nature, flac):
    IdentifierFactory(organisation=flac, scheme="siret", value=SIRET)
    with pytest.raises(RuleBroken, match="déjà celui de « FLAC »"):
        create(animator, valenciennois, nature, name="Autre", identifiers=[{"scheme": "siret", "value": SIRET}])
    Organisation.objects.filter(pk=flac.pk).update(visibility=Visibility.PRIVATE)
    with pytest.raises(RuleBroken, match="une fiche que vous ne voyez pas"):
        create(animator, valenciennois, nature, name="Autre", identifiers=[{"scheme": "siret", "value": SIRET}])
    Organisation.objects.filter(pk=flac.pk).update(merged_into=OrganisationFactory.create(territory=valenciennois).pk)
    assert create(animator, valenciennois, nature, name="Autre", identifiers=[{"scheme": "siret", "value": SIRET}])


def test_a_branch_has_a_house_and_never_a_circle(animator, valenciennois, nature, flac, elsewhere):
    branch = create(animator, valenciennois, nature, name="Antenne", values={"parent": "flac"})
    assert (branch.parent, list(branch.identifiers.all())) == (flac, [])
    for parent in (branch, flac):
        with pytest.raises(RuleBroken) as refused:
            services.update_organisation(flac, by=animator.actor, version=1, changes={"parent": parent})
        assert refused.value.field == "parent"
    with pytest.raises(RuleBroken, match="pas de ce territoire"):
        services.update_organisation(
            flac, by=animator.actor, version=1, changes={"parent": OrganisationFactory.create(territory=elsewhere)}
        )


def test_the_audit_brings_a_state_back(animator, valenciennois, flac):
    house = OrganisationFactory.create(territory=valenciennois, key="siege")
    ThemeFactory(territory=valenciennois, key="culture")
    services.update_organisation(
        flac, by=animator.actor, version=1, themes=["culture"], names=[{"name": "La FLAC", "sort": "usage", "start": "2003"}], why="vu avec elle",
        changes={"name": "La FLAC", "parent": house, "start": "2002~", "publics": ["tous"], "longitude": 3.5, "latitude": 50.3, "is_anonymous": True},
    )  # fmt: skip
    changes = AuditEvent.objects.get(action="directory.change").changes
    assert changes.pop("why") == ["", "vu avec elle"]
    before = {name: values[0] for name, values in changes.items()}
    parts = {name: before.pop(name) for name in ("themes", "names")}

    flac.refresh_from_db()
    services.update_organisation(flac, by=animator.actor, version=2, changes=before, **parts)

    flac.refresh_from_db()
    kept = (
        flac.name,
        flac.parent,
        str(flac.start),
        flac.publics,
        flac.longitude,
        flac.is_anonymous,
        flac.names.count(),
        flac.themes.count(),
    )
    assert kept == ("FLAC", None, "2001", [], None, False, 0, 0)


def test_rows_that_did_not_change_are_not_written_again(animator, valenciennois, flac):
    SourceFactory(territory=valenciennois, key="livret")
    rows = [{"scheme": "siren", "value": SIREN, "source": "livret", "start": "2001"}]
    services.update_organisation(flac, by=animator.actor, version=1, changes={}, identifiers=rows)
    kept = Identifier.objects.get()
    assert services.update_organisation(flac, by=animator.actor, version=2, changes={}, identifiers=rows) == {}
    assert (Identifier.objects.get(), AuditEvent.objects.count()) == (kept, 1)


def test_a_point_found_from_an_address_goes_when_it_changes_and_one_given_stays(animator, valenciennois, flac):
    for origin, expected in (("adresse", None), ("donnee", 3.5)):
        Organisation.objects.filter(pk=flac.pk).update(longitude=3.5, latitude=50.3, point_origin=origin, address="")
        flac.refresh_from_db()
        services.update_organisation(flac, by=animator.actor, version=flac.version, changes={"address": "1 rue Neuve"})
        flac.refresh_from_db()
        assert flac.longitude == expected


def test_a_form_that_leaves_the_place_as_it_is_writes_nothing(animator, valenciennois, flac):
    Organisation.objects.filter(pk=flac.pk).update(longitude=3.5, latitude=50.3, point_origin="adresse", cell=12)
    flac.refresh_from_db()
    same = {"address": "", "commune": "", "longitude": 3.5, "latitude": 50.3}
    assert services.update_organisation(flac, by=animator.actor, version=1, changes=same) == {}


def test_a_confirmation_is_dated_and_disturbs_nobody(animator, valenciennois, flac):
    for _time in range(2):
        services.confirm_organisation(flac, by=animator.actor)
    flac.refresh_from_db()
    assert (flac.confirmed_on, flac.version, AuditEvent.objects.count()) == (today(), 1, 1)


def test_a_page_is_archived_then_opened_again(animator, flac):
    services.archive_organisation(flac, by=animator.actor, version=1)
    assert flac.archived_on == today()
    with pytest.raises(RuleBroken, match="archivée"):
        services.confirm_organisation(flac, by=animator.actor)
    with pytest.raises(StaleVersion):
        services.unarchive_organisation(flac, by=animator.actor, version=1)
    services.unarchive_organisation(flac, by=animator.actor, version=2)
    flac.refresh_from_db()
    assert (flac.archived_on, flac.version) == (None, 3)
    assert [event.action for event in AuditEvent.objects.order_by("sequence")] == [
        "directory.archive",
        "directory.unarchive",
    ]


def test_an_archived_page_keeps_its_first_day(animator, flac):
    Organisation.objects.filter(pk=flac.pk).update(archived_on=dt.date(2020, 1, 2))
    flac.refresh_from_db()
    services.archive_organisation(flac, by=animator.actor, version=1)
    assert (flac.archived_on, AuditEvent.objects.count()) == (dt.date(2020, 1, 2), 0)


def test_a_merged_page_is_left_as_it_is(animator, valenciennois, flac):
    flac.merged_into = OrganisationFactory.create(territory=valenciennois)
    flac.save(update_fields=["merged_into"])
    for verb, given in (
        (services.update_organisation, {"version": 1, "changes": {"name": "X"}}),
        (services.confirm_organisation, {}),
        (services.archive_organisation, {"version": 1}),
    ):
        with pytest.raises(RuleBroken, match="réunie à une autre"):
            verb(flac, by=animator.actor, **given)


@pytest.mark.parametrize("who", ["visitor", "member", "officer", "observer", "administrator", "stranger"])
def test_only_animators_and_stewards_open_and_put_away_pages(who, valenciennois, nature, flac, request):
    actor = request.getfixturevalue(who).actor
    for verb, given in (
        (services.create_organisation, {"name": "X", "nature": nature}),
        (services.confirm_organisation, {}),
        (services.archive_organisation, {"version": 1}),
        (services.unarchive_organisation, {"version": 1}),
    ):
        target = valenciennois if verb is services.create_organisation else flac
        with pytest.raises(NotAllowed):
            verb(target, by=actor, **given)


@pytest.mark.django_db(transaction=True)
def test_two_people_never_put_one_siret_on_two_pages(animator, valenciennois, nature):
    outcomes, start = [], threading.Barrier(2)

    def open_page(name):
        start.wait()
        try:
            create(animator, valenciennois, nature, name=name, identifiers=[{"scheme": "siret", "value": SIRET}])
            outcomes.append("kept")
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    hands = [threading.Thread(target=open_page, args=(name,)) for name in ("Une", "Une")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert (sorted(outcomes), Organisation.objects.count()) == (["kept", "refused"], 1)
