import re
import threading

import pytest
from django.db import connection

from terreau.directory import services
from terreau.directory.forms.organisations import OrganisationForm
from terreau.directory.models import Organisation
from terreau.directory.tests.factories import (
    InitiativeFactory,
    OrganisationFactory,
    RoleFactory,
    ThemeFactory,
    TieFactory,
    told,
)
from terreau.kernel import audit
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.models import AuditEvent, Entry, Fact
from terreau.kernel.pure.actor import VISITOR
from terreau.kernel.pure.edtf import parse

FORM = "/valenciennois/annuaire/flac/modifier/"
PAGE = "/valenciennois/annuaire/flac/"


@pytest.fixture
def flac(valenciennois):
    organisation = OrganisationFactory.create(
        territory=valenciennois, key="flac", name="FLAC", start="2001", summary="Elle fédère."
    )
    organisation.themes.add(ThemeFactory.create(territory=valenciennois, key="culture", name="Culture"))
    return told(organisation)


def typed(organisation, **changes):
    """Give what a browser sends: the form as it was opened, and what was typed over it."""
    form = OrganisationForm(reader=VISITOR, territory=organisation.territory, record=organisation)
    sent = {}
    for bound in (bound for part in (form, *_rows(form)) for bound in part):
        value = bound.value()
        if value is not None and value is not False and value != "":
            sent[bound.html_name] = [str(line) for line in value] if isinstance(value, list) else str(value)
    return sent | changes


def _rows(form):
    return [part for rows in form.row_sets for part in (rows.management_form, *rows.forms)]


