"""What changed on a page, when, by whom in words, and what going back would write."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from terreau.accounts.models import Grant, User
from terreau.directory.models import Organisation
from terreau.directory.services.plain_values import WRITABLE, label_of
from terreau.kernel import policy
from terreau.kernel.enums import Role, Visibility
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import Actor

PER_PAGE = 30
WORDS: dict[str, str | Promise] = {
    "directory.create": _("Fiche ouverte"),
    "directory.change": _("Fiche corrigée"),
    "directory.confirm": _("Fiche confirmée"),
    "directory.archive": _("Fiche archivée"),
    "directory.unarchive": _("Fiche rouverte"),
    "dossier.create": _("Fiche chargée"),
    "dossier.update": _("Fiche rechargée"),
    "upkeep.remind": _("Rappel envoyé"),
}
"""What each action of the audit is called; the others are a change like any other."""
FOLDED = "directory.suggestion.accept"
"""Written just after the change that it explains: it is told with it."""


@dataclass(frozen=True)
class ChangeLine:
    """One field: its name, what it said, what it says since."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class EventLine:
    """One change. who: in words, with the account's name for the team only.

    changes: empty, with `is_hidden`, when the page was not public then. may_revert: whether this reader may go back.
    """

    sequence: int
    at: dt.datetime
    what: str
    who: str
    name: str
    is_suggested: bool
    is_hidden: bool
    changes: list[ChangeLine]
    may_revert: bool


@dataclass(frozen=True)
class HistoryPage:
    organisation: Organisation
    events: list[EventLine]
    rows: Page[Any]


@dataclass(frozen=True)
class RevertLine:
    """One field of a change to go back on. is_overtaken: somebody changed it again since."""

    label: str
    before: str
    after: str
    now: str
    is_overtaken: bool


@dataclass(frozen=True)
class RevertPage:
    organisation: Organisation
    event: AuditEvent
    lines: list[RevertLine]
    is_overtaken: bool


def history_page(reader: Actor, organisation: Organisation, number: str | None) -> HistoryPage:
    """Give the changes of a page, the latest first. Five queries for a visitor, six for the team."""
    events = AuditEvent.objects.filter(kind=organisation.KIND, record_id=organisation.pk)
    rows = Paginator(events.exclude(action=FOLDED).order_by("-sequence"), PER_PAGE).get_page(number)
    told = list(rows)
    is_trusted = reader.is_in_team(organisation.territory_id) or organisation.pk in reader.records
    hidden_until = 0 if is_trusted else _last_hidden(events)
    after = [event.sequence + 1 for event in told]
    suggested = set(events.filter(action=FOLDED, sequence__in=after).values_list("sequence", flat=True))
    accounts = {event.actor_id for event in told if event.actor_id}
    keepers = set(Grant.objects.filter(record_id=organisation.pk, role=Role.MANAGER).values_list("user_id", flat=True))
    names = _names(accounts) if reader.is_in_team(organisation.territory_id) else {}
    may_revert = policy.allows("directory.change", reader, organisation)
    return HistoryPage(
        organisation=organisation,
        rows=rows,
        events=[
            EventLine(
                sequence=event.sequence,
                at=event.at,
                what=str(WORDS.get(event.action, _("Fiche modifiée"))),
                who=_who(event, keepers),
                name=names.get(event.actor_id, "") if event.actor_id else "",
                is_suggested=event.sequence + 1 in suggested,
                is_hidden=event.sequence <= hidden_until and bool(event.changes),
                changes=[] if event.sequence <= hidden_until else _changes(event),
                may_revert=may_revert and event.action == "directory.change" and bool(set(event.changes) & WRITABLE),
            )
            for event in told
        ],
    )


def event_of(organisation: Organisation, sequence: int) -> AuditEvent:
    """Give one change of a page, or a 404. One query."""
    chain = str(organisation.territory_id)
    return get_object_or_404(
        AuditEvent, chain=chain, sequence=sequence, kind=organisation.KIND, record_id=organisation.pk
    )


def revert_page(
    organisation: Organisation, event: AuditEvent, said: dict[str, Any], overtaken: Iterable[str]
) -> RevertPage:
    """Compare what a change said with what the page says now. No query."""
    again = set(overtaken)
    lines = [
        RevertLine(
            label=str(label_of(name)),
            before=in_words(event.changes[name][0]),
            after=in_words(event.changes[name][1]),
            now=in_words(said[name]),
            is_overtaken=name in again,
        )
        for name in sorted(said)
    ]
    return RevertPage(organisation, event, lines, bool(again))


def in_words(value: Any) -> str:
    """Write a plain value for people: lists one after the other, rows by what they hold, nothing as nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("answer", "oui") if value else pgettext("answer", "non")
    if isinstance(value, dict):
        return " · ".join(in_words(part) for part in value.values() if part not in (None, ""))
    if isinstance(value, (list, tuple)):
        return " ; ".join(in_words(part) for part in value)
    return str(value)


def _last_hidden(events: Any) -> int:
    """Give the number of the last change made while the page was not public: what it said then stays with the team."""
    for sequence, (before, _after) in (
        (event.sequence, event.changes["visibility"])
        for event in events.filter(changes__has_key="visibility").order_by("-sequence")[:1]
    ):
        return sequence if before not in (None, Visibility.PUBLIC) else 0
    return 0


def _names(accounts: set[UUID]) -> dict[UUID, str]:
    return {user.pk: str(user) for user in User.objects.filter(pk__in=accounts)} if accounts else {}


def _who(event: AuditEvent, keepers: set[UUID]) -> str:
    if event.actor_id is None:
        if event.action in {"directory.confirm", "directory.archive"}:
            return gettext("la structure, par le lien d'un rappel")
        return gettext("le site") if event.action == "upkeep.remind" else gettext("un chargement de données")
    return gettext("la structure") if event.actor_id in keepers else gettext("l'équipe")


def _changes(event: AuditEvent) -> list[ChangeLine]:
    shown = WRITABLE | {"why", "archived_on"}
    lines = []
    for name in sorted(set(event.changes) & shown):
        values = event.changes[name]
        label = {"why": _("Raison"), "archived_on": _("Archivée le")}.get(name) or label_of(name)
        if isinstance(values, list) and len(values) == 2:  # noqa: PLR2004 -- before and after
            lines.append(ChangeLine(str(label), in_words(values[0]), in_words(values[1])))
    return lines
