"""« Toujours exact ? » : asking whoever keeps a page whether it is still true, and taking the answer."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terreau.accounts.models import Grant
from terreau.directory.enums import SuggestionState
from terreau.directory.models import Organisation, Suggestion
from terreau.directory.services import archive_organisation, confirm_organisation
from terreau.kernel import audit, policy
from terreau.kernel.clock import now, today
from terreau.kernel.enums import Role
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import VISITOR, Actor
from terreau.territory.models import Territory
from terreau.upkeep import queries
from terreau.upkeep.enums import WAITING, Answer, ClaimState, Freshness
from terreau.upkeep.models import Claim, Reminder, StoppedAddress, Watch
from terreau.upkeep.pure.freshness import LETTERS_APART
from terreau.upkeep.services import letters
from terreau.upkeep.services.limits import fingerprint

log = logging.getLogger("terreau.upkeep")

LINKS_LAST = dt.timedelta(days=60)
MOST_AT_ONCE = 2_000
"""Pages of a territory asked about in one run; the others wait for the next day."""
MOST_IN_A_LETTER = 40
ADDRESSES_KEPT = dt.timedelta(days=30)
"""How long an address is kept after what it was left for is decided."""
SALT = "terreau.upkeep.reminder"


@dataclass
class Sent:
    """What became of a round: letters sent, pages asked about, pages without an address, or asked about this week."""

    letters: int = 0
    asked: list[UUID] = field(default_factory=list)
    unreachable: list[UUID] = field(default_factory=list)
    too_soon: list[UUID] = field(default_factory=list)


def remind_due(territory: Territory, *, by: Actor, site: str) -> Sent:
    """Ask about the pages of a territory that nobody touched for long, and that nobody was asked about since."""
    due = queries.pages(territory, Freshness.TO_REVIEW).filter(queries.NOT_ASKED_SINCE)
    return remind(territory, due.order_by("pk")[:MOST_AT_ONCE], by=by, site=site)


def remind(territory: Territory, organisations: Iterable[Organisation], *, by: Actor, site: str) -> Sent:
    """Ask about some pages: one letter for each address, whatever the number of its pages.

    The first manager in place is asked, else the public address of the structure. A page that was asked about in the
    last seven days is left alone, whoever asked, even when two workers run at once (`Watch`). Raises NotAllowed.
    """
    policy.require("upkeep.freshness", by, territory)
    sent = Sent()
    pages = list(organisations)
    letters_to: dict[tuple[str, UUID | None], list[Organisation]] = defaultdict(list)
    stopped = set(StoppedAddress.objects.filter(territory=territory).values_list("address_hash", flat=True))
    keepers = _keepers(page.pk for page in pages)
    for page in pages:
        page.territory = territory
        user_id, email = keepers.get(page.pk, (None, page.email))
        if not email or fingerprint(email) in stopped:
            sent.unreachable.append(page.pk)
        else:
            letters_to[email.lower(), user_id].append(page)
    for (email, user_id), theirs in letters_to.items():
        for start in range(0, len(theirs), MOST_IN_A_LETTER):
            _remind_one(territory, theirs[start : start + MOST_IN_A_LETTER], email, user_id, by, site, sent)
    if sent.asked:
        log.info("upkeep.reminded territory=%s letters=%s pages=%s", territory.slug, sent.letters, len(sent.asked))
    return sent


@transaction.atomic
def _remind_one(
    territory: Territory, pages: list[Organisation], email: str, user_id: UUID | None, by: Actor, site: str, sent: Sent
) -> None:
    """Claim the pages of one address, then write to it once that is committed: at most one letter, never two."""
    at = now()
    Watch.objects.bulk_create([Watch(organisation=page) for page in pages], ignore_conflicts=True)
    free = Q(reminded_at=None) | Q(reminded_at__lte=at - LETTERS_APART)
    won = [page for page in pages if Watch.objects.filter(free, organisation=page).update(reminded_at=at)]
    sent.too_soon += [page.pk for page in pages if page not in won]
    if not won:
        return
    made = Reminder.objects.bulk_create(
        Reminder(organisation=page, user_id=user_id, email=email, sent_at=at, expires_at=at + LINKS_LAST)
        for page in won
    )
    audit.record_all(by, [audit.Change("upkeep.remind", page) for page in won], territory_id=territory.pk)
    sent.letters += 1
    sent.asked += [page.pk for page in won]
    lines = [_links(territory, page, reminder, site) for page, reminder in zip(won, made, strict=True)]
    context = {
        "territory": territory,
        "lines": lines,
        "stop": lines[0]["stop"],
        "days": LINKS_LAST.days,
    }
    with translation.override("fr"):
        subject = (
            pgettext("email", "%(name)s : votre fiche est-elle toujours exacte ?") % {"name": won[0].name}
            if len(won) == 1
            else pgettext("email", "%(count)s fiches à relire") % {"count": len(won)}
        )
    transaction.on_commit(partial(letters.send, "upkeep/email/reminder.txt", subject, email, context, "fr"))


def _links(territory: Territory, page: Organisation, reminder: Reminder, site: str) -> dict[str, object]:
    token = signing.dumps(str(reminder.pk), salt=SALT)
    base, known = site.rstrip("/"), {"territory": territory.slug, "token": token}

    def link(name: str, **more: str) -> str:
        return base + reverse(f"upkeep:{name}", kwargs=known | more)

    return {
        "organisation": page, "address": base + page.get_absolute_url(), "right": link("answer", answer=Answer.RIGHT.value),
        "update": link("answer", answer=Answer.UPDATE.value), "closed": link("answer", answer=Answer.CLOSED.value), "stop": link("stop"),
    }  # fmt: skip


def reminder_of(token: str) -> Reminder | None:
    """Give the reminder that a link was made for, answered or not; None for a link that we did not make. One query."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Reminder.objects.select_related("organisation__territory").filter(pk=pk).first()


