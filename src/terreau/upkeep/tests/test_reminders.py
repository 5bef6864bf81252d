"""« Toujours exact ? » : whom, when, once, and what the answer does."""

import datetime as dt
import re
import threading

import pytest
from django.core import mail
from django.db import connection

from terreau.accounts.models import Grant
from terreau.directory.enums import SuggestionState
from terreau.directory.models import Organisation, Suggestion, UpkeepRules
from terreau.directory.services import confirm_organisation, update_organisation
from terreau.directory.tests.factories import OrganisationFactory, told
from terreau.kernel.clock import now, today
from terreau.kernel.enums import Role, Visibility
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import SYSTEM
from terreau.upkeep import queries as reading
from terreau.upkeep.enums import Freshness
from terreau.upkeep.models import Reminder, Watch
from terreau.upkeep.services import reminders
from terreau.upkeep.tasks import send_reminders

SITE = "https://terreau.example"


def old(territory, key, days=400, **fields):
    """Make a page that nobody touched for `days`."""
    fields = {"email": f"{key}@example.org"} | fields
    return told(OrganisationFactory(territory=territory, key=key, created_at=now() - dt.timedelta(days=days), **fields))


@pytest.fixture
def garden(valenciennois):
    return old(valenciennois, "jardin", name="Le Jardin")


def remind(territory):
    return reminders.remind_due(territory, by=SYSTEM, site=SITE)


def links(letter):
    """Give the paths of the links of a letter, by their last words."""
    found = re.findall(r"https://terreau\.example(/\S+/a-jour/\S+?/(exacte|corriger|archivee|stop)/)", str(letter.body))
    return {word: path for path, word in found}


def states(territory):
    return {state.value: [row.key for row in reading.pages(territory, state).order_by("key")] for state in Freshness}


def test_pages_stand_fresh_to_review_or_silent(valenciennois, animator):
    old(valenciennois, "ancienne")
    old(valenciennois, "recente", days=30)
    confirm_organisation(old(valenciennois, "confirmee"), by=animator.actor)
    corrected = old(valenciennois, "corrigee")
    update_organisation(corrected, by=animator.actor, version=1, changes={"commune": "Anzin"})
    silent = old(valenciennois, "silencieuse")
    Watch.objects.create(organisation=silent, reminded_at=now() - dt.timedelta(days=31))
    asked = old(valenciennois, "demandee")
    Watch.objects.create(organisation=asked, reminded_at=now() - dt.timedelta(days=3))
    old(valenciennois, "archivee", archived_on=today())
    old(valenciennois, "privee", visibility=Visibility.PRIVATE)
    old(valenciennois, "finie", end="2019")

    assert states(valenciennois) == {
        "fresh": ["confirmee", "corrigee", "recente"],
        "to_review": ["ancienne", "demandee"],
        "silent": ["silencieuse"],
    }


def test_a_territory_chooses_its_own_delay(valenciennois, garden):
    UpkeepRules.objects.create(territory=valenciennois, review_after_months=24)
    assert states(valenciennois)["fresh"] == ["jardin"]


