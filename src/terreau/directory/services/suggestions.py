"""What may happen to a suggestion, and to a change that has to be read before it is published."""

import hashlib
import json
import logging
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terreau.directory.enums import SuggestionKind, SuggestionOrigin, SuggestionState
from terreau.directory.models import Organisation, Suggestion, UpkeepRules
from terreau.directory.pure.plain_text import paragraphs
from terreau.directory.services.organisations import (
    archive_organisation,
    create_organisation,
    update_organisation,
)
from terreau.directory.services.plain_values import WRITABLE, as_arguments, as_plain, plain_values, same
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.clock import now
from terreau.kernel.enums import OpenState
from terreau.kernel.errors import RuleBroken, StaleVersion
from terreau.kernel.models import Gap
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

log = logging.getLogger("terreau.directory")

LONGEST_MESSAGE = 5_000
"""Characters of what someone writes in their own words."""
MOST_AT_ONCE = 200
"""Suggestions that one gesture decides."""


@dataclass(frozen=True)
class Draft:
    """One suggestion to file with many others. changes: field → [value seen, value proposed], plain JSON values."""

    organisation: Organisation | None
    changes: Mapping[str, Any]
    kind: str = SuggestionKind.CORRECTION
    message: str = ""


@dataclass(frozen=True)
class Applied:
    """The change is made. written: field → [before, after]; empty when nothing differed."""

    written: dict[str, list[Any]]


@dataclass(frozen=True)
class Suggested:
    """The change waits for the team; both versions are kept in the suggestion."""

    suggestion: Suggestion


@dataclass
class Outcome:
    """What became of suggestions decided together.

    accepted: how many went through. stale: those whose page changed since they were made, left open.
    refused: those that a rule stopped, left open, each with the sentence that says why.
    """

    accepted: int = 0
    stale: list[Suggestion] = field(default_factory=list)
    refused: list[tuple[Suggestion, str]] = field(default_factory=list)


# --- Filing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def suggest(
    territory: Territory, *, by: Actor, kind: str = SuggestionKind.CORRECTION, organisation: Organisation | None = None,
    gap: Gap | None = None, proposed: Mapping[str, Any] = {}, message: str = "", evidence: str = "", email: str = "",
    origin: str = SuggestionOrigin.PERSON, label: str = "", batch: UUID | None = None, seen_version: int | None = None,
) -> Suggestion:  # fmt: skip
    """File a suggestion. What it says of the page now is kept beside it; what it does not change is left out.

    proposed: field of WRITABLE → plain value. email: where to say what became of it, never shown outside the team.
    The same suggestion sent twice while it is open is one suggestion.
    Raises NotAllowed, RuleBroken (says nothing, too long, impossible value).
    """
    policy.require("directory.suggest", by, territory)
    if unknown := set(proposed) - WRITABLE:
        raise ValueError(unknown)
    message, evidence, email = paragraphs(message).strip(), paragraphs(evidence).strip(), email.strip().lower()
    if max(len(message), len(evidence)) > LONGEST_MESSAGE:
        raise RuleBroken(
            _("Ce message est trop long : le ramener à %(most)s caractères.") % {"most": LONGEST_MESSAGE},
            field="message",
        )
    _check_email(email)
    if organisation is None:
        proposed = {name: value for name, value in proposed.items() if not same(value, None)}
    proposed = as_plain(territory, proposed)
    seen = plain_values(organisation, proposed) if organisation else dict.fromkeys(proposed)
    changes = {name: [seen[name], value] for name, value in proposed.items() if not same(seen[name], value)}
    if not changes and not message:
        raise RuleBroken(_("Rien n'a changé : corriger au moins une réponse, ou écrire quelques mots."))
    suggestion = Suggestion(
        territory=territory, organisation=organisation, gap=gap, kind=kind, origin=origin, label=label, batch=batch,
        changes=changes, message=message, evidence=evidence, email=email, sent_by_id=by.user_id,
        seen_version=seen_version or (organisation.version if organisation else None),
        language=(translation.get_language() or "fr")[:2],
    )  # fmt: skip
    suggestion.fingerprint = fingerprint(suggestion)
    same_one = Suggestion.objects.of(territory).open().filter(fingerprint=suggestion.fingerprint)
    if known := same_one.first():
        return known
    try:
        with transaction.atomic():
            suggestion.save(force_insert=True)
    except IntegrityError:
        return same_one.get()
    audit.record(by, "directory.suggest", suggestion, {"kind": [None, kind], "origin": [None, origin]})
    log.info("directory.suggested territory=%s suggestion=%s kind=%s", territory.slug, suggestion.pk, kind)
    return suggestion


