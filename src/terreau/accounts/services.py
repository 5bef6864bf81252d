"""The verbs of accounts: invite, accept, withdraw, give and end a role, rename oneself."""

import datetime as dt
import logging
import secrets
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terreau.accounts import queries
from terreau.accounts.models import Grant, Invitation, User
from terreau.kernel import audit, policy
from terreau.kernel.clock import now, today
from terreau.kernel.enums import Role
from terreau.kernel.errors import RuleBroken
from terreau.kernel.models import Record
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

log = logging.getLogger("terreau.accounts")

LONGEST_INVITATION_DAYS = 90


@transaction.atomic
def invite(
    *, territory: Territory, email: str, role: str, days: int, site: str, by: Actor, record: Record | None = None
) -> Invitation:
    """Offer a role in a territory to an address; the letter with the link leaves once committed.

    days: how long the link works, 1 to 90. site: address of the instance as the inviter sees it, "https://terreau.example/".
    record: the organisation whose page a manager will keep; no other role has one.
    An expired invitation for the same role is withdrawn on the way. The secret is in the letter and nowhere else.
    Raises NotAllowed, RuleBroken (role already held, invitation already open, length).
    """
    record_id = _require_giver(by, territory, role, record)
    email = email.strip().lower()
    if not 1 <= days <= LONGEST_INVITATION_DAYS:
        message = _("Une invitation vaut de 1 à %(most)d jours : choisissez une durée plus courte.") % {
            "most": LONGEST_INVITATION_DAYS
        }
        raise RuleBroken(message, field="days")
    user = queries.account_with(email)
    if user and queries.holds(user, territory, role, record_id):
        raise RuleBroken(
            _("%(email)s tient déjà ce rôle ici : il n'y a rien à faire.") % {"email": email}, field="email"
        )
    same = Invitation.objects.open().filter(territory=territory, email=email, role=role, record_id=record_id)
    same.filter(expires_at__lte=now()).update(withdrawn_at=now())
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                territory=territory,
                email=email,
                role=role,
                record_id=record_id,
                secret_hash=queries.fingerprint(secret),
                invited_by_id=by.user_id,
                expires_at=now() + dt.timedelta(days=days),
            )
    except IntegrityError as error:
        message = _(
            "Une invitation pour ce rôle attend déjà la réponse de %(email)s : retirez-la avant d'en envoyer une autre."
        )
        raise RuleBroken(message % {"email": email}, field="email") from error
    audit.record(by, "accounts.invite", invitation, _role_given(role, record_id))
    link = site.rstrip("/") + reverse("account_accept_invitation", kwargs={"secret": secret})
    transaction.on_commit(partial(_send_invitation, invitation, link, by.name, record))
    log.info("accounts.invited territory=%s invitation=%s role=%s", territory.slug, invitation.pk, role)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: Actor, name: str = "", password: str = "") -> Grant:
    """Take the offered role: attach it to the account of the invited address, or open that account.

    The claim is one guarded UPDATE, so that of two clicks arriving together one alone succeeds. An address that has an
    account must be signed in with it; one that has none needs a password that follows the policy (field "password").
    Raises NotAllowed, RuleBroken (expired, withdrawn, used, another account signed in, password); then writes nothing.
    """
    policy.require("accounts.invitation.accept", by, invitation)
    claimed = Invitation.objects.open().filter(pk=invitation.pk, expires_at__gt=now()).update(accepted_at=now())
    if not claimed:
        raise RuleBroken(why_closed(Invitation.objects.get(pk=invitation.pk)))
    user = queries.account_with(invitation.email)
    if user is None:
        user = _open_account(invitation, by, name, password)
        by = queries.actor_of(user, today())
    elif by.user_id != user.pk:
        raise RuleBroken(
            _("Cette invitation est pour %(email)s : connectez-vous avec ce compte, puis acceptez-la.")
            % {"email": invitation.email}
        )
    grant = Grant.objects.filter(
        user=user,
        territory_id=invitation.territory_id,
        role=invitation.role,
        record_id=invitation.record_id,
        until=None,
    ).first()
    if grant is None:
        grant = Grant.objects.create(
            user=user,
            territory_id=invitation.territory_id,
            role=invitation.role,
            record_id=invitation.record_id,
        )
    given = _role_given(grant.role, grant.record_id)
    audit.record(by, "accounts.invitation.accept", grant, given | {"since": [None, grant.since]})
    log.info("accounts.invitation_accepted invitation=%s grant=%s", invitation.pk, grant.pk)
    return grant


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """Make the link of an open invitation useless. Raises NotAllowed, RuleBroken (already accepted or withdrawn)."""
    policy.require("accounts.team.change", by, invitation)
    if not Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=now()):
        raise RuleBroken(why_closed(Invitation.objects.get(pk=invitation.pk)))
    audit.record(by, "accounts.withdraw_invitation", invitation, {"role": [invitation.role, None]})
    log.info("accounts.invitation_withdrawn invitation=%s", invitation.pk)


