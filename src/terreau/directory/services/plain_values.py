"""An organisation as plain values: what the audit writes, what suggestions compare, what a correction takes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.directory.services.organisations import CHANGEABLE
from terreau.directory.services.parts import IDENTIFIERS, LINKS, NAMES, STAFFING, kept
from terreau.directory.services.values import cleaned
from terreau.kernel import versions
from terreau.territory.models import Territory

ROWS = {rows.name: rows for rows in (NAMES, IDENTIFIERS, LINKS, STAFFING)}
NOTHING: tuple[Any, ...] = (None, "", [])
WRITABLE = frozenset({*CHANGEABLE, *ROWS, "themes"})
"""Everything that a correction may say of an organisation: its columns, its lists of rows, its themes."""


def plain_values(organisation: Organisation, fields: Iterable[str]) -> dict[str, Any]:
    """Give the values of some fields as JSON: other records by their key, dates as EDTF, None when nothing is said.

    One query for the themes, one for each list of rows, one for each foreign key not yet read.
    """
    return {name: _plain(organisation, name) for name in fields}


def as_plain(territory: Territory, values: Mapping[str, Any]) -> dict[str, Any]:
    """Read what was typed, or given as records, into the plain values that the audit would write; markup is left out.

    Raises RuleBroken on the first column that cannot be kept. One query for each foreign key given by a text.
    """
    columns = cleaned(Organisation, territory, {name: value for name, value in values.items() if name in CHANGEABLE})
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name in CHANGEABLE:
            column: Any = Organisation._meta.get_field(name)
            found[name] = (
                getattr(value, "key", value) or None if column.is_relation else versions.plain(columns[column.attname])
            )
        elif name == "themes":
            found[name] = sorted(getattr(theme, "key", theme) for theme in value)
        else:
            found[name] = [dict(row) for row in value]
    return found


def same(one: Any, other: Any) -> bool:
    """Tell whether two plain values say the same; nothing said is nothing said, however it is written."""
    return one == other or (one in NOTHING and other in NOTHING)


def as_arguments(values: Mapping[str, Any]) -> dict[str, Any]:
    """Sort plain values into the arguments of `update_organisation`."""
    arguments: dict[str, Any] = {"changes": {name: value for name, value in values.items() if name in CHANGEABLE}}
    return arguments | {name: value or [] for name, value in values.items() if name in ROWS or name == "themes"}


def label_of(field: str) -> str | Promise:
    """Name a field of an organisation, for people."""
    if field in ROWS:
        return ROWS[field].label
    if field == "themes":
        return _("Thèmes")
    column: Any = Organisation._meta.get_field(field)
    return capfirst(str(column.verbose_name))


def _plain(organisation: Organisation, name: str) -> Any:
    if name == "themes":
        return sorted(theme.key for theme in organisation.themes.all())
    if name in ROWS:
        return kept(ROWS[name], organisation)
    column: Any = Organisation._meta.get_field(name)
    value = getattr(organisation, name)
    if column.is_relation:
        return value.key if value else None
    return versions.plain(value)
