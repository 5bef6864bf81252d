"""« C'est ma structure », from the page to the key, and what it never tells."""

import datetime as dt
import re
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from terreau.accounts.models import Grant, Invitation
from terreau.accounts.testing import UserFactory, client_of
from terreau.directory.tests.factories import OrganisationFactory, told
from terreau.kernel.clock import now
from terreau.kernel.enums import Role
from terreau.kernel.errors import NotAllowed, RuleBroken
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import VISITOR
from terreau.upkeep.enums import ClaimState
from terreau.upkeep.models import Claim, Tally
from terreau.upkeep.services import claims

SITE = "https://terreau.example/"
PAGE = "/valenciennois/annuaire/jardin/gerer/"
SENT = {"email": "Camille@jardin.example", "message": "J'y suis salariée."}


@pytest.fixture
def garden(valenciennois):
    return told(
        OrganisationFactory(territory=valenciennois, key="jardin", name="Le Jardin", site="https://www.jardin.example")
    )


def ask(organisation, by=VISITOR, email="camille@jardin.example"):
    return claims.claim(organisation=organisation, by=by, email=email, message="J'y travaille.", site=SITE)


def said(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("’", "'"))


def link_in(letter):
    [found] = re.findall(r"http\S+/demandes/verifier/\S+", str(letter.body))
    return "/" + found.split("/", 3)[3]


def test_an_address_confirms_then_the_team_sends_the_key(
    visitor, animator, garden, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(PAGE, SENT)
    waiting = Claim.objects.get()
    link = link_in(mailoutbox[0])
    assert (waiting.state, waiting.email, waiting.domain_matches) == (
        ClaimState.UNVERIFIED,
        "camille@jardin.example",
        True,
    )

    assert visitor.get(link).status_code == 200
    assert Claim.objects.get().state == ClaimState.UNVERIFIED
    visitor.post(link)
    assert "domaine concordant" in said(animator.get("/valenciennois/animation/demandes/"))

    with django_capture_on_commit_callbacks(execute=True):
        animator.post(f"/valenciennois/animation/demandes/{waiting.pk}/", {"do": "accept"})
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.record_id) == (waiting.email, Role.MANAGER, garden.pk)
    assert "Le Jardin" in mailoutbox[1].body
    assert Claim.objects.get().state == ClaimState.ACCEPTED


def test_an_account_is_trusted_at_once_when_the_team_accepts(
    member, animator, garden, mailoutbox, django_capture_on_commit_callbacks
):
    member.post(PAGE, {"message": "Je la préside."})
    waiting = Claim.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        claims.accept(waiting, by=animator.actor, site=SITE)

    assert client_of(member.user).get("/valenciennois/annuaire/jardin/modifier/").status_code == 200
    assert (mailoutbox[0].to, Grant.objects.get(record_id=garden.pk).user) == ([member.user.email], member.user)


def test_a_refusal_says_why(member, animator, garden, mailoutbox, django_capture_on_commit_callbacks):
    waiting = ask(garden, by=member.actor)
    with pytest.raises(RuleBroken, match="raison"):
        claims.refuse(waiting, by=animator.actor, reason=" ", site=SITE)
    with django_capture_on_commit_callbacks(execute=True):
        animator.post(
            f"/valenciennois/animation/demandes/{waiting.pk}/", {"do": "refuse", "reason": "Nous ne vous trouvons pas."}
        )
    assert "Nous ne vous trouvons pas." in mailoutbox[0].body
    assert not Grant.objects.filter(role=Role.MANAGER).exists()


def test_asking_twice_is_one_claim_and_reads_the_same(visitor, garden):
    first, second = (said(visitor.post(PAGE, SENT)) for _time in range(2))

    assert Claim.objects.count() == 1
    assert re.sub(r"csrf\S+|value=\"\S+\"", "", first) == re.sub(r"csrf\S+|value=\"\S+\"", "", second)


def test_nothing_tells_whether_an_address_has_an_account(visitor, garden):
    UserFactory.create(email="connue@example.org")
    answers = {
        re.sub(r"csrf\S+|value=\"\S+\"", "", said(visitor.post(PAGE, SENT | {"email": email})))
        for email in ("connue@example.org", "inconnue@example.org")
    }
    assert len(answers) == 1


