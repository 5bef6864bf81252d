"""The rows inside a record (names, numbers, steps), given, compared and audited as whole lists of plain values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from terreau.directory.enums import IdentifierScheme
from terreau.directory.models import (
    Identifier,
    InitiativeCarrier,
    InitiativeStep,
    OrganisationLink,
    OrganisationName,
    Staffing,
)  # fmt: skip
from terreau.directory.pure import identifiers
from terreau.directory.services.values import check_period, cleaned
from terreau.kernel.errors import RuleBroken
from terreau.kernel.fields import EdtfField
from terreau.kernel.inserting import new_row
from terreau.kernel.models import Part, Record

Plain = dict[str, Any]
MOST_ROWS = 200


def _nothing(_row: Any) -> None:
    """Ask nothing more of a row."""


@dataclass(frozen=True)
class Rows:
    """The rows of one sort. columns: as people say them; check: raises RuleBroken on a row that cannot be."""

    name: str
    label: str | Promise
    model: type[Part]
    parent: str
    columns: tuple[str, ...]
    check: Callable[[Any], None] = _nothing


def _number_holds(row: Identifier) -> None:
    check_period(row.start, row.end)
    if (problem := identifiers.problem_with(row.scheme, row.value)) and problem.refuses:
        raise RuleBroken(problem.said_in(get_language()), field="value")


def _counts_something(row: Staffing) -> None:
    if row.employees is None and row.full_time_equivalents is None and row.volunteers is None:
        raise RuleBroken(_("Donner au moins un nombre : personnes salariées, équivalents temps plein ou bénévoles."))
    if row.full_time_equivalents is not None and row.full_time_equivalents < 0:
        raise RuleBroken(_("Un nombre de personnes n'est jamais négatif."), field="full_time_equivalents")


def _leads_to_the_web(row: OrganisationLink) -> None:
    if not row.url.startswith(("https://", "http://")):
        raise RuleBroken(_("Écrire une adresse qui commence par https://."), field="url")


def _holds(row: Any) -> None:
    check_period(row.start, row.end)


def _counts(row: InitiativeStep) -> None:
    if row.figure is not None and row.figure < 0:
        raise RuleBroken(_("Ce qu'une étape compte n'est jamais négatif."), field="figure")
    if row.unit and row.figure is None:
        raise RuleBroken(_("Dire combien, ou retirer l'unité."), field="figure")


NAMES = Rows(
    "names",
    gettext_lazy("Autres noms"),
    OrganisationName,
    "organisation",
    ("name", "sort", "start", "end", "source", "locator"),
    _holds,
)
IDENTIFIERS = Rows(
    "identifiers",
    gettext_lazy("Numéros"),
    Identifier,
    "organisation",
    ("scheme", "value", "start", "end", "source"),
    _number_holds,
)
LINKS = Rows(
    "links", gettext_lazy("Autres adresses"), OrganisationLink, "organisation", ("label", "url"), _leads_to_the_web
)
STAFFING = Rows(
    "staffing",
    gettext_lazy("Emplois"),
    Staffing,
    "organisation",
    ("when", "employees", "full_time_equivalents", "volunteers", "source", "locator"),
    _counts_something,
)
CARRIERS = Rows(
    "carriers",
    gettext_lazy("Porteurs et partenaires"),
    InitiativeCarrier,
    "initiative",
    ("organisation", "part", "start", "end"),
    _holds,
)
STEPS = Rows("steps", gettext_lazy("Étapes"), InitiativeStep, "initiative", ("name", "stage", "when", "figure", "unit", "note", "source", "locator"), _counts)  # fmt: skip


def plain(rows: Rows, row: Part) -> Plain:
    """Give a row as JSON values, what is empty left out: dates as EDTF, other records by their key."""
    return {name: value for name in rows.columns if (value := _plain(getattr(row, name))) not in {None, ""}}


def kept(rows: Rows, record: Record) -> list[Plain]:
    """Give the rows of a record in order. One query."""
    related = [name for name in rows.columns if name in _related(rows.model)]
    own = rows.model._default_manager.filter(**{rows.parent: record}).order_by("position", "pk")
    return [plain(rows, row) for row in (own.select_related(*related) if related else own)]


def read(rows: Rows, record: Record, given: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Make the rows of a record out of plain values, checked, not yet written. Raises RuleBroken with the line."""
    given = list(given)
    if len(given) > MOST_ROWS:
        raise RuleBroken(
            _("%(label)s : %(most)s lignes au plus.") % {"label": rows.label, "most": MOST_ROWS}, field=rows.name
        )
    made = []
    for place, values in enumerate(given):
        if unknown := values.keys() - rows.columns:
            raise ValueError(unknown)
        try:
            row = _made(rows, record, values)
            row.position = place
            rows.check(row)
        except RuleBroken as error:
            message = _("%(label)s, ligne %(line)s. %(message)s")
            said = {"label": rows.label, "line": place + 1, "message": error.message}
            raise RuleBroken(message % said, field=rows.name) from error
        made.append(row)
    _check_each_once(rows, made)
    return made


