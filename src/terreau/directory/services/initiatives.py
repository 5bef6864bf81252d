"""What may happen to an initiative."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from terreau.directory.facts import tellings_of_initiative
from terreau.directory.models import Initiative
from terreau.directory.services.keys import check_key, free_keys
from terreau.directory.services.parts import CARRIERS, STEPS, Rows, changed_parts, plain, read, write
from terreau.directory.services.themes import chosen_themes, theme_keys
from terreau.directory.services.values import by_keys, check_period, check_private, cleaned
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.enums import Visibility
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory, Theme

INITIATIVE_CHANGEABLE = frozenset({"name", "stage", "summary", "organisation", "start", "end", "visibility"})
"""Columns that a correction may write; the audit keeps each as [before, after], the organisation by its key."""

PlainRows = Iterable[Mapping[str, Any]]


@transaction.atomic
def create_initiative(
    territory: Territory, *, by: Actor, name: str, values: Mapping[str, Any] = {}, carriers: PlainRows = (), steps: PlainRows = (),
    themes: Collection[Theme | str] = (), visibility: str = Visibility.PUBLIC, key: str | None = None,
) -> Initiative:  # fmt: skip
    """Open a page for what organisations carry together.

    In order: policy, rules, key, record, parts, themes, audit, facts.
    values: other columns of INITIATIVE_CHANGEABLE. carriers, steps: rows of plain values (`services.parts`).
    Raises NotAllowed, RuleBroken; nothing is written then.
    """
    policy.require("directory.create", by, territory)
    columns = _columns(territory, {**values, "name": name, "visibility": visibility})
    if key is not None:
        check_key(territory, key)
    initiative = Initiative(territory=territory, key=key or free_keys(territory, [columns["name"]])[0])
    _check(initiative, columns, by)
    for column, value in columns.items():
        setattr(initiative, column, value)
    made: dict[Rows, list[Any]] = {
        CARRIERS: read(CARRIERS, initiative, carriers),
        STEPS: read(STEPS, initiative, steps),
    }
    chosen = chosen_themes(territory, themes)
    initiative.save()
    for rows, lines in made.items():
        write(rows, initiative, lines)
    initiative.themes.set(chosen)
    said = {column: [None, value] for column, value in columns.items() if value not in ("", None)}
    written = by_keys(Initiative, said)
    written |= {rows.name: [[], [plain(rows, line) for line in lines]] for rows, lines in made.items() if lines}
    if chosen:
        written["themes"] = [[], theme_keys(chosen)]
    audit.record(by, "directory.create", initiative, written)
    facts.refresh(initiative)
    return initiative


@transaction.atomic
def update_initiative(
    initiative: Initiative, *, by: Actor, version: int, changes: Mapping[str, Any], themes: Collection[Theme | str] | None = None,
    carriers: PlainRows | None = None, steps: PlainRows | None = None, why: str = "",
) -> dict[str, list[Any]]:  # fmt: skip
    """Correct an initiative, and tell again what names it. When nothing changes, nothing is written.

    In order: policy, rules, record, parts, themes, audit, facts. Arguments are read as by `update_organisation`.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("directory.change", by, initiative)
    columns = _columns(initiative.territory, changes)
    _check(initiative, columns, by)
    given = {CARRIERS: carriers, STEPS: steps}
    made = {rows: read(rows, initiative, lines) for rows, lines in given.items() if lines is not None}
    parts = changed_parts(initiative, made)
    if themes is not None:
        chosen, before = chosen_themes(initiative.territory, themes), theme_keys(initiative.themes.all())
        if theme_keys(chosen) != before:
            parts["themes"] = [before, theme_keys(chosen)]
    written = versions.save(initiative, seen=version, changes=columns, force=bool(parts))
    if not written and not parts:
        return {}
    for rows, lines in made.items():
        if rows.name in parts:
            write(rows, initiative, lines)
    if "themes" in parts:
        initiative.themes.set(chosen)
    written = {**by_keys(Initiative, written), **parts}
    audit.record(by, "directory.change", initiative, {**written, "why": ["", why]} if why else written)
    facts.refresh(initiative, *tellings_of_initiative(initiative))
    return written


def _columns(territory: Territory, values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(values) - INITIATIVE_CHANGEABLE:
        raise ValueError(unknown)
    return cleaned(Initiative, territory, values)


def _check(initiative: Initiative, columns: Mapping[str, Any], by: Actor) -> None:
    check_period(columns.get("start", initiative.start), columns.get("end", initiative.end))
    check_private(initiative, columns, by)
