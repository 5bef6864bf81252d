"""« C'est ma structure » : asking to keep a page, proving an address, and what the team decides."""

import datetime as dt
import logging
import secrets
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terreau.accounts import queries as accounts
from terreau.accounts import services as accounts_services
from terreau.accounts.models import User
from terreau.directory.models import Organisation
from terreau.directory.pure.plain_text import paragraphs
from terreau.kernel import audit, policy
from terreau.kernel.clock import now
from terreau.kernel.enums import Role
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.upkeep.enums import WAITING, ClaimState
from terreau.upkeep.models import Claim
from terreau.upkeep.pure.domains import speaks_for
from terreau.upkeep.services import letters

log = logging.getLogger("terreau.upkeep")

VERIFY_WITHIN = dt.timedelta(days=7)
INVITATION_DAYS = 30
LONGEST_MESSAGE = 2_000


def claim(*, organisation: Organisation, by: Actor, email: str, message: str, site: str) -> Claim:
    """Ask to keep a page. A signed-in account's claim goes to the team at once; an address first answers a letter.

    email: read only for a visitor; an account is known by its own. site: address of the instance, for the link.
    A claim already waiting for this page and address is that claim: nothing says whether there was one.
    Raises NotAllowed, RuleBroken (page already managed by this account, message too long).
    """
    policy.require("upkeep.claim", by, organisation.territory)
    message = paragraphs(message).strip()
    if len(message) > LONGEST_MESSAGE:
        raise RuleBroken(
            _("Ce message est trop long : le ramener à %(most)s caractères.") % {"most": LONGEST_MESSAGE},
            field="message",
        )
    user = None if by.is_anonymous else accounts.account_of(by)
    if user and organisation.pk in by.records:
        raise RuleBroken(_("Vous tenez déjà cette fiche : vous pouvez la corriger."))
    email = user.email if user else email.strip().lower()
    try:
        with transaction.atomic():
            return _file(organisation, by, user, email, message, site)
    except IntegrityError:
        return Claim.objects.get(organisation=organisation, email=email, state__in=WAITING)


def _file(organisation: Organisation, by: Actor, user: User | None, email: str, message: str, site: str) -> Claim:
    waiting = Claim.objects.filter(organisation=organisation, email=email, state__in=WAITING).first()
    if waiting and (waiting.state == ClaimState.OPEN or user is None):
        if waiting.state == ClaimState.UNVERIFIED:
            _write_to_verify(waiting, site)
        return waiting
    if waiting:
        # The address now speaks through its account: no letter is needed any more.
        Claim.objects.filter(pk=waiting.pk).update(state=ClaimState.OPEN, user=user, message=message)
        return waiting
    made = Claim.objects.create(
        territory=organisation.territory, organisation=organisation, user=user, email=email, message=message,
        domain_matches=speaks_for(email, site=organisation.site, public_email=organisation.email),
        language=letters.language_now(), state=ClaimState.OPEN if user else ClaimState.UNVERIFIED,
    )  # fmt: skip
    audit.record(by, "upkeep.claim", made, {"organisation": [None, organisation.key]})
    if user is None:
        _write_to_verify(made, site)
    log.info("upkeep.claimed claim=%s organisation=%s", made.pk, organisation.pk)
    return made


def _write_to_verify(waiting: Claim, site: str) -> None:
    secret = secrets.token_urlsafe(32)
    Claim.objects.filter(pk=waiting.pk).update(secret_hash=accounts.fingerprint(secret))
    slug = waiting.organisation.territory.slug
    link = site.rstrip("/") + reverse("upkeep:claim_verify", kwargs={"territory": slug, "secret": secret})
    with translation.override(waiting.language):
        subject = pgettext("email", "Confirmez votre adresse pour %(name)s") % {"name": waiting.organisation.name}
    context = {"claim": waiting, "link": link, "days": VERIFY_WITHIN.days}
    transaction.on_commit(
        partial(letters.send, "upkeep/email/claim_verify.txt", subject, waiting.email, context, waiting.language)
    )


@transaction.atomic
def verify(waiting: Claim, *, by: Actor) -> None:
    """Note that the address answered its letter: the team now sees the claim. Done twice, it is done once.

    Raises NotAllowed, RuleBroken (link too old, claim withdrawn).
    """
    policy.require("upkeep.claim", by, waiting.territory)
    fresh = Claim.objects.filter(pk=waiting.pk, state=ClaimState.UNVERIFIED, created_at__gt=now() - VERIFY_WITHIN)
    if not fresh.update(state=ClaimState.OPEN):
        if Claim.objects.open().filter(pk=waiting.pk).exists():
            return
        raise RuleBroken(_("Ce lien a déjà servi ou n'est plus valable : refaites la demande depuis la fiche."))
    audit.record(by, "upkeep.claim.verify", waiting, {"state": [ClaimState.UNVERIFIED, ClaimState.OPEN]})


@transaction.atomic
def accept(waiting: Claim, *, by: Actor, site: str) -> None:
    """Trust whoever asks with the page: an account at once, an address by an invitation to open one.

    Raises NotAllowed, RuleBroken (decided already, role already held, invitation already open).
    """
    policy.require("upkeep.claim.decide", by, waiting)
    _decide(waiting, by, ClaimState.ACCEPTED, "")
    organisation, territory = waiting.organisation, waiting.territory
    if waiting.user:
        accounts_services.grant_role(
            territory=territory, user=waiting.user, role=Role.MANAGER, record=organisation, by=by
        )
        _tell(waiting, "upkeep/email/claim_accepted.txt", site)
    else:
        with translation.override(waiting.language):
            accounts_services.invite(
                territory=territory, email=waiting.email, role=Role.MANAGER, days=INVITATION_DAYS, site=site, by=by,
                record=organisation,
            )  # fmt: skip
    audit.record(by, "upkeep.claim.accept", waiting, {"organisation": [None, organisation.key]})
    log.info("upkeep.claim_accepted claim=%s", waiting.pk)


@transaction.atomic
def refuse(waiting: Claim, *, by: Actor, reason: str, site: str) -> None:
    """Say no, and why. Raises NotAllowed, RuleBroken (decided already, no reason)."""
    policy.require("upkeep.claim.decide", by, waiting)
    reason = paragraphs(reason).strip()
    if not reason:
        raise RuleBroken(_("Écrire la raison : la personne la lira."), field="reason")
    _decide(waiting, by, ClaimState.REFUSED, reason)
    audit.record(by, "upkeep.claim.refuse", waiting, {"state": [ClaimState.OPEN, ClaimState.REFUSED]})
    _tell(waiting, "upkeep/email/claim_refused.txt", site, reason)
    log.info("upkeep.claim_refused claim=%s", waiting.pk)


def _decide(waiting: Claim, by: Actor, state: str, reason: str) -> None:
    done = Claim.objects.open().filter(pk=waiting.pk)
    if not done.update(state=state, decided_at=now(), decided_by_id=by.user_id, reason=reason):
        raise RuleBroken(_("Cette demande est déjà traitée : recharger la page pour voir ce qui a été décidé."))


def _tell(waiting: Claim, template: str, site: str, reason: str = "") -> None:
    with translation.override(waiting.language):
        subject = pgettext("email", "Votre demande pour %(name)s") % {"name": waiting.organisation.name}
    context: dict[str, Any] = {
        "claim": waiting,
        "reason": reason,
        "link": site.rstrip("/") + waiting.organisation.get_absolute_url(),
    }
    transaction.on_commit(partial(letters.send, template, subject, waiting.email, context, waiting.language))