@transaction.atomic
def suggest_many(
    territory: Territory, drafts: Iterable[Draft], *, by: Actor, origin: str, label: str, batch: UUID | None = None
) -> int:
    """File what an import or a check found, in a few queries. Those already waiting are not filed again.

    Gives how many were asked for and said something. Raises NotAllowed.
    """
    policy.require("directory.suggest", by, territory)
    rows = []
    for draft in drafts:
        changes = {name: pair for name, pair in draft.changes.items() if not same(*pair)}
        if not changes and not draft.message:
            continue
        row = Suggestion(
            territory=territory, organisation=draft.organisation, kind=draft.kind, origin=origin, label=label,
            batch=batch, changes=changes, message=draft.message, sent_by_id=by.user_id,
            seen_version=draft.organisation.version if draft.organisation else None,
        )  # fmt: skip
        row.fingerprint = fingerprint(row)
        rows.append(row)
    Suggestion.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    if rows:
        audit.record(by, "directory.suggest", territory, {"suggestions": [None, len(rows)], "origin": [None, origin]})
    return len(rows)


@transaction.atomic
def submit_change(
    organisation: Organisation, *, by: Actor, version: int, changes: Mapping[str, Any], **parts: Any
) -> Applied | Suggested:
    """Make a change, or keep it for the team to read first, as the rules of the territory say.

    Takes what `update_organisation` takes. A manager whose territory reads changes first files a suggestion that
    takes the place of the one still waiting for this page; everyone else changes the page at once.
    Raises NotAllowed, RuleBroken, StaleVersion.
    """
    if not waits_for_review(organisation, by):
        return Applied(update_organisation(organisation, by=by, version=version, changes=changes, **parts))
    policy.require("directory.change", by, organisation)
    if organisation.version != version:
        raise StaleVersion(organisation)
    given = {name: value for name, value in parts.items() if name in WRITABLE and value is not None}
    proposed = as_plain(organisation.territory, {**changes, **given})
    now_said = plain_values(organisation, proposed)
    if all(same(now_said[name], value) for name, value in proposed.items()):
        return Applied({})
    waiting = Suggestion.objects.open().filter(organisation=organisation, origin=SuggestionOrigin.MANAGER)
    waiting.update(state=SuggestionState.WITHDRAWN, decided_at=now(), decided_by_id=by.user_id)
    return Suggested(
        suggest(
            organisation.territory, by=by, organisation=organisation, proposed=proposed,
            origin=SuggestionOrigin.MANAGER, seen_version=version,
        )
    )  # fmt: skip


def rules_of(territory: Territory) -> UpkeepRules:
    """Give the rules of a territory, or the defaults. One query."""
    return UpkeepRules.objects.filter(territory=territory).first() or UpkeepRules(territory=territory)


def waits_for_review(organisation: Organisation, by: Actor) -> bool:
    """Tell whether what this person changes is read first. One query for a manager, none for the team."""
    if policy.allows("directory.suggestion.decide", by, organisation):
        return False
    return rules_of(organisation.territory).reviews_managers