def test_a_letter_has_three_links_a_stop_and_no_sign_in(
    valenciennois, garden, visitor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(valenciennois).letters == 1

    [letter] = mail.outbox
    assert letter.to == ["jardin@example.org"]
    assert "Le Jardin" in letter.body
    assert set(links(letter)) == {"exacte", "corriger", "archivee", "stop"}

    path = links(letter)["exacte"]
    assert visitor.get(path).status_code == 200
    assert Organisation.objects.get().confirmed_on is None
    visitor.post(path)
    assert Organisation.objects.get().confirmed_on == today()
    assert states(valenciennois)["fresh"] == ["jardin"]
    assert AuditEvent.objects.get(action="directory.confirm").actor_id is None


def test_a_link_serves_once_and_dies(valenciennois, garden, visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
    paths = links(mail.outbox[0])
    visitor.post(paths["archivee"])
    assert Organisation.objects.get().archived_on == today()
    assert visitor.get(paths["exacte"]).status_code == 410
    assert "déjà répondu" in visitor.post(paths["exacte"]).content.decode()
    assert Organisation.objects.get().confirmed_on is None

    Reminder.objects.update(answer="", answered_at=None, expires_at=now())
    with pytest.raises(RuleBroken, match="plus valable"):
        reminders.answer(Reminder.objects.select_related("organisation__territory").get(), "exacte")


@pytest.mark.parametrize("end", ["exacte", "stop"])
def test_a_forged_link_opens_nothing(visitor, valenciennois, garden, end):
    assert visitor.get(f"/valenciennois/a-jour/{garden.pk}/{end}/").status_code == 404
    assert visitor.post(f"/valenciennois/a-jour/faux:signe/{end}/").status_code == 404


def test_a_link_of_one_territory_is_none_of_another(
    visitor, valenciennois, elsewhere, garden, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
    path = links(mail.outbox[0])["exacte"].replace("/valenciennois/", "/ailleurs/")
    assert visitor.post(path).status_code == 404


def test_the_link_to_correct_leads_where_one_may(
    valenciennois, garden, visitor, cast, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
    assert visitor.get(links(mail.outbox[0])["corriger"])["Location"].endswith("/jardin/suggerer/")


def test_managers_are_asked_before_the_public_address(valenciennois, garden, cast, django_capture_on_commit_callbacks):
    keeper = cast(Role.MANAGER, record=garden)
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
    [letter] = mail.outbox
    assert letter.to == [keeper.user.email]


def test_several_pages_of_one_person_make_one_letter(valenciennois, garden, cast, django_capture_on_commit_callbacks):
    keeper = cast(Role.MANAGER, record=garden)
    other = old(valenciennois, "verger", name="Le Verger")
    Grant.objects.create(user=keeper.user, territory=valenciennois, role=Role.MANAGER, record_id=other.pk)
    with django_capture_on_commit_callbacks(execute=True):
        sent = remind(valenciennois)
    [letter] = mail.outbox
    assert (sent.letters, len(sent.asked)) == (1, 2)
    assert "Le Jardin" in letter.body
    assert "Le Verger" in letter.body
    assert "2 fiches" in letter.subject


def test_never_two_letters_in_a_week_whatever_the_path(
    valenciennois, garden, animator, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
        again = reminders.remind(valenciennois, [garden], by=animator.actor, site=SITE)
        remind(valenciennois)
    assert (len(mail.outbox), again.too_soon) == (1, [garden.pk])

    Watch.objects.update(reminded_at=now() - dt.timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
        assert len(mail.outbox) == 1
        reminders.remind(valenciennois, [garden], by=animator.actor, site=SITE)
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter(valenciennois):
    old(valenciennois, "jardin")
    start = threading.Barrier(2)

    def work():
        start.wait()
        try:
            remind(valenciennois)
        finally:
            connection.close()

    hands = [threading.Thread(target=work) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert (len(mail.outbox), Reminder.objects.count()) == (1, 1)


def test_who_asked_for_no_more_gets_no_more(valenciennois, garden, visitor, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remind(valenciennois)
    path = links(mail.outbox[0])["stop"]
    visitor.get(path)
    visitor.post(path)
    visitor.post(path)
    Watch.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        sent = remind(valenciennois)
    assert (len(mail.outbox), sent.unreachable) == (1, [garden.pk])


def test_a_page_without_an_address_is_left_to_the_team(valenciennois):
    page = old(valenciennois, "muette", email="")
    assert remind(valenciennois).unreachable == [page.pk]
    assert not Watch.objects.exists()


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "stranger"])
def test_only_animators_and_stewards_send_reminders(request, valenciennois, garden, who):
    with pytest.raises(NotAllowed):
        reminders.remind(valenciennois, [garden], by=request.getfixturevalue(who).actor, site=SITE)


def test_the_team_asks_archives_and_confirms_from_its_list(
    valenciennois, animator, garden, django_capture_on_commit_callbacks
):
    other, third = old(valenciennois, "verger"), old(valenciennois, "serre")
    page = "/valenciennois/animation/fraicheur/?etat=a-revoir"
    with django_capture_on_commit_callbacks(execute=True):
        animator.post(page, {"chosen": ["jardin"], "do": "remind"})
    animator.post(page, {"chosen": ["verger"], "do": "archive"})
    animator.post(page, {"chosen": ["serre"], "do": "confirm"})

    for row in (other, third):
        row.refresh_from_db()
    assert (len(mail.outbox), other.archived_on, third.confirmed_on) == (1, today(), today())


@pytest.mark.parametrize("aged", [1, 3])
def test_the_list_of_pages_costs_the_same_for_one_or_three(animator, valenciennois, queries, aged):
    for number in range(aged):
        old(valenciennois, f"page-{number}")
    with queries(8):
        animator.get("/valenciennois/animation/fraicheur/")


def test_the_daily_work_asks_and_forgets(valenciennois, garden, animator, django_capture_on_commit_callbacks):
    done = Suggestion.objects.create(
        territory=valenciennois, organisation=garden, kind="correction", email="a@example.org", fingerprint="1",
        state=SuggestionState.DECLINED, decided_at=now() - dt.timedelta(days=31),
    )  # fmt: skip
    recent = Suggestion.objects.create(
        territory=valenciennois, organisation=garden, kind="correction", email="b@example.org", fingerprint="2",
        state=SuggestionState.DECLINED, decided_at=now() - dt.timedelta(days=29),
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        send_reminders()
    done.refresh_from_db()
    recent.refresh_from_db()
    assert (len(mail.outbox), done.email, recent.email) == (1, "", "b@example.org")
    with pytest.raises(NotAllowed):
        reminders.forget(by=animator.actor)
