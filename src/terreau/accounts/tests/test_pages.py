"""Pages of accounts, over HTTP."""

import pytest
from django.core import mail
from django.core.cache import cache

from terreau.accounts.models import Grant, Invitation, User
from terreau.accounts.testing import PASSWORD, GrantFactory, InvitationFactory, UserFactory
from terreau.kernel.enums import Role

NEW = "une autre phrase, plus longue"


@pytest.fixture(autouse=True)
def _no_one_tried_yet():
    cache.clear()


def sign_in(client, email, password=PASSWORD, **fields):
    return client.post("/compte/connexion/", {"login": email, "password": password, **fields})


def test_signing_in_leads_back_to_the_page_that_asked_for_it(visitor, db):
    user = UserFactory.create()
    asked = visitor.get("/compte/")
    assert asked["Location"] == "/compte/connexion/?next=/compte/"

    response = sign_in(visitor, user.email, next="/compte/")

    assert response["Location"] == "/compte/"
    assert visitor.get("/compte/").status_code == 200


def test_signing_in_does_not_lead_to_another_site(visitor, db):
    response = sign_in(visitor, UserFactory.create().email, next="https://malveillant.example/")

    assert response["Location"] == "/"


def test_the_session_changes_at_sign_in(visitor, db):
    user = UserFactory.create()
    session = visitor.session
    session["brouillon"] = 1
    session.save()
    before = session.session_key
    visitor.cookies["sessionid"] = before

    sign_in(visitor, user.email)

    assert visitor.cookies["sessionid"].value != before


def test_a_wrong_password_and_an_unknown_address_read_the_same(visitor, db):
    user = UserFactory.create()

    wrong, unknown = sign_in(visitor, user.email, "non"), sign_in(visitor, "personne@example.org", "non")

    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_guessing_passwords_is_slowed_down(visitor, db):
    user = UserFactory.create()
    for _attempt in range(5):
        sign_in(visitor, user.email, "non")

    sign_in(visitor, user.email)

    assert visitor.get("/compte/").status_code == 302


def test_signing_out_takes_a_post(member):
    assert member.get("/compte/deconnexion/").status_code == 200
    assert member.get("/compte/").status_code == 200

    member.post("/compte/deconnexion/")

    assert member.get("/compte/").status_code == 302


def test_nobody_opens_an_account_alone(visitor, db):
    fields = {"email": "seule@example.org", "password1": NEW}

    response = visitor.post("/compte/ouvrir/", fields)

    assert "account/signup_closed.html" in [template.name for template in response.templates]
    assert not User.objects.exists()


def test_asking_for_a_new_password_does_not_tell_whether_an_account_exists(visitor, db):
    user = UserFactory.create()

    answers = [
        visitor.post("/compte/mot-de-passe/oublie/", {"email": email}, follow=True)
        for email in (user.email, "personne@example.org")
    ]

    assert answers[0].redirect_chain == answers[1].redirect_chain == [("/compte/mot-de-passe/oublie/envoye/", 302)]
    assert answers[0].content == answers[1].content
    assert [letter.to for letter in mail.outbox] == [[user.email], ["personne@example.org"]]


def test_a_forgotten_password_is_replaced_by_the_link_received_once(visitor, db):
    user = UserFactory.create()
    visitor.post("/compte/mot-de-passe/oublie/", {"email": user.email})
    [link] = [line for line in mail.outbox[0].body.splitlines() if line.startswith("http://testserver/")]

    shown = visitor.get(link, follow=True)
    form_at = shown.redirect_chain[-1][0]
    weak = visitor.post(form_at, {"password1": "court", "password2": "court"})
    done = visitor.post(form_at, {"password1": NEW, "password2": NEW}, follow=True)
    again = visitor.get(link, follow=True)

    assert weak.context["form"].errors
    assert done.redirect_chain == [("/compte/mot-de-passe/nouveau/fait/", 302)]
    assert again.context["token_fail"]
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert mail.outbox[-1].subject == "Votre mot de passe a changé"