@transaction.atomic
def grant_role(
    *,
    territory: Territory,
    user: User,
    role: str,
    by: Actor,
    since: dt.date | None = None,
    until: dt.date | None = None,
    record: Record | None = None,
) -> Grant:
    """Give a role to an account from a day (today unless said) to a last day (none unless said).

    record: the organisation whose page a manager keeps; no other role has one.
    Raises NotAllowed, RuleBroken (role already held without end, or end before start).
    """
    record_id = _require_giver(by, territory, role, record)
    since = since or today()
    if until and until < since:
        raise RuleBroken(_("La fin du rôle précède son début : inversez les deux dates."), field="until")
    if queries.holds(user, territory, role, record_id):
        raise RuleBroken(_("%(name)s tient déjà ce rôle ici : il n'y a rien à faire.") % {"name": user})
    grant = Grant.objects.create(
        user=user, territory=territory, role=role, record_id=record_id, since=since, until=until
    )
    given = _role_given(role, record_id)
    audit.record(by, "accounts.grant_role", grant, given | {"since": [None, since], "until": [None, until]})
    log.info("accounts.role_granted territory=%s grant=%s role=%s", territory.slug, grant.pk, role)
    return grant


@transaction.atomic
def end_role(*, grant: Grant, by: Actor, last_day: dt.date | None = None) -> None:
    """End a role: at once, or after a last day that is today or later.

    At once means that yesterday was the last day; a role given today leaves no trace but in the audit.
    A territory that has a steward keeps one: the last active steward without a planned end cannot leave.
    Raises NotAllowed, RuleBroken (already ended, last day in the past, last steward).
    """
    policy.require("accounts.managers.end" if grant.role == Role.MANAGER else "accounts.team.change", by, grant)
    day = today()
    if last_day and last_day < max(day, grant.since):
        raise RuleBroken(_("Le dernier jour est déjà passé : choisissez aujourd'hui ou plus tard."), field="last_day")
    if grant.role == Role.STEWARD:
        # One writer at a time per territory, on both databases: two stewards may be ending each other's role.
        Territory.objects.filter(pk=grant.territory_id).update(version=F("version"))
        first_day_without = last_day + dt.timedelta(days=1) if last_day else day
        if not queries.stewards_left(grant.territory, without=grant, day=first_day_without):
            raise RuleBroken(
                _(
                    "Ce territoire n'aurait plus de garante ni de garant : confiez d'abord ce rôle à quelqu'un d'autre, sans date de fin."
                )
            )
    last = last_day or day - dt.timedelta(days=1)
    lasting = Grant.objects.filter(pk=grant.pk, until=grant.until)
    running = lasting.exclude(until__lt=day)
    done = running.delete()[0] if last < grant.since else running.update(until=last)
    if not done:
        raise RuleBroken(_("Ce rôle a déjà pris fin, ou sa fin vient d'être changée : rechargez la page."))
    audit.record(by, "accounts.end_role", grant, {"role": [grant.role, None], "until": [grant.until, last]})
    log.info("accounts.role_ended grant=%s", grant.pk)


