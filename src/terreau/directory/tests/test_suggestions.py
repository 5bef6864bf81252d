"""What is suggested waits, is decided once, and goes through the same rules as any correction."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from terreau.directory import services
from terreau.directory.enums import SuggestionKind, SuggestionOrigin, SuggestionState
from terreau.directory.models import Organisation, Suggestion, UpkeepRules
from terreau.directory.services import suggestions
from terreau.directory.tests.factories import GapFactory, NatureFactory, OrganisationFactory, ThemeFactory, link, told
from terreau.kernel.clock import now
from terreau.kernel.enums import OpenState, Role
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import SYSTEM, VISITOR


@pytest.fixture
def garden(valenciennois):
    return told(
        OrganisationFactory(territory=valenciennois, key="jardin", name="Le Jardin", start="2001", commune="Anzin")
    )


def propose(organisation, by=VISITOR, **proposed):
    return services.suggest(organisation.territory, by=by, organisation=organisation, proposed=proposed)


def fresh(organisation):
    return Organisation.objects.select_related("territory").get(pk=organisation.pk)


def test_a_suggestion_keeps_what_was_seen_and_drops_what_it_does_not_change(garden):
    suggestion = propose(garden, name="Le Jardin", commune="Onnaing", start="2002", end="")

    assert suggestion.changes == {"commune": ["Anzin", "Onnaing"], "start": ["2001", "2002"]}
    assert fresh(garden).commune == "Anzin"


def test_saying_nothing_is_refused(garden):
    with pytest.raises(RuleBroken, match="corriger au moins une réponse"):
        propose(garden, name="Le Jardin")


@pytest.mark.parametrize(
    ("proposed", "field"),
    [({"start": "31/02/2021"}, "start"), ({"site": "javascript:alert(1)"}, "site"), ({"name": " "}, "name")],
)
def test_what_could_never_be_kept_is_refused_at_once(garden, proposed, field):
    with pytest.raises(RuleBroken) as refusal:
        propose(garden, **proposed)
    assert refusal.value.field == field


def test_an_address_that_is_none_and_a_novel_are_refused(garden, valenciennois):
    for message, email in (("x" * 5_001, ""), ("Bonjour", "nulle part")):
        with pytest.raises(RuleBroken):
            services.suggest(valenciennois, by=VISITOR, organisation=garden, message=message, email=email)
    assert not Suggestion.objects.exists()


def test_a_double_click_is_one_suggestion(garden):
    assert propose(garden, commune="Onnaing") == propose(garden, commune="Onnaing")
    assert Suggestion.objects.count() == 1


def test_accepting_goes_through_the_correction_and_says_whence_it_came(garden, animator, member):
    suggestion = propose(garden, by=member.actor, commune="Onnaing")

    suggestions.accept(suggestion, by=animator.actor, version=garden.version)

    assert (fresh(garden).commune, Suggestion.objects.get().state) == ("Onnaing", SuggestionState.ACCEPTED)
    change, decision = AuditEvent.objects.filter(kind="organisation").order_by("sequence")
    assert (change.action, change.actor_id, change.changes) == (
        "directory.change",
        animator.actor.user_id,
        {"commune": ["Anzin", "Onnaing"]},
    )
    assert (decision.action, decision.changes["sent_by"]) == (
        "directory.suggestion.accept",
        [None, str(member.actor.user_id)],
    )


def test_some_fields_are_kept_some_amended(garden, animator):
    suggestion = propose(garden, commune="Onaing", summary="Elle sème.", start="2003")

    suggestions.accept(
        suggestion, by=animator.actor, version=1, fields=["commune", "summary"], values={"commune": "Onnaing"}
    )

    after = fresh(garden)
    assert (after.commune, after.summary, str(after.start)) == ("Onnaing", "Elle sème.", "2001")
    assert (suggestion.state, suggestion.accepted_fields) == (SuggestionState.PARTLY, ["commune", "summary"])


def test_accepting_no_field_is_refused(garden, animator):
    suggestion = propose(garden, commune="Onnaing")
    with pytest.raises(RuleBroken, match="au moins un champ"):
        suggestions.accept(suggestion, by=animator.actor, version=1, fields=[])


def test_themes_and_rows_may_be_suggested(garden, animator, valenciennois):
    ThemeFactory(territory=valenciennois, key="semis")
    suggestion = propose(garden, themes=["semis"], links=[{"label": "Son blog", "url": "https://blog.example.org/"}])
    suggestions.accept(suggestion, by=animator.actor, version=1)

    assert [theme.key for theme in garden.themes.all()] == ["semis"]
    assert [row.label for row in garden.links.all()] == ["Son blog"]


def test_a_page_changed_since_it_was_looked_at_is_not_overwritten(garden, animator):
    suggestion = propose(garden, commune="Onnaing")
    services.update_organisation(fresh(garden), by=animator.actor, version=1, changes={"summary": "Elle sème."})

    with pytest.raises(StaleVersion):
        suggestions.accept(suggestion, by=animator.actor, version=1)
    assert Suggestion.objects.get().state == SuggestionState.OPEN


def test_of_two_who_decide_at_once_one_does(garden, animator, steward):
    suggestion = propose(garden, commune="Onnaing")
    suggestions.decline(Suggestion.objects.get(), by=steward.actor, reason="Non")

    with pytest.raises(RuleBroken, match="déjà traitée"):
        suggestions.accept(suggestion, by=animator.actor, version=1)
    assert fresh(garden).commune == "Anzin"


@pytest.mark.django_db(transaction=True)
def test_two_animators_accept_together_and_the_page_changes_once(animator, valenciennois):
    page = told(OrganisationFactory(territory=valenciennois, key="jardin", commune="Anzin"))
    suggestion = propose(page, commune="Onnaing")
    outcomes, start = [], threading.Barrier(2)

    def decide():
        start.wait()
        try:
            suggestions.accept(
                Suggestion.objects.select_related("organisation", "territory").get(pk=suggestion.pk),
                by=animator.actor,
                version=1,
            )
            outcomes.append("kept")
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    hands = [threading.Thread(target=decide) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert sorted(outcomes) == ["kept", "refused"]
    assert (fresh(page).version, AuditEvent.objects.filter(action="directory.change").count()) == (2, 1)


def test_a_batch_leaves_what_has_moved_and_what_a_rule_stops(garden, animator, valenciennois):
    good = propose(garden, summary="Elle sème.")
    moved = propose(garden, commune="Onnaing")
    new = services.suggest(valenciennois, by=VISITOR, kind=SuggestionKind.CREATION, proposed={"name": "La Nouvelle"})
    services.update_organisation(fresh(garden), by=animator.actor, version=1, changes={"commune": "Valenciennes"})

    outcome = suggestions.accept_many([good, moved, new], by=animator.actor)

    assert (outcome.accepted, outcome.stale, [row for row, _why in outcome.refused]) == (1, [moved], [new])
    assert (fresh(garden).summary, fresh(garden).commune) == ("Elle sème.", "Valenciennes")
    assert Suggestion.objects.open().count() == 2


def test_what_is_already_so_is_not_stale(garden, animator):
    suggestion = propose(garden, commune="Onnaing")
    services.update_organisation(fresh(garden), by=animator.actor, version=1, changes={"commune": "Onnaing"})

    assert suggestions.accept_many([suggestion], by=animator.actor).accepted == 1


def test_a_new_structure_needs_a_nature_then_is_created(valenciennois, animator):
    NatureFactory(territory=valenciennois, key="association")
    suggestion = services.suggest(
        valenciennois, by=VISITOR, kind=SuggestionKind.CREATION, proposed={"name": "La Nouvelle", "commune": "Anzin"}
    )
    suggestions.accept(suggestion, by=animator.actor, version=None, values={"nature": "association"})

    made = Organisation.objects.get(name="La Nouvelle")
    assert (made.commune, made.nature.key, Suggestion.objects.get().organisation) == ("Anzin", "association", made)


def test_a_closed_structure_is_kept_as_memory(garden, animator, valenciennois):
    suggestion = services.suggest(
        valenciennois, by=VISITOR, kind=SuggestionKind.CLOSURE, organisation=garden, proposed={"end": "2024"}
    )
    suggestions.accept(suggestion, by=animator.actor, version=1)

    assert (str(fresh(garden).end), fresh(garden).archived_on is not None) == ("2024", True)


def test_an_answer_settles_a_question_in_the_words_of_the_team(garden, animator, valenciennois):
    gap = told(GapFactory(territory=valenciennois))
    link(gap, garden)
    suggestion = services.suggest(
        valenciennois, by=VISITOR, kind=SuggestionKind.ANSWER, gap=gap, message="c est en 2001 je crois"
    )
    suggestions.accept(suggestion, by=animator.actor, version=None, values={"answer": "En 2001."})

    gap.refresh_from_db()
    assert (gap.answer, gap.state) == ("En 2001.", OpenState.SETTLED)


def test_who_left_an_address_is_thanked_in_their_language(
    garden, animator, valenciennois, mailoutbox, django_capture_on_commit_callbacks
):
    suggestion = services.suggest(
        valenciennois, by=VISITOR, organisation=garden, proposed={"commune": "Onnaing"}, email="Voisine@Example.org"
    )
    with django_capture_on_commit_callbacks(execute=True):
        suggestions.decline(suggestion, by=animator.actor, reason="Elle n'a pas déménagé.")

    [letter] = mailoutbox
    assert letter.to == ["voisine@example.org"]
    assert "Elle n'a pas déménagé." in letter.body


def test_a_refusal_may_be_undone(garden, animator):
    suggestion = propose(garden, commune="Onnaing")
    suggestions.decline(suggestion, by=animator.actor)
    suggestions.reopen(suggestion, by=animator.actor)

    assert Suggestion.objects.get().is_open
    with pytest.raises(RuleBroken):
        suggestions.reopen(suggestion, by=animator.actor)


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "stranger"])
def test_only_animators_and_stewards_decide(request, garden, who):
    suggestion, actor = propose(garden, commune="Onnaing"), request.getfixturevalue(who).actor
    for act in (
        lambda: suggestions.accept(suggestion, by=actor, version=1),
        lambda: suggestions.decline(suggestion, by=actor),
        lambda: suggestions.accept_many([suggestion], by=actor),
        lambda: suggestions.withdraw(suggestion, by=actor),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_one_takes_back_what_one_sent(garden, member):
    suggestion = propose(garden, by=member.actor, commune="Onnaing")
    suggestions.withdraw(suggestion, by=member.actor)
    assert Suggestion.objects.get().state == SuggestionState.WITHDRAWN


def test_an_import_files_many_once(garden, valenciennois):
    drafts = [services.Draft(garden, {"commune": ["Anzin", "Onnaing"], "name": ["Le Jardin", "Le Jardin"]})]
    for _time in range(2):
        services.suggest_many(
            valenciennois, drafts, by=SYSTEM, origin=SuggestionOrigin.IMPORT, label="Fichier de septembre"
        )
    [kept] = Suggestion.objects.all()
    assert (kept.changes, kept.label) == ({"commune": ["Anzin", "Onnaing"]}, "Fichier de septembre")


# --- Review before publication ---------------------------------------------------------------------------------------


def test_a_manager_publishes_at_once_unless_the_territory_reads_first(cast, garden, valenciennois):
    keeper = cast(Role.MANAGER, record=garden)
    done = services.submit_change(fresh(garden), by=keeper.actor, version=1, changes={"commune": "Onnaing"})
    UpkeepRules.objects.create(territory=valenciennois, reviews_managers=True)
    waiting = services.submit_change(fresh(garden), by=keeper.actor, version=2, changes={"commune": "Denain"})

    assert isinstance(done, services.Applied)
    assert isinstance(waiting, services.Suggested)
    assert done.written == {"commune": ["Anzin", "Onnaing"]}
    assert waiting.suggestion.changes == {"commune": ["Onnaing", "Denain"]}
    assert (waiting.suggestion.origin, fresh(garden).commune) == (SuggestionOrigin.MANAGER, "Onnaing")


def test_a_second_change_takes_the_place_of_the_one_that_waits(cast, garden, valenciennois):
    keeper = cast(Role.MANAGER, record=garden)
    UpkeepRules.objects.create(territory=valenciennois, reviews_managers=True)
    for commune in ("Onnaing", "Denain"):
        services.submit_change(fresh(garden), by=keeper.actor, version=1, changes={"commune": commune})

    [waiting] = Suggestion.objects.open()
    assert waiting.changes == {"commune": ["Anzin", "Denain"]}


def test_the_team_is_never_read_first_and_a_stale_form_is_refused(cast, garden, valenciennois, animator):
    UpkeepRules.objects.create(territory=valenciennois, reviews_managers=True)
    services.submit_change(fresh(garden), by=animator.actor, version=1, changes={"commune": "Onnaing"})

    assert fresh(garden).commune == "Onnaing"
    keeper = cast(Role.MANAGER, record=garden)
    with pytest.raises(StaleVersion):
        services.submit_change(fresh(garden), by=keeper.actor, version=1, changes={"commune": "Denain"})


def test_who_manages_another_page_submits_nothing_here(manager, garden):
    with pytest.raises(NotAllowed):
        services.submit_change(fresh(garden), by=manager.actor, version=1, changes={"commune": "Denain"})


@pytest.mark.parametrize(
    "values",
    [
        {"state": SuggestionState.DECLINED},
        {"decided_at": now},
        {"kind": SuggestionKind.CORRECTION, "organisation": None},
    ],
)
def test_the_database_refuses_what_no_suggestion_can_be(garden, values):
    suggestion = propose(garden, commune="Onnaing")
    values = {name: value() if callable(value) else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk).update(**values)