# --- Deciding --------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept(
    suggestion: Suggestion, *, by: Actor, version: int | None, fields: Collection[str] | None = None,
    values: Mapping[str, Any] = {}, reason: str = "",
) -> Suggestion:  # fmt: skip
    """Make the change that was suggested, whole or in part, as it was or amended; thank whoever gave an address.

    version: that of the page as the decision was made on it. fields: those kept, all unless said.
    values: field → plain value in the place of what was proposed (for a question, "answer").
    Everything goes through `update_organisation` or `create_organisation`, with their rules and their audit.
    Raises NotAllowed, RuleBroken (decided already, a rule of the page), StaleVersion.
    """
    policy.require("directory.suggestion.decide", by, suggestion)
    wanted = [name for name in suggestion.changes if fields is None or name in fields]
    chosen = {name: suggestion.changes[name][1] for name in wanted} | {
        name: value for name, value in values.items() if name in WRITABLE
    }
    if suggestion.changes and not chosen:
        raise RuleBroken(_("Cocher au moins un champ à retenir, ou écarter la suggestion."))
    has_part = set(wanted) != set(suggestion.changes)
    state = SuggestionState.PARTLY if has_part else SuggestionState.ACCEPTED
    decided = _decide(suggestion, by, state, reason, sorted(chosen))
    target: Organisation | None = suggestion.organisation
    if suggestion.kind == SuggestionKind.CREATION:
        target = _create(suggestion, by, chosen)
    elif suggestion.kind == SuggestionKind.ANSWER and suggestion.gap:
        _answer(suggestion, suggestion.gap, by, str(values.get("answer", suggestion.message)))
    if target and suggestion.kind != SuggestionKind.CREATION:
        if chosen:
            seen = target.version if version is None else version
            update_organisation(target, by=by, version=seen, **as_arguments(chosen))
        if suggestion.kind == SuggestionKind.CLOSURE:
            archive_organisation(target, by=by, version=target.version)
    who = {"suggestion": [None, suggestion.pk], "origin": [None, suggestion.origin]}
    audit.record(
        by, "directory.suggestion.accept", target or suggestion, who | {"sent_by": [None, suggestion.sent_by_id]}
    )
    _tell(suggestion, "directory/email/suggestion_accepted.txt")
    return _decided(suggestion, decided)


@transaction.atomic
def decline(suggestion: Suggestion, *, by: Actor, reason: str = "") -> Suggestion:
    """Set a suggestion aside, with a reason that its sender reads. Raises NotAllowed, RuleBroken (decided already)."""
    policy.require("directory.suggestion.decide", by, suggestion)
    decided = _decide(suggestion, by, SuggestionState.DECLINED, reason, [])
    states = [SuggestionState.OPEN, SuggestionState.DECLINED]
    audit.record(by, "directory.suggestion.decline", suggestion, {"state": states})
    _tell(suggestion, "directory/email/suggestion_declined.txt")
    return _decided(suggestion, decided)


