"""Several records become one, and can be several again."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terreau.accounts.models import Grant
from terreau.accounts.testing import GrantFactory
from terreau.directory.enums import NameSort
from terreau.directory.models import Identifier, Offer, Organisation, OrganisationName, Resource, Tie
from terreau.directory.tests.factories import (
    GapFactory,
    IdentifierFactory,
    NameFactory,
    OrganisationFactory,
    RoleFactory,
    SourceFactory,
    ThemeFactory,
    TieFactory,
    TieKindFactory,
    cite,
    crowded,
    link,
)
from terreau.duplicates import services
from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate, Merge
from terreau.duplicates.queries.steps import losses
from terreau.duplicates.tests.factories import pair
from terreau.duplicates.tests.scattered import scattered
from terreau.duplicates.tests.whole import told, whole
from terreau.kernel import facts
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken, StaleVersion
from terreau.kernel.models import AuditEvent, Citation, Entry, Link


@pytest.fixture
def left(valenciennois):
    return OrganisationFactory.create(
        territory=valenciennois, key="maison-velo", name="Maison du vélo", commune="Valenciennes", note="Vue au salon."
    )


@pytest.fixture
def right(valenciennois, left):
    return OrganisationFactory.create(
        territory=valenciennois, key="mdv", name="La Maison du Vélo", nature=left.nature, telephone="03 27 00 11 22",
        note="Appelée en mai.", visibility=Visibility.MEMBERS,
    )  # fmt: skip


def merged(by, *organisations, **choices):
    return services.merge(
        organisations[0].territory,
        by=by.actor,
        organisations=organisations,
        choices=choices,
        versions={one.pk: one.version for one in organisations},
    )


def last_merge():
    return Merge.objects.order_by("merged_at").last()


def test_two_records_become_a_new_one_that_any_name_finds(animator, left, right):
    NameFactory.create(organisation=right, name="MDV", sort=NameSort.ACRONYM)

    result = merged(animator, left, right, name=str(left.pk))

    assert result.pk not in {left.pk, right.pk}
    assert (result.name, result.commune, result.telephone) == ("Maison du vélo", "Valenciennes", "03 27 00 11 22")
    assert result.note == "Vue au salon.\n\nAppelée en mai."
    assert sorted(result.names.values_list("name", "sort")) == [("La Maison du Vélo", "variante"), ("MDV", "sigle")]
    entry = Entry.objects.get(record_id=result.pk)
    assert entry.names.split("\n") == ["maison du velo", "mdv", "la maison du velo"]


def test_the_originals_become_private_and_say_what_took_their_place(animator, left, right):
    result = merged(animator, left, right)

    for one in (left, right):
        one.refresh_from_db()
        assert (one.visibility, one.merged_into) == (Visibility.PRIVATE, result)
    assert set(Entry.objects.filter(kind="organisation", visibility="publique").values_list("key", flat=True)) == set()
    assert result.visibility == Visibility.MEMBERS  # the narrowest of the two, when nobody chose


def test_all_that_named_the_originals_names_the_new_record(animator, valenciennois, left, right):
    tie, role = (
        TieFactory.create(territory=valenciennois, origin=left),
        RoleFactory.create(territory=valenciennois, organisation=right),
    )
    offer = Offer.objects.create(territory=valenciennois, key="repas", title="Repas", organisation=left)
    resource = Resource.objects.create(
        territory=valenciennois, key="guide", title="Guide", sort="guide", transcript="…"
    )
    resource.organisations.add(left, right)
    branch = OrganisationFactory.create(territory=valenciennois, parent=right)
    cite(left, SourceFactory.create(territory=valenciennois))
    link(GapFactory.create(territory=valenciennois), right)
    theme = ThemeFactory.create(territory=valenciennois)
    left.themes.add(theme)
    right.themes.add(theme)

    result = merged(animator, left, right)

    for row in (tie, role, offer, branch):
        row.refresh_from_db()
    assert {tie.origin_id, role.organisation_id, offer.organisation_id, branch.parent_id} == {result.pk}
    assert list(resource.organisations.all()) == [result]
    assert list(result.themes.all()) == [theme]
    assert Citation.objects.get().record_id == result.pk
    assert Link.objects.get().to_id == result.pk
    assert (tie.version, offer.version) == (2, 2)


def test_the_read_model_is_the_one_that_would_be_rebuilt(animator, valenciennois, left):
    centre = crowded(valenciennois, 3)
    facts.rebuild(valenciennois)

    merged(animator, left, centre)
    lived = told()

    facts.rebuild(valenciennois)

    assert told() == lived


def test_what_the_database_would_refuse_is_set_aside_and_comes_back(animator, valenciennois, left, right):
    for one in (left, right):
        IdentifierFactory.create(organisation=one, scheme="siren", value="123456782")
    tie = TieFactory.create(territory=valenciennois, origin=left, target=right)
    cite(tie, SourceFactory.create(territory=valenciennois))
    facts.rebuild(valenciennois)
    before = whole()

    result = merged(animator, left, right)

    assert Identifier.objects.get().organisation == result
    assert not Tie.objects.exists()
    assert not Citation.objects.exists()
    services.undo(last_merge(), by=animator.actor)
    assert whole() == before


def test_a_preview_says_what_a_merge_gives_and_writes_nothing(animator, valenciennois, left, right):
    TieFactory.create(territory=valenciennois, origin=left, target=right)
    TieFactory.create(territory=valenciennois, origin=left)
    before = whole()

    page = services.preview(valenciennois, by=animator.actor, organisations=[left, right], choices={})

    assert page.names == ["La Maison du Vélo", "Maison du vélo"]
    assert [step.table for step in page.aside] == ["directory.tie"]
    assert page.moved == {"directory.tie": 1}
    assert whole() == before
    assert not Merge.objects.exists()


def test_a_list_may_be_kept_from_one_side_only(animator, left, right):
    IdentifierFactory.create(organisation=left, value="111111118")
    kept = IdentifierFactory.create(organisation=right, value="222222226")

    result = merged(animator, left, right, **{"directory.identifier": str(right.pk)})

    assert list(result.identifiers.all()) == [kept]


def test_three_records_are_merged_at_once_and_a_chain_of_merges_leads_to_the_last(animator, valenciennois, left, right):
    third, fourth = OrganisationFactory.create_batch(2, territory=valenciennois, nature=left.nature)
    facts.rebuild(valenciennois)
    before = whole()

    first = merged(animator, left, right, third)
    last = merged(animator, first, fourth)

    left.refresh_from_db()
    assert left.merged_into == last
    earlier, later = Merge.objects.order_by("merged_at")
    with pytest.raises(RuleBroken, match=r"défaire d.abord cette fusion-là"):
        services.undo(earlier, by=animator.actor)
    services.undo(later, by=animator.actor)
    services.undo(earlier, by=animator.actor)
    assert whole() == before


def test_of_two_people_who_merge_one_pair_one_wins(animator, steward, left, right):
    stale = Organisation.objects.get(pk=left.pk), Organisation.objects.get(pk=right.pk)
    merged(animator, left, right)

    with pytest.raises(RuleBroken, match=r"vient d.être réunie"):
        merged(steward, *stale)
    assert Merge.objects.count() == 1


def test_a_record_saved_meanwhile_is_noticed(animator, left, right):
    stale = Organisation.objects.get(pk=left.pk)
    Organisation.objects.filter(pk=left.pk).update(version=2)

    with pytest.raises(StaleVersion):
        merged(animator, stale, right)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("who", ["visitor", "member", "officer", "observer", "stranger"])
def test_only_animators_and_stewards_merge(who, request, left, right):
    with pytest.raises(NotAllowed):
        merged(request.getfixturevalue(who), left, right)


def test_a_private_record_is_not_merged_by_someone_who_does_not_see_it(animator, left, right):
    Organisation.objects.filter(pk=right.pk).update(visibility=Visibility.PRIVATE)

    with pytest.raises(RuleBroken, match="est privée"):
        merged(animator, left, right)


def test_a_record_of_another_territory_is_refused(animator, elsewhere, left):
    with pytest.raises(RuleBroken, match=r"n.est pas dans ce territoire"):
        merged(animator, left, OrganisationFactory.create(territory=elsewhere))


def test_a_period_upside_down_is_refused(animator, left, right):
    Organisation.objects.filter(pk=left.pk).update(start="2015")
    Organisation.objects.filter(pk=right.pk).update(end="2010")

    with pytest.raises(RuleBroken, match="La fin précède le début"):
        merged(animator, left, right)
    assert not Merge.objects.exists()


def test_successions_never_turn_round(animator, valenciennois, left, right):
    kind = TieKindFactory.create(territory=valenciennois, name="succède à", family="genealogie")
    between = OrganisationFactory.create(territory=valenciennois, nature=left.nature)
    TieFactory.create(territory=valenciennois, origin=left, target=between, kind=kind)
    TieFactory.create(territory=valenciennois, origin=between, target=right, kind=kind)

    with pytest.raises(RuleBroken, match="tourner la généalogie en rond"):
        merged(animator, left, right)


def test_a_branch_merged_with_its_parent_is_not_its_own_branch(animator, left, right):
    Organisation.objects.filter(pk=right.pk).update(parent=left)
    right.refresh_from_db()

    assert merged(animator, left, right).parent is None


def test_the_audit_tells_a_merge_and_its_undoing_on_each_record(animator, left, right):
    result = merged(animator, left, right)
    services.undo(last_merge(), by=animator.actor)

    events = AuditEvent.objects.order_by("sequence").values_list("action", "record_id")
    each = (result.pk, left.pk, right.pk)
    assert list(events) == [(f"duplicates.{verb}", pk) for verb in ("merge", "undo") for pk in each]


# Undoing after later changes


def test_what_was_added_since_follows_the_first_original(animator, valenciennois, left, right):
    result = merged(animator, left, right)
    tie = TieFactory.create(territory=valenciennois, origin=result)
    name = NameFactory.create(organisation=result, name="Vélo pour tous")

    services.undo(last_merge(), by=animator.actor)

    tie.refresh_from_db()
    name.refresh_from_db()
    assert (tie.origin, name.organisation) == (left, left)
    assert not Organisation.objects.filter(pk=result.pk).exists()


def test_undoing_refuses_to_lose_what_changed_since_unless_told_to(animator, valenciennois, left, right):
    tie = TieFactory.create(territory=valenciennois, origin=left)
    facts.rebuild(valenciennois)
    before = whole()
    result = merged(animator, left, right)
    other = OrganisationFactory.create(territory=valenciennois, nature=left.nature)
    Tie.objects.filter(pk=tie.pk).update(origin=other)
    Organisation.objects.filter(pk=result.pk).update(version=2, summary="Corrigée.")

    assert losses(last_merge()) == ["la fiche réunie elle-même", "lien changé depuis"]
    with pytest.raises(RuleBroken, match="la fiche réunie elle-même, lien changé depuis"):
        services.undo(last_merge(), by=animator.actor)
    services.undo(last_merge(), by=animator.actor, losing=True)

    other.delete()
    facts.rebuild(valenciennois)
    assert whole() == before


def test_a_row_deleted_since_is_said_and_stays_deleted(animator, valenciennois, left, right):
    name = NameFactory.create(organisation=left)
    merged(animator, left, right)
    name.delete()

    with pytest.raises(RuleBroken, match="supprimé depuis"):
        services.undo(last_merge(), by=animator.actor)
    services.undo(last_merge(), by=animator.actor, losing=True)
    assert not left.names.exists()


def test_a_merge_is_undone_once(animator, left, right):
    merged(animator, left, right)
    services.undo(last_merge(), by=animator.actor)

    with pytest.raises(RuleBroken, match="déjà défaite"):
        services.undo(last_merge(), by=animator.actor)


def test_a_record_moved_and_saved_since_keeps_what_was_saved(animator, valenciennois, left, right):
    tie = TieFactory.create(territory=valenciennois, origin=left)
    merged(animator, left, right)
    Tie.objects.filter(pk=tie.pk).update(note="Confirmé.", version=3)

    services.undo(last_merge(), by=animator.actor)

    tie.refresh_from_db()
    assert (tie.origin, tie.note, tie.version) == (left, "Confirmé.", 4)


# Pairs


def test_pairs_with_others_go_on_with_the_new_record_and_decisions_hold(animator, valenciennois, left, right):
    looked, told_apart = OrganisationFactory.create_batch(2, territory=valenciennois, nature=left.nature)
    done = pair(left, right)
    pair(left, looked)
    pair(left, told_apart)
    pair(right, told_apart, state=State.DISTINCT)
    facts.rebuild(valenciennois)
    before = whole()

    result = merged(animator, left, right)

    done.refresh_from_db()
    assert (done.state, done.decided_by) == (State.MERGED, animator.user.pk)
    onward = Candidate.objects.filter(first__merged_into=None, second__merged_into=None)
    states = {({row.first_id, row.second_id} - {result.pk}).pop(): row.state for row in onward}
    assert states == {looked.pk: State.OPEN, told_apart.pk: State.DISTINCT}
    services.undo(last_merge(), by=animator.actor)
    assert whole() == before


# Merge then undo is nothing at all


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_merging_then_undoing_leaves_the_whole_database_as_it_was(draw, animator, valenciennois):
    with transaction.atomic():
        organisations = scattered(valenciennois, draw.draw)
        count = draw.draw(st.integers(2, 4))
        before = whole()

        merged(animator, *organisations[:count])
        lived = told()
        facts.rebuild(valenciennois)
        assert told() == lived
        if connection.vendor == "postgresql":
            connection.check_constraints()
        services.undo(last_merge(), by=animator.actor)

        assert whole() == before
        transaction.set_rollback(True)


def test_names_met_twice_are_kept_once(animator, left, right):
    for one in (left, right):
        NameFactory.create(organisation=one, name="MDV", sort=NameSort.ACRONYM)

    result = merged(animator, left, right)

    assert OrganisationName.objects.filter(organisation=result, name="MDV").count() == 1


def test_who_keeps_a_page_keeps_the_one_that_takes_its_place(animator, valenciennois, left, right):
    grant = GrantFactory.create(territory=valenciennois, role="manager", record_id=left.pk)
    GrantFactory.create(territory=valenciennois, role="manager", record_id=right.pk, user=grant.user)
    before = whole()

    result = merged(animator, left, right)

    assert list(Grant.objects.filter(user=grant.user).values_list("record_id", flat=True)) == [result.pk]
    services.undo(last_merge(), by=animator.actor)
    facts.rebuild(valenciennois)
    assert {**whole(), "read model": []} == {**before, "read model": []}