def words(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def test_a_correction_is_kept_told_and_audited(animator, flac, valenciennois):
    tie = told(TieFactory(territory=valenciennois, origin=flac, start="2018"))
    garden = ThemeFactory.create(territory=valenciennois, key="jardin")

    response = animator.post(
        FORM, typed(flac, name="La FLAC", start="2002~", end="2020", commune="Anzin", themes=[str(garden.pk)])
    )

    flac.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert (flac.name, str(flac.start), str(flac.start_earliest), flac.commune, flac.version) == (
        "La FLAC",
        "2002~",
        "2002-01-01",
        "Anzin",
        2,
    )
    assert [theme.key for theme in flac.themes.all()] == ["jardin"]
    assert Entry.objects.get(record_id=flac.pk).title == "La FLAC"
    assert Fact.objects.get(record_id=tie.pk).title.startswith("La FLAC finance")
    event = AuditEvent.objects.get(action="directory.change")
    assert event.actor_id == animator.actor.user_id
    assert event.changes == {
        "name": ["FLAC", "La FLAC"], "start": ["2001", "2002~"], "end": [None, "2020"], "commune": ["", "Anzin"], "themes": [["culture"], ["jardin"]],
    }  # fmt: skip
    assert audit.broken_link(str(valenciennois.pk)) is None


def test_saving_without_changing_anything_writes_nothing(animator, flac, queries):
    response = animator.post(FORM, typed(flac))
    flac.refresh_from_db()
    assert (response.status_code, flac.version, AuditEvent.objects.count()) == (302, 1, 0)


def test_changing_only_themes_moves_the_version(animator, flac):
    animator.post(FORM, typed(flac, themes=[]))
    flac.refresh_from_db()
    assert (flac.version, list(flac.themes.all())) == (2, [])


def test_hiding_an_organisation_hides_all_that_names_it(animator, visitor, flac, valenciennois):
    other = told(OrganisationFactory(territory=valenciennois, key="autre"))
    told(TieFactory(territory=valenciennois, origin=flac, target=other, start="2018"))
    told(RoleFactory(territory=valenciennois, organisation=flac, start="2018"))
    told(InitiativeFactory(territory=valenciennois, organisation=flac, start="2018"))

    animator.post(FORM, typed(flac, visibility=Visibility.TEAM))

    assert "FLAC" not in words(visitor.get("/valenciennois/annuaire/autre/"))
    assert not Entry.objects.filter(visibility=Visibility.PUBLIC, title__contains="FLAC").exists()
    assert not Entry.objects.filter(visibility=Visibility.PUBLIC, url__contains="flac").exists()
    assert not Fact.objects.filter(visibility=Visibility.PUBLIC, title__contains="FLAC").exists()


def test_two_hands_on_one_form_lose_nothing(animator, steward, flac):
    first, second = (
        typed(flac, summary="Elle fédère les lieux."),
        typed(flac, summary="Elle réunit des lieux.", commune="Anzin"),
    )
    steward.post(FORM, first)

    refused = animator.post(FORM, second)

    page = words(refused)
    flac.refresh_from_db()
    assert refused.status_code == 409
    assert flac.summary == "Elle fédère les lieux."
    assert page.index("Les deux versions") < page.index("Elle fédère les lieux.") < page.index("Elle réunit des lieux.")
    assert 'name="opened_on" value="2"' in page
    assert 'value="Anzin"' in page

    again = animator.post(FORM, second | {"opened_on": "2"})
    flac.refresh_from_db()
    assert (again.status_code, flac.summary, flac.commune, flac.version) == (302, "Elle réunit des lieux.", "Anzin", 3)


def test_a_version_from_the_future_is_refused_too(animator, flac):
    assert animator.post(FORM, typed(flac, name="X", opened_on="7")).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_corrections_one_wins(animator, flac):
    outcomes, start = [], threading.Barrier(2)

    def correct(name):
        start.wait()
        try:
            services.update_organisation(
                Organisation.objects.get(pk=flac.pk), by=animator.actor, version=1, changes={"name": name}
            )
            outcomes.append("kept")
        except StaleVersion:
            outcomes.append("stale")
        finally:
            connection.close()

    hands = [threading.Thread(target=correct, args=(name,)) for name in ("Une", "Deux")]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    flac.refresh_from_db()
    assert (sorted(outcomes), flac.version, AuditEvent.objects.count()) == (["kept", "stale"], 2, 1)


@pytest.mark.parametrize(
    ("language", "field", "value", "said"),
    [
        ("fr", "name", "", "Ce champ est obligatoire"),
        ("fr", "start", "vers 2012", "pas une date EDTF"),
        ("en", "start", "vers 2012", "is not an EDTF date"),
        ("fr", "start", "2016/2021", "une seule date"),
        ("en", "start", "2016/2021", "a single date"),
        ("fr", "end", "1999", "commence après sa fin"),
        ("en", "end", "1999", "starts after its end"),
        ("fr", "site", "javascript:alert(1)", "URL"),
        ("fr", "themes", ["00000000-0000-0000-0000-000000000000"], "Sélectionnez un choix valide"),
        ("fr", "visibility", "privee", "Sélectionnez un choix valide"),
        ("fr", "opened_on", "", "obligatoire"),
    ],
)
def test_what_cannot_be_kept_is_explained_where_it_was_typed(language, field, value, said, animator, flac):
    animator.cookies["django_language"] = language
    response = animator.post(FORM, typed(flac, **{field: value}))
    page = words(response)
    flac.refresh_from_db()
    assert response.status_code == 200
    assert 'class="error-summary"' in page
    assert said in page
    assert (flac.version, flac.name) == (1, "FLAC")


def test_a_steward_may_make_a_page_private_and_open_it_again(steward, flac):
    steward.post(FORM, typed(flac, visibility=Visibility.PRIVATE))
    flac.refresh_from_db()
    assert flac.visibility == Visibility.PRIVATE
    assert steward.get(FORM).status_code == 200


def test_an_animator_may_not_make_a_page_private_by_another_way(animator, flac):
    with pytest.raises(RuleBroken) as refused:
        services.update_organisation(flac, by=animator.actor, version=1, changes={"visibility": Visibility.PRIVATE})
    assert refused.value.field == "visibility"


def test_a_theme_of_another_territory_is_refused(animator, flac, elsewhere):
    with pytest.raises(RuleBroken) as refused:
        services.update_organisation(
            flac, by=animator.actor, version=1, changes={}, themes=[ThemeFactory.create(territory=elsewhere)]
        )
    flac.refresh_from_db()
    assert (refused.value.field, flac.version) == ("themes", 1)


def test_a_period_upside_down_is_refused_by_the_service(animator, flac):
    with pytest.raises(RuleBroken) as refused:
        services.update_organisation(flac, by=animator.actor, version=1, changes={"end": parse("1999")})
    assert refused.value.field == "end"


def test_a_field_that_no_form_changes_is_not_changed(animator, flac):
    with pytest.raises(ValueError, match="merged_into"):
        services.update_organisation(flac, by=animator.actor, version=1, changes={"merged_into": None})


@pytest.mark.parametrize(
    "who", ["visitor", "member", "manager", "contributor", "juror", "officer", "observer", "administrator", "stranger"]
)
def test_only_animators_and_stewards_correct_the_directory(who, flac, request):
    client = request.getfixturevalue(who)
    response = client.post(FORM, typed(flac, name="Pirate"))
    flac.refresh_from_db()
    assert (response.status_code, flac.name) == (403, "FLAC")
    with pytest.raises(NotAllowed):
        services.update_organisation(flac, by=client.actor, version=1, changes={"name": "Pirate"})


def test_an_animator_corrects_only_at_home(animator, elsewhere):
    told(OrganisationFactory(territory=elsewhere, key="flac"))
    assert animator.get("/ailleurs/annuaire/flac/modifier/").status_code == 403
    assert animator.get(FORM).status_code == 404