@transaction.atomic
def reopen(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Undo a refusal: the suggestion waits again. Raises NotAllowed, RuleBroken (not one that was set aside)."""
    policy.require("directory.suggestion.decide", by, suggestion)
    declined = Suggestion.objects.filter(pk=suggestion.pk, state=SuggestionState.DECLINED)
    try:
        with transaction.atomic():
            done = declined.update(state=SuggestionState.OPEN, decided_at=None, decided_by=None, reason="")
    except IntegrityError:
        done = 0
    if not done:
        raise RuleBroken(_("Cette suggestion ne peut pas être rouverte : elle a été acceptée, retirée ou renvoyée."))
    suggestion.refresh_from_db()
    audit.record(by, "directory.suggestion.reopen", suggestion, {"state": [SuggestionState.DECLINED, suggestion.state]})
    return suggestion


@transaction.atomic
def withdraw(suggestion: Suggestion, *, by: Actor) -> Suggestion:
    """Take back one's own suggestion. Raises NotAllowed, RuleBroken (decided already)."""
    policy.require("directory.suggestion.withdraw", by, suggestion)
    decided = _decide(suggestion, by, SuggestionState.WITHDRAWN, "", [])
    audit.record(by, "directory.suggestion.withdraw", suggestion)
    return _decided(suggestion, decided)


def accept_many(suggestions: Iterable[Suggestion], *, by: Actor) -> Outcome:
    """Accept suggestions whole, one after the other, each on the page as the one before it left it.

    Those whose page says something else than what was seen are left for someone to look at; so are those that a rule
    stops, and new structures without a nature. Each is its own transaction. Raises NotAllowed.
    """
    outcome = Outcome()
    for suggestion in list(suggestions)[:MOST_AT_ONCE]:
        try:
            with transaction.atomic():
                target = suggestion.organisation
                if target:
                    # The one before may have changed the same page.
                    target = suggestion.organisation = Organisation.objects.select_related("territory").get(
                        pk=target.pk
                    )
                if stale_fields(suggestion):
                    outcome.stale.append(suggestion)
                    continue
                accept(suggestion, by=by, version=target.version if target else None)
                outcome.accepted += 1
        except StaleVersion:
            outcome.stale.append(suggestion)
        except RuleBroken as error:
            outcome.refused.append((suggestion, error.message))
    return outcome


def decline_many(suggestions: Iterable[Suggestion], *, by: Actor, reason: str = "") -> Outcome:
    """Set suggestions aside with one reason; those decided meanwhile are listed. Raises NotAllowed."""
    outcome = Outcome()
    for suggestion in list(suggestions)[:MOST_AT_ONCE]:
        try:
            decline(suggestion, by=by, reason=reason)
            outcome.accepted += 1
        except RuleBroken as error:
            outcome.refused.append((suggestion, error.message))
    return outcome


def stale_fields(suggestion: Suggestion) -> list[str]:
    """Give the fields that say neither what was seen nor what is proposed any more. Few queries, by field."""
    if suggestion.organisation is None:
        return []
    said = plain_values(suggestion.organisation, suggestion.changes)
    return [
        name
        for name, (seen, proposed) in suggestion.changes.items()
        if not same(said[name], seen) and not same(said[name], proposed)
    ]


def fingerprint(suggestion: Suggestion) -> str:
    """Give what makes two open suggestions one: where, what, and from whom. SHA-256 in lower-case hexadecimal."""
    content = [
        suggestion.organisation_id, suggestion.gap_id, suggestion.kind, suggestion.origin, suggestion.message,
        {name: pair[1] for name, pair in suggestion.changes.items()},
        "" if suggestion.origin in {SuggestionOrigin.IMPORT, SuggestionOrigin.SYSTEM} else suggestion.sent_by_id or suggestion.email,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _decide(suggestion: Suggestion, by: Actor, state: str, reason: str, fields: list[str]) -> dict[str, Any]:
    """Claim the decision in one guarded UPDATE: of two people who decide at once, one does. Gives what was written.

    The suggestion in memory is told once all has gone through (`_decided`), so that a refusal leaves it as it was.
    """
    values: dict[str, Any] = {
        "state": state, "decided_at": now(), "decided_by_id": by.user_id, "reason": paragraphs(reason).strip(), "accepted_fields": fields,
    }  # fmt: skip
    if not Suggestion.objects.open().filter(pk=suggestion.pk).update(**values):
        raise RuleBroken(_("Cette suggestion est déjà traitée : recharger la page pour voir ce qui a été décidé."))
    return values


def _decided(suggestion: Suggestion, values: dict[str, Any]) -> Suggestion:
    for name, value in values.items():
        setattr(suggestion, name, value)
    return suggestion


def _create(suggestion: Suggestion, by: Actor, chosen: dict[str, Any]) -> Organisation:
    name, nature = str(chosen.pop("name", "") or ""), chosen.pop("nature", None)
    if not nature:
        raise RuleBroken(_("Choisir la nature de la structure avant de l'ajouter."), field="nature")
    arguments = as_arguments(chosen)
    organisation = create_organisation(
        suggestion.territory, by=by, name=name, nature=nature, values=arguments.pop("changes"), **arguments
    )
    Suggestion.objects.filter(pk=suggestion.pk).update(organisation=organisation)
    return organisation


def _answer(suggestion: Suggestion, gap: Gap, by: Actor, answer: str) -> None:
    """Settle a question of the territory with what was answered, as the team words it."""
    answer = paragraphs(answer).strip()
    if not answer:
        raise RuleBroken(_("Écrire la réponse telle qu'elle sera lue."), field="answer")
    written = versions.save(gap, seen=gap.version, changes={"answer": answer, "state": OpenState.SETTLED})
    if written:
        audit.record(by, "directory.gap.answer", gap, written)
        facts.refresh(gap)


def _check_email(email: str) -> None:
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise RuleBroken(
                _("Ce courriel n'est pas complet : l'écrire comme nom@exemple.fr."), field="email"
            ) from error


def _tell(suggestion: Suggestion, template: str) -> None:
    """Write to whoever left an address, once the decision is committed."""
    if suggestion.email:
        transaction.on_commit(partial(_send, suggestion.pk, suggestion.email, template))


def _send(pk: UUID, email: str, template: str) -> None:
    suggestion = Suggestion.objects.select_related("territory", "organisation", "gap").get(pk=pk)
    with translation.override(suggestion.language):
        subject = pgettext("email", "Votre suggestion pour %(territory)s") % {"territory": suggestion.territory.name}
        body = render_to_string(template, {"suggestion": suggestion})
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [email])