def test_changing_a_password_asks_for_the_old_one_and_keeps_the_session(member):
    refused = member.post("/compte/mot-de-passe/", {"oldpassword": "non", "password1": NEW, "password2": NEW})
    changed = member.post("/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert refused.context["form"].errors.keys() == {"oldpassword"}
    assert changed["Location"] == "/compte/"
    assert member.get("/compte/").status_code == 200


@pytest.mark.parametrize(
    "address", ["connexion/", "mot-de-passe/", "mot-de-passe/oublie/", "confirmer/", "invitation/sesame/"]
)
def test_no_form_shows_markup_as_text(visitor, member, address):
    InvitationFactory.create(secret="sesame")

    pages = [client.get(f"/compte/{address}").content.decode() for client in (visitor, member)]

    assert [page for page in pages if "&lt;" in page] == []


def test_my_account_tells_my_roles_by_territory_and_takes_my_name(member, elsewhere):
    GrantFactory.create(user=member.user, territory=elsewhere, role=Role.JUROR)

    response = member.post("/compte/", {"name": "Camille"}, follow=True)

    grants = response.context["page"].grants
    assert [(grant.territory.slug, grant.role) for grant in grants] == [
        ("ailleurs", "juror"),
        ("valenciennois", "member"),
    ]
    assert response.context["page"].user.name == "Camille"


@pytest.mark.parametrize("items", [1, 3])
def test_my_account_costs_the_same_for_one_or_three_roles(items, queries, member):
    GrantFactory.create_batch(items, user=member.user)
    with queries(5):
        member.get("/compte/")


@pytest.mark.parametrize("items", [1, 3])
def test_the_team_page_costs_the_same_for_one_or_three_people(items, queries, steward, valenciennois):
    GrantFactory.create_batch(items, territory=valenciennois)
    InvitationFactory.create_batch(items, territory=valenciennois)
    with queries(6):
        steward.get("/valenciennois/reglages/equipe/")


def test_a_newcomer_accepts_and_is_signed_in(visitor, valenciennois):
    InvitationFactory.create(territory=valenciennois, email="camille@example.org", role=Role.ANIMATOR, secret="sesame")

    shown = visitor.get("/compte/invitation/sesame/")
    accepted = visitor.post("/compte/invitation/sesame/", {"name": "Camille", "password": NEW}, follow=True)
    again = visitor.get("/compte/invitation/sesame/")

    assert shown.context["page"].opens_account
    assert [grant.role for grant in accepted.context["page"].grants] == ["animator"]
    assert again.status_code == 410


def test_a_weak_password_is_told_on_its_field(visitor, db):
    InvitationFactory.create(secret="sesame")

    response = visitor.post("/compte/invitation/sesame/", {"name": "", "password": "court"})

    assert response.context["form"].errors.keys() == {"password"}
    assert Invitation.objects.open().count() == 1


def test_an_account_that_exists_signs_in_then_accepts(visitor, elsewhere):
    user = UserFactory.create()
    InvitationFactory.create(territory=elsewhere, email=user.email, secret="sesame")

    shown = visitor.get("/compte/invitation/sesame/")
    sign_in(visitor, user.email, next="/compte/invitation/sesame/")
    visitor.post("/compte/invitation/sesame/")

    assert shown.context["page"].needs_sign_in
    assert Grant.objects.get().user == user


def test_an_invitation_for_someone_else_offers_to_sign_out(member, db):
    InvitationFactory.create(secret="sesame")

    shown, refused = member.get("/compte/invitation/sesame/"), member.post("/compte/invitation/sesame/")

    assert shown.context["page"].is_for_someone_else
    assert refused.context["form"].errors
    assert Grant.objects.count() == 1


@pytest.mark.parametrize("state", ["expired", "withdrawn"])
def test_a_closed_invitation_says_so(visitor, db, state):
    invitation = InvitationFactory.create(secret="sesame", expired=state == "expired")
    if state == "withdrawn":
        Invitation.objects.filter(pk=invitation.pk).update(withdrawn_at=invitation.created_at)

    response = visitor.get("/compte/invitation/sesame/")

    assert response.status_code == 410
    assert "territoire" in response.context["page"].closed


def test_a_steward_invites_withdraws_and_ends_roles(steward, valenciennois, django_capture_on_commit_callbacks):
    grant = GrantFactory.create(territory=valenciennois)
    team = "/valenciennois/reglages/equipe/"

    with django_capture_on_commit_callbacks(execute=True):
        steward.post(f"{team}inviter/", {"email": "camille@example.org", "role": "juror", "days": "7"})
    invitation = Invitation.objects.get()
    listed = steward.get(team).context["page"]
    steward.post(f"{team}invitations/{invitation.pk}/retirer/")
    steward.post(f"{team}roles/{grant.pk}/fin/", {"last_day": ""})
    after = steward.get(team).context["page"]

    assert len(mail.outbox) == 1
    assert (listed.invitations, len(listed.grants)) == ([invitation], 2)
    assert (after.invitations, [held.user for held in after.grants]) == ([], [steward.user])


def test_the_last_steward_reads_why_they_stay(steward):
    grant = Grant.objects.get()

    response = steward.post(f"/valenciennois/reglages/equipe/roles/{grant.pk}/fin/", {"last_day": ""})

    assert "plus de garant" in str(response.context["form"].non_field_errors())


def test_a_grant_of_another_territory_is_not_found(steward, elsewhere):
    grant = GrantFactory.create(territory=elsewhere)

    response = steward.post(f"/valenciennois/reglages/equipe/roles/{grant.pk}/fin/", {"last_day": ""})

    assert response.status_code == 404
    assert Grant.objects.filter(pk=grant.pk).exists()


def test_a_stranger_finds_the_team_closed_and_the_unknown_territory_missing(stranger, valenciennois):
    assert stranger.get("/valenciennois/reglages/equipe/").status_code == 403
    assert stranger.get("/nulle-part/reglages/equipe/").status_code == 404


def test_the_table_of_rights_is_replayed_for_a_role(member):
    response = member.get("/valenciennois/reglages/droits/", {"role": "steward"})

    verdicts = {line.action: line.allowed for line in response.context["page"].lines}
    assert verdicts["accounts.team.change"]
    assert member.get("/valenciennois/reglages/droits/", {"role": "tsar"}).context["page"].replayed == ""