@transaction.atomic
def rename_me(*, name: str, by: Actor) -> None:
    """Change the name that others see; an empty one shows the address instead. The name itself is not audited."""
    policy.require("accounts.own_account", by)
    user = queries.account_of(by)
    User.objects.filter(pk=user.pk).update(name=name.strip())
    audit.record(by, "accounts.rename", user)
    log.info("accounts.renamed user=%s", user.pk)


@transaction.atomic
def appoint_administrator(*, email: str, password: str, by: Actor) -> User:
    """Let an account administer the instance; open it with `password` when nobody has this address yet.

    An existing account keeps its own password. Raises NotAllowed, RuleBroken (password too weak for a new account).
    """
    policy.require("accounts.administrators.change", by)
    email = email.strip().lower()
    user = queries.account_with(email)
    if user is None:
        try:
            validate_password(password, User(email=email))
        except ValidationError as error:
            raise RuleBroken(" ".join(error.messages), field="password") from error
        user = User.objects.create_user(email, password)
    User.objects.filter(pk=user.pk).update(is_administrator=True)
    user.is_administrator = True
    audit.record(by, "accounts.appoint_administrator", user, {"is_administrator": [False, True]})
    log.info("accounts.administrator_appointed user=%s", user.pk)
    return user


def _require_giver(by: Actor, territory: Territory, role: str, record: Record | None) -> UUID | None:
    """Check who gives a role and on what; give the identifier of the record that a manager's role is about."""
    is_manager = role == Role.MANAGER
    policy.require("accounts.managers.change" if is_manager else "accounts.team.change", by, territory)
    if is_manager != (record is not None) or (record is not None and record.territory_id != territory.pk):
        raise RuleBroken(
            _("Le rôle de gestionnaire se confie depuis la fiche de la structure, et de là seulement."), field="role"
        )
    return record.pk if record else None


def _role_given(role: str, record_id: UUID | None) -> dict[str, Any]:
    return {"role": [None, role]} | ({"record": [None, record_id]} if record_id else {})


def why_closed(invitation: Invitation) -> str:
    """Say why an invitation no longer works, and what to do; an empty text when it does."""
    if invitation.accepted_at:
        return _("Cette invitation a déjà servi : connectez-vous avec votre compte.")
    if invitation.withdrawn_at:
        return _("Cette invitation a été retirée : demandez-en une autre à l'équipe du territoire.")
    if invitation.is_expired:
        day = date_format(localdate(invitation.expires_at), "j F Y")
        return _(
            "Cette invitation n'est plus valable depuis le %(day)s : demandez-en une autre à l'équipe du territoire."
        ) % {"day": day}
    return ""


def _open_account(invitation: Invitation, by: Actor, name: str, password: str) -> User:
    if not by.is_anonymous:
        raise RuleBroken(_("Un autre compte est ouvert ici : déconnectez-vous, puis rouvrez le lien de l'invitation."))
    try:
        validate_password(password, User(email=invitation.email, name=name))
    except ValidationError as error:
        raise RuleBroken(" ".join(error.messages), field="password") from error
    try:
        with transaction.atomic():
            user = User.objects.create_user(invitation.email, password, name=name.strip())
    except IntegrityError as error:
        raise RuleBroken(
            _("Un compte vient d'être ouvert à cette adresse : connectez-vous, puis acceptez l'invitation.")
        ) from error
    audit.record(queries.actor_of(user, today()), "accounts.open_account", user)
    return user


def _send_invitation(invitation: Invitation, link: str, inviter: str, record: Record | None) -> None:
    context: dict[str, Any] = {
        "invitation": invitation,
        "territory": invitation.territory,
        "link": link,
        "inviter": inviter,
        "record": record,
    }
    subject = pgettext("email", "Invitation à rejoindre %(territory)s") % {"territory": invitation.territory.name}
    send_mail(
        subject,
        render_to_string("accounts/email/invitation.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [invitation.email],
    )
