"""Rules that every record of the directory obeys, and the key and sources that it gets."""

from itertools import count
from typing import Any

from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terreau.kernel import policy
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.locks import hold
from terreau.kernel.models import Citation, Entry, Record, Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf, EdtfError
from terreau.kernel.pure.periods import Period

LONGEST_KEY = 80
WIDEST_LOCATOR = 60


def check_period(start: Edtf | None, end: Edtf | None) -> None:
    """Refuse a period that surely ends before it starts, or a bound that is itself an interval."""
    try:
        Period(start, end).check()
    except EdtfError as error:
        message = error.en if (get_language() or "fr").startswith("en") else error.fr
        raise RuleBroken(message, field="start" if start and start.is_interval else "end") from error


def check_visibility(wanted: str | None, before: str, by: Actor, target: Any) -> None:
    """Refuse to make private what was not, unless a steward asks; and refuse a visibility that does not exist."""
    if wanted is not None and wanted not in Visibility.values:
        raise RuleBroken(_("Cette visibilité n'existe pas : en choisir une de la liste."), field="visibility")
    if wanted == Visibility.PRIVATE != before and not policy.allows("directory.make_private", by, target):
        raise RuleBroken(
            _("Seuls les garants du territoire rendent une fiche privée : choisir une autre visibilité."),
            field="visibility",
        )


def check_written(text: str, message: str, field: str) -> None:
    if not text.strip():
        raise RuleBroken(message, field=field)


def check_here(territory_id: Any, field: str, *records: Any) -> None:
    """Refuse what comes from another territory; None is no record."""
    if any(record is not None and record.territory_id != territory_id for record in records):
        raise RuleBroken(_("Cette fiche vient d'un autre territoire : en choisir une d'ici."), field=field)


def free_key(territory: Any, words: str) -> str:
    """Make a key from words, one that no told record of the territory has. Holds the keys until the transaction ends.

    One namespace for all kinds, as dossiers want it (`kinds.linkable_kinds`). Two queries.
    """
    hold(f"keys.{territory.pk}")
    base = slugify(words).replace("_", "-")[:LONGEST_KEY].strip("-") or "fiche"
    taken = set(Entry.objects.filter(territory=territory, key__startswith=base).values_list("key", flat=True))
    return next(key for number in count(1) if (key := base if number == 1 else f"{base}-{number}") not in taken)


def cite(record: Record, source: Source | None, locator: str) -> list[str] | None:
    """Say that a source tells a record, at a page, once; give what was added, for the audit, None when nothing was."""
    if source is None:
        return None
    check_here(record.territory_id, "source", source)
    said = Citation.objects.filter(kind=record.KIND, record_id=record.pk)
    if said.filter(source=source, locator=locator).exists():
        return None
    last = said.aggregate(last=Max("position"))["last"]
    Citation.objects.create(
        territory_id=record.territory_id, kind=record.KIND, record_id=record.pk, source=source,
        locator=locator[:WIDEST_LOCATOR], position=0 if last is None else last + 1,
    )  # fmt: skip
    return [source.key, locator]
