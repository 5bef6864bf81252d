"""What an organisation says, group by group: read from the schema, so that a new column is compared and merged too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from terreau.directory.models import Organisation, OrganisationName
from terreau.kernel.enums import Visibility
from terreau.kernel.models import Part
from terreau.kernel.repointing import Table, pointers

BOTH = "both"
TOGETHER = {
    "nature": ("nature_is_deduced",),
    "scale": ("scale_is_deduced",),
    "start": ("start_note",),
    "activity_code": ("activity_nomenclature",),
    "address": ("postcode",),
    "commune": ("commune_code",),
    "longitude": ("latitude", "point_origin", "cell"),
}
"""Columns that only make sense together: the first is the group's name."""
NOT_CHOSEN = frozenset({"territory", "key"})
JOINED = frozenset({"summary", "description", "note"})
"""Texts that may be kept one after the other."""


@dataclass(frozen=True)
class Group:
    """Columns that are chosen together. joins: whether the values of several records can all be kept."""

    name: str
    fields: tuple[Any, ...]
    joins: bool

    @property
    def field(self) -> Any:
        return self.fields[0]

    def value(self, organisation: Organisation) -> tuple[Any, ...]:
        return tuple(getattr(organisation, field.attname) for field in self.fields)

    def is_empty(self, organisation: Organisation) -> bool:
        return getattr(organisation, self.field.attname) in (None, "", [], {})


@dataclass(frozen=True)
class PartList:
    """Rows that belong to an organisation: its identifiers, its links, its themes.

    name: label of the table; column: the one that names the organisation; is_chosen: names are not, they all follow.
    """

    name: str
    table: Table
    column: str
    is_chosen: bool = True


@cache
def groups() -> tuple[Group, ...]:
    """Give the groups of columns: the name, the others as the model has them, who sees the page."""
    fields = {field.name: field for field in Organisation._meta.concrete_fields}
    beside = {name for names in TOGETHER.values() for name in names}
    last = ("note", "is_anonymous", "visibility")
    order = ["name", *(name for name in fields if name not in {"name", *last}), *last]
    fields = {name: fields[name] for name in order}
    return tuple(
        Group(
            name=name,
            fields=tuple(fields[one] for one in (name, *TOGETHER.get(name, ()))),
            joins=isinstance(field, models.JSONField) or name in JOINED,
        )
        for name, field in fields.items()
        if field.editable and name not in NOT_CHOSEN and name not in beside
    )


@cache
def part_lists() -> tuple[PartList, ...]:
    """Give the rows that belong to an organisation alone: its parts, and what it is tied to many times (themes)."""
    own = {field.remote_field.through for field in Organisation._meta.many_to_many}
    return tuple(
        PartList(pointer.table._meta.label_lower, pointer.table, pointer.column, pointer.table is not OrganisationName)
        for pointer in pointers(Organisation)
        if pointer.table in own or (issubclass(pointer.table, Part) and _belongs(pointer.table, pointer.column))
    )


def _belongs(table: Table, column: str) -> bool:
    field: Any = table._meta.get_field(column)
    return bool(field.is_relation) and field.remote_field.on_delete is models.CASCADE


def chosen_values(organisations: Sequence[Organisation], choices: Mapping[str, str]) -> dict[str, Any]:
    """Give the columns of the record that takes the place of several.

    choices: name of a group → the UUID of the record whose value is kept, as text, or BOTH when the group joins.
    Without a choice, lists and long texts join, the narrowest visibility holds, and of other values the one written
    last that says something. Raises KeyError for a record that is not among them.
    """
    by_id = {str(organisation.pk): organisation for organisation in organisations}
    values: dict[str, Any] = {}
    for group in groups():
        choice = choices.get(group.name) or (BOTH if group.joins else "")
        if choice == BOTH and group.joins:
            values[group.field.attname] = _joined(getattr(one, group.field.attname) for one in organisations)
            continue
        kept = by_id[choice] if choice and choice != BOTH else default_for(group, organisations)
        values |= {field.attname: getattr(kept, field.attname) for field in group.fields}
    return values


def default_for(group: Group, organisations: Sequence[Organisation]) -> Organisation:
    """Give the record whose value is kept when nobody chose: the one written last among those that say something."""
    if group.name == "visibility":
        return min(organisations, key=lambda one: WIDTHS.index(one.visibility))
    told = [one for one in organisations if not group.is_empty(one)]
    return max(told or organisations, key=lambda one: (one.updated_at, str(one.pk)))


WIDTHS: list[str] = [Visibility.PRIVATE, Visibility.TEAM, Visibility.MEMBERS, Visibility.PUBLIC]


def _joined(values: Iterable[Any]) -> Any:
    told = list(values)
    if any(isinstance(value, list) for value in told):
        items = [item for value in told for item in value or []]
        return [item for place, item in enumerate(items) if item not in items[:place]]
    return "\n\n".join(dict.fromkeys(value.strip() for value in told if value.strip()))