def why_closed(reminder: Reminder) -> str:
    """Say why a link no longer works; an empty text when it does."""
    if reminder.answered_at:
        return _("Vous avez déjà répondu par ce lien : merci.")
    if reminder.expires_at <= now():
        return _("Ce lien n'est plus valable : ouvrez la fiche pour la corriger ou suggérer une correction.")
    return ""


@transaction.atomic
def answer(reminder: Reminder, said: str) -> None:
    """Take the answer of whoever got the letter: the page is true, or is kept as memory only.

    The link works once: of two clicks arriving together one alone succeeds. It gives the right to answer for this one
    page, as its manager would. Raises NotAllowed, RuleBroken (used, expired, page merged).
    """
    policy.require("upkeep.answer", VISITOR, reminder.organisation)
    waiting = Reminder.objects.filter(pk=reminder.pk, answered_at=None, expires_at__gt=now())
    if not waiting.update(answer=said, answered_at=now()):
        raise RuleBroken(why_closed(Reminder.objects.get(pk=reminder.pk)))
    page = reminder.organisation
    # Whoever holds the letter speaks for this page, and for nothing else.
    keeper = Actor(user_id=reminder.user_id, records=frozenset({page.pk}))
    if said == Answer.RIGHT:
        confirm_organisation(page, by=keeper)
    elif said == Answer.CLOSED:
        archive_organisation(page, by=keeper, version=page.version)
    log.info("upkeep.answered reminder=%s answer=%s", reminder.pk, said)


@transaction.atomic
def stop(reminder: Reminder) -> None:
    """Send no more reminders of this territory to this address. Done twice, it is done once."""
    policy.require("upkeep.answer", VISITOR, reminder.organisation)
    row = StoppedAddress(territory_id=reminder.organisation.territory_id, address_hash=fingerprint(reminder.email))
    StoppedAddress.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def forget(*, by: Actor) -> int:
    """Erase the addresses that are no longer needed: 30 days after a decision, or after a claim nobody confirmed.

    Gives how many. Raises NotAllowed: administrators, the command line and the tasks.
    """
    policy.require("upkeep.forget", by)
    limit = now() - ADDRESSES_KEPT
    decided = Suggestion.objects.exclude(email="").exclude(state=SuggestionState.OPEN).filter(decided_at__lt=limit)
    count = decided.update(email="")
    Claim.objects.filter(state=ClaimState.UNVERIFIED, created_at__lt=limit).delete()
    count += Claim.objects.exclude(email="").exclude(state__in=WAITING).filter(decided_at__lt=limit).update(email="")
    old = Reminder.objects.exclude(email="").filter(Q(answered_at__lt=limit) | Q(expires_at__lt=limit))
    return count + old.update(email="")


def _keepers(records: Iterable[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Give the account and address of the first manager in place of each page. One query."""
    rows = (
        Grant.objects.in_force(today())
        .filter(record_id__in=list(records), role=Role.MANAGER, user__is_active=True)
        .order_by("-since", "-pk")
        .values_list("record_id", "user_id", "user__email")
    )
    return {record: (user, email) for record, user, email in rows if record}