def write(rows: Rows, record: Record, made: Iterable[Part]) -> None:
    """Put rows in the place of those of a record. Two queries."""
    rows.model._default_manager.filter(**{rows.parent: record}).delete()
    rows.model._default_manager.bulk_create(list(made))


def changed_parts(record: Record, made: Mapping[Rows, list[Any]]) -> dict[str, list[Any]]:
    """Give the lists that differ from what is kept, name → [before, after]. One query for each list."""
    changed: dict[str, list[Any]] = {}
    for rows, lines in made.items():
        before, after = kept(rows, record), [plain(rows, line) for line in lines]
        if before != after:
            changed[rows.name] = [before, after]
    return changed


def _made(rows: Rows, record: Record, values: Mapping[str, Any]) -> Any:
    unsaid = _unsaid(rows.model) - values.keys()
    every: dict[str, Any] = {name: values.get(name) for name in rows.columns if name not in unsaid}
    for name, default in _defaults(rows.model).items():
        if name in every and every[name] is None:
            every[name] = default()
    if rows is IDENTIFIERS and every["scheme"] in _SCHEMES:
        every["value"] = identifiers.normalise(every["scheme"], str(every["value"] or ""))
    attributes = _found(rows, record, every)
    attributes[f"{rows.parent}_id"] = record.pk
    related = {name: attributes.pop(name) for name in _related(rows.model) if name in attributes}
    row = new_row(rows.model, attributes)
    for name, other in related.items():
        setattr(row, name, other)
    return row


_SCHEMES = frozenset(IdentifierScheme.values)


@lru_cache(maxsize=64)
def _defaults(model: type[Part]) -> dict[str, Callable[[], Any]]:
    """Give what makes the default of each field that has one."""
    return {field.name: field.get_default for field in model._meta.concrete_fields if field.has_default()}


@lru_cache(maxsize=64)
def _related(model: type[Part]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))


@lru_cache(maxsize=64)
def _unsaid(model: type[Part]) -> frozenset[str]:
    """Give the fields that need no reading when nothing is said of them: dates, records that may be missing."""
    fields = model._meta.concrete_fields
    return frozenset(
        field.name
        for field in fields
        if isinstance(field, EdtfField) or (isinstance(field, models.ForeignKey) and field.null)
    )


def _found(rows: Rows, record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Read the columns; foreign keys carry their record, so that a row says itself in plain values again."""
    attributes = cleaned(rows.model, record.territory, values)
    for name in _related(rows.model):
        field: Any = rows.model._meta.get_field(name)
        if pk := attributes.pop(field.attname, None):
            given = values[name]
            attributes[name] = given if isinstance(given, Record) else field.related_model._default_manager.get(pk=pk)
    return attributes


def _check_each_once(rows: Rows, made: list[Any]) -> None:
    if len(made) < 2:  # noqa: PLR2004 -- two, to be twice
        return
    for constraint in rows.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            own = [name for name in constraint.fields if name != rows.parent]
            seen = [tuple(str(getattr(row, name)) for name in own) for row in made]
            if twice := next((values for values in seen if seen.count(values) > 1), None):
                message = _("%(label)s : « %(value)s » y est deux fois, en retirer une.")
                raise RuleBroken(message % {"label": rows.label, "value": " ".join(twice)}, field=rows.name)


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.key
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, (bool, int)) else str(value)