def test_an_account_takes_over_the_claim_of_its_address(visitor, garden):
    waiting = ask(garden, email="camille@jardin.example")
    user = UserFactory.create(email="camille@jardin.example")
    again = ask(garden, by=client_of(user).actor)

    assert again.pk == waiting.pk
    assert (Claim.objects.get().state, Claim.objects.get().user) == (ClaimState.OPEN, user)


def test_who_keeps_the_page_does_not_ask_for_it(cast, garden):
    keeper = cast(Role.MANAGER, record=garden)
    with pytest.raises(RuleBroken, match="déjà"):
        ask(garden, by=keeper.actor)
    assert keeper.get(PAGE)["Location"].endswith("/gestion/")


def test_an_old_link_no_longer_confirms(garden):
    waiting = ask(garden)
    Claim.objects.update(created_at=now() - dt.timedelta(days=8))
    with pytest.raises(RuleBroken, match=r"n.est plus valable"):
        claims.verify(waiting, by=VISITOR)


def test_machines_that_fill_everything_in_leave_nothing(visitor, garden):
    response = visitor.post(PAGE, SENT | {"adresse_web": "https://spam.example"})
    assert (response.status_code, Claim.objects.count()) == (200, 0)


def test_one_address_may_not_flood_the_team(visitor, garden, valenciennois):
    for number in range(12):
        told(OrganisationFactory(territory=valenciennois, key=f"page-{number}"))
        response = visitor.post(f"/valenciennois/annuaire/page-{number}/gerer/", SENT)
    assert "réessayer dans une heure" in said(response)
    assert Claim.objects.count() == 5
    assert "camille" not in str(list(Tally.objects.values_list("mark", flat=True)))


def test_the_database_keeps_one_open_claim_per_address_and_page(garden, valenciennois):
    ask(garden)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            territory=valenciennois, organisation=garden, email="camille@jardin.example", state=ClaimState.OPEN
        )


@pytest.mark.django_db(transaction=True)
def test_two_animators_who_accept_together_give_one_key(valenciennois, animator, member):
    page = told(OrganisationFactory(territory=valenciennois, key="jardin"))
    waiting = ask(page, by=member.actor)
    outcomes, start = [], threading.Barrier(2)

    def decide():
        start.wait()
        try:
            claims.accept(Claim.objects.get(pk=waiting.pk), by=animator.actor, site=SITE)
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
    assert (sorted(outcomes), Grant.objects.filter(record_id=page.pk).count()) == (["kept", "refused"], 1)


@pytest.mark.parametrize("who", ["visitor", "member", "manager", "officer", "observer", "stranger"])
def test_only_animators_and_stewards_decide_and_read_claims(request, garden, who):
    waiting, client = ask(garden, by=VISITOR), request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        claims.accept(waiting, by=client.actor, site=SITE)
    with pytest.raises(NotAllowed):
        claims.refuse(waiting, by=client.actor, reason="Non", site=SITE)
    assert client.get(f"/valenciennois/animation/demandes/{waiting.pk}/").status_code in {302, 403}


def test_the_address_of_who_asks_is_written_nowhere_public(visitor, garden):
    ask(garden, email="camille@jardin.example")
    assert "camille@" not in said(visitor.get("/valenciennois/annuaire/jardin/"))
    assert "camille@" not in said(visitor.get("/valenciennois/annuaire/jardin/historique/"))
    assert "camille@" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_the_team_and_the_manager_end_a_management(cast, animator, garden):
    keeper = cast(Role.MANAGER, record=garden)
    grant = Grant.objects.get(record_id=garden.pk)
    assert f"{keeper.user}" in said(animator.get("/valenciennois/annuaire/jardin/gestion/"))

    response = keeper.post(f"/valenciennois/annuaire/jardin/gestion/{grant.pk}/fin/")
    assert response.status_code == 302
    assert not Grant.objects.filter(pk=grant.pk).exists()


@pytest.mark.parametrize("claimed", [1, 3])
def test_the_list_of_claims_costs_the_same_for_one_or_three(animator, garden, valenciennois, queries, claimed):
    for number in range(claimed):
        ask(garden, email=f"a{number}@example.org")
    Claim.objects.update(state=ClaimState.OPEN)
    with queries(7):
        animator.get("/valenciennois/animation/demandes/")
