"""The three layers of a page: what each source says, what people made of it, what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from terreau.directory.enums import NameSort, SuggestionOrigin
from terreau.directory.models import Organisation, Suggestion
from terreau.kernel.pure.actor import Actor
from terreau.opendata import words
from terreau.opendata.models import OutsideRecord
from terreau.opendata.pure.fields import KEPT
from terreau.opendata.pure.folding import fold

SORTS = {"acronym": NameSort.ACRONYM, "usage_name": NameSort.USAGE}
NUMBERS = frozenset({"siret", "siren", "rna", "data_inclusion"})
WORDED = frozenset({"name", "acronym", "usage_name", "address", "commune", "nature"})
"""Fields whose case, accents and punctuation are not a difference."""
NEAR = 0.0005
"""Degrees, some fifty metres: two geocodings of one address differ by as much."""


class Layer(StrEnum):
    """What the displayed value is to the imported one."""

    IMPORTED = "importe"
    CORRECTED = "corrige"
    WAITING = "attente"
    OWN = "propre"


@dataclass(frozen=True)
class Said:
    """What one source says of a field. before: what it said earlier, when that changed."""

    source: str
    vintage: date | None
    value: str
    before: str = ""


@dataclass(frozen=True)
class FieldLayers:
    """One field of a page: what sources say of it, what is displayed, and how the one came to the other."""

    name: str
    label: str
    said: Sequence[Said]
    displayed: str
    layer: Layer

    @property
    def layer_in_words(self) -> str:
        return {
            Layer.IMPORTED: _("telle qu'importée"),
            Layer.CORRECTED: _("corrigée par une personne"),
            Layer.WAITING: _("à relire : la source dit autre chose"),
            Layer.OWN: _("écrite ici"),
        }[self.layer]


@dataclass(frozen=True)
class OriginPage:
    """Everything that `provenance.html` reads. sources: each outside record of the page, latest first."""

    organisation: Organisation
    fields: Sequence[FieldLayers]
    sources: Sequence[OutsideRecord] = field(default=())


def displayed(organisation: Organisation, name: str) -> Any:
    """Give what a page shows for a field of ours; None when nothing. No query when its rows are already fetched."""
    if name in NUMBERS:
        return next((row.value for row in organisation.identifiers.all() if row.scheme == name), None)
    if name in SORTS:
        return next((row.name for row in organisation.names.all() if row.sort == SORTS[name]), None)
    if name == "nature":
        return organisation.nature.name
    value = getattr(organisation, name)
    if value in (None, "", []):
        return None
    return value if isinstance(value, (int, float, list, str)) else str(value)


def says_the_same(name: str, shown: Any, imported: Any) -> bool:  # noqa: PLR0911 -- one sort of value after another
    """Tell whether two values of a field say the same, whatever the case, the accents or some metres."""
    if shown == imported:
        return True
    if shown is None or imported is None:
        return False
    if name in WORDED:
        return fold(str(shown)) == fold(str(imported))
    if name in {"longitude", "latitude"}:
        return abs(float(shown) - float(imported)) < NEAR
    if isinstance(shown, list) and isinstance(imported, list):
        return set(map(fold, map(str, imported))) <= set(map(fold, map(str, shown)))
    if name == "site":
        return _address(shown) == _address(imported)
    return str(shown).split() == str(imported).split()


def layers_of(organisation: Organisation) -> list[FieldLayers]:
    """Give the layers of each field that a source speaks of, or that the page shows, in the order of the import.

    Four queries: sources, waiting suggestions, names and identifiers.
    """
    return _layers(organisation, _records(organisation))


def origin_page(reader: Actor, organisation: Organisation) -> OriginPage:
    """Give where a page comes from. The same queries as `layers_of`: nothing here is wider than the page itself."""
    records = _records(organisation)
    return OriginPage(organisation, _layers(organisation, records), records)


def _records(organisation: Organisation) -> list[OutsideRecord]:
    return list(OutsideRecord.objects.filter(organisation=organisation).defer("raw").order_by("-seen_at", "pk"))


def _layers(organisation: Organisation, records: Sequence[OutsideRecord]) -> list[FieldLayers]:
    prefetch_related_objects([organisation], "names", "identifiers")
    waiting = _waiting(organisation) if records else set()
    found = []
    for name in KEPT:
        said = [
            Said(record.source, record.vintage, in_words(record.values[name]), in_words(record.before.get(name)))
            for record in records
            if name in record.values
        ]
        shown = displayed(organisation, name)
        if not said and shown is None:
            continue
        imported = [record.values[name] for record in records if name in record.values]
        if not said:
            layer = Layer.OWN
        elif any(says_the_same(name, shown, value) for value in imported):
            layer = Layer.IMPORTED
        elif _place_of(name) in waiting:
            layer = Layer.WAITING
        else:
            layer = Layer.CORRECTED
        found.append(FieldLayers(name, words.field_name(name), said, in_words(shown), layer))
    return found


def _waiting(organisation: Organisation) -> set[str]:
    """Give the fields that an import proposes to change and that nobody decided yet."""
    rows = Suggestion.objects.open().filter(organisation=organisation, origin=SuggestionOrigin.IMPORT)
    return {name for changes in rows.values_list("changes", flat=True) for name in changes}


def _place_of(name: str) -> str:
    return "identifiers" if name in NUMBERS else "names" if name in SORTS else name


def in_words(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _address(site: Any) -> str:
    return str(site).lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
