"""What a source says otherwise than a page: never written, always proposed to the team, with the other suggestions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from terreau.directory.enums import IdentifierScheme, NameSort, SuggestionOrigin, SuggestionState
from terreau.directory.models import Organisation, Suggestion
from terreau.directory.services import parts
from terreau.directory.services.suggestions import Draft as Suggested
from terreau.directory.services.suggestions import suggest_many
from terreau.kernel.clock import now
from terreau.kernel.pure.actor import Actor
from terreau.opendata.models import ImportBatch
from terreau.opendata.queries.layers import displayed, says_the_same
from terreau.opendata.services.matching import NUMBERS, Decision, Matcher

NAMES = {"acronym": NameSort.ACRONYM, "usage_name": NameSort.USAGE}
POINT = ("longitude", "latitude")
LISTS = {**dict.fromkeys(NUMBERS, "identifiers"), **dict.fromkeys(NAMES, "names")}
"""Fields of ours that are rows of a page: a suggestion gives the whole list, with the new row."""


def propose(batch: ImportBatch, by: Actor, matcher: Matcher, decisions: Sequence[Decision]) -> int:
    """File one suggestion for each page that a source says otherwise, all under the name of the source and the import.

    A page recognised for the first time: all that differs. A page already known: what the source changed, and what
    still waited from it, whose suggestion this one replaces. Gives how many. Eight queries at most, whatever the rows.
    """
    concerned = [one for one in decisions if one.organisation]
    if not concerned:
        return 0
    pages = {one.organisation.pk: one.organisation for one in concerned if one.organisation}
    prefetch_related_objects(list(pages.values()), "names", "identifiers", "nature")
    waiting = _waiting(batch, pages)
    filed = []
    for one in concerned:
        page = pages[one.organisation.pk] if one.organisation else None
        if page is None:
            continue
        fields = set(one.draft.values)
        if one.record and one.record.organisation_id:
            fields = {name for name in fields if one.record.values.get(name) != one.draft.values[name]}
            fields |= {name for name in one.draft.values if LISTS.get(name, name) in waiting[page.pk]}
        if changes := _changes(page, one.draft.values, fields, matcher):
            filed.append(Suggested(page, changes))
    Suggestion.objects.open().filter(
        origin=SuggestionOrigin.IMPORT, label=batch.source, organisation__in=[draft.organisation for draft in filed]
    ).update(state=SuggestionState.WITHDRAWN, decided_at=now(), decided_by_id=by.user_id)
    return suggest_many(
        batch.territory, filed, by=by, origin=SuggestionOrigin.IMPORT, label=batch.source, batch=batch.pk
    )


def _waiting(batch: ImportBatch, pages: Iterable[UUID]) -> dict[UUID, set[str]]:
    waiting: dict[UUID, set[str]] = defaultdict(set)
    rows = Suggestion.objects.open().filter(
        origin=SuggestionOrigin.IMPORT, label=batch.source, organisation__in=list(pages)
    )
    for organisation, changes in rows.values_list("organisation_id", "changes"):
        if organisation is not None:
            waiting[organisation] |= set(changes)
    return waiting


def _changes(page: Organisation, values: Mapping[str, Any], fields: set[str], matcher: Matcher) -> dict[str, list[Any]]:
    """Give field of the directory → [what the page says, what is proposed], plain values."""
    changes: dict[str, list[Any]] = {}
    different = {name for name in fields if not says_the_same(name, displayed(page, name), values[name])}
    if different & set(POINT):
        different |= {name for name in POINT if name in values}
    for name in sorted(different):
        if name == "nature":
            if nature := matcher.nature_named(values[name]):
                changes["nature"] = [page.nature.key, nature.key]
        elif name not in LISTS:
            changes[name] = [_plain(displayed(page, name)), _plain(values[name])]
    if numbers := [name for name in NUMBERS if name in different]:
        kept = [parts.plain(parts.IDENTIFIERS, row) for row in page.identifiers.all()]
        new = [{"scheme": str(IdentifierScheme(name)), "value": values[name]} for name in numbers]
        changes["identifiers"] = [kept, [*kept, *new]]
    if names := [name for name in NAMES if name in different]:
        kept = [parts.plain(parts.NAMES, row) for row in page.names.all()]
        new = [{"name": values[name], "sort": str(NAMES[name])} for name in names]
        changes["names"] = [kept, [*kept, *new]]
    return changes


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else str(value)
