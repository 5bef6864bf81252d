"""What may be written in the columns of a record: values read, cleaned and refused with a sentence."""

import math
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terreau.directory.pure.plain_text import one_line, paragraphs
from terreau.kernel import policy
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Record
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf, EdtfError
from terreau.kernel.pure.ends import period_of

LONGEST_TEXT = 20_000
"""Characters of a description, a summary or a note: some six printed pages."""
MOST_WORDS = 50
"""Lines of a list of words (activities, publics)."""
LONGEST_WORD = 300


def cleaned(model: type[models.Model], territory: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Read the columns of a model from plain values: column (as stored, `nature_id`) → value.

    Texts lose tags and control characters; dates are Edtf or text; a foreign key is given by its record, or by the
    key of a record of the territory. Raises RuleBroken on the first value that cannot be kept.
    One query for each foreign key that is given by a text.
    """
    readers = _readers(model)
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name not in readers:
            readers[name] = _reader(model._meta.get_field(name))
        column, read = readers[name]
        found[column] = read(value, territory)
    return found


Read = Callable[[Any, Any], Any]


@lru_cache(maxsize=64)
def _readers(_model: type[models.Model]) -> dict[str, tuple[str, Read]]:
    """Give what reads each field of a model, as it becomes known: its column, and a function of value and territory."""
    return {}


def _reader(field: Any) -> tuple[str, Read]:
    """Give what reads a field: at once the values that no rule of the field can refuse, which are nearly all."""
    is_text = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, EdtfField)
    is_bare = is_text and all(isinstance(rule, MaxLengthValidator) for rule in field.validators)
    is_date, is_answer = isinstance(field, EdtfField), isinstance(field, models.BooleanField)
    is_number = isinstance(field, models.FloatField) and not field.validators
    chosen = {str(value): str(value) for value, _label in field.flatchoices or ()} if is_text else {}

    def read(value: Any, territory: Any) -> Any:
        kind = type(value)
        if chosen:
            if isinstance(value, str) and value in chosen:
                return chosen[value]
        elif kind is str and is_bare:
            if (written := _text(field, value)) or field.blank:
                return written
        elif (
            (is_date and (value is None or kind is Edtf))
            or (is_answer and kind is bool)
            or (is_number and kind is float and math.isfinite(value))
        ):
            return value
        return _read(field, value, territory)

    return field.attname, read


def _read(field: Any, value: Any, territory: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return _record(field, value, territory)
    if isinstance(field, models.JSONField):
        return _words(field, value)
    if isinstance(value, str):
        value = _text(field, value)
    try:
        read = field.to_python(value) if isinstance(field, EdtfField) else field.clean(_empty(field, value), None)
    except ValidationError as error:
        raise refusal(field, " ".join(error.messages)) from error
    if isinstance(read, float) and not math.isfinite(read):
        raise refusal(field, _("Écrire un nombre."))
    return read


def _empty(field: Any, value: Any) -> Any:
    return "" if value is None and isinstance(field, (models.CharField, models.TextField)) else value


def _text(field: Any, value: str) -> str:
    longest = LONGEST_TEXT if isinstance(field, models.TextField) else field.max_length
    if longest and len(value) > 10 * longest:
        # Before it is read at all: five million characters are not a description.
        raise refusal(field, _too_long(len(value), longest))
    written = paragraphs(value) if isinstance(field, models.TextField) else one_line(value)
    if longest and len(written) > longest:
        raise refusal(field, _too_long(len(written), longest))
    return written


def _too_long(length: int, longest: int) -> str:
    return _("Ce texte a %(length)s caractères : le ramener à %(longest)s au plus.") % {
        "length": length,
        "longest": longest,
    }


def _words(field: Any, value: Any) -> list[str]:
    lines = value.splitlines() if isinstance(value, str) else list(value or ())
    words = [word for word in (one_line(str(line)[: 10 * LONGEST_WORD]) for line in lines[: MOST_WORDS + 1]) if word]
    if len(words) > MOST_WORDS:
        raise refusal(field, _("%(most)s lignes au plus : garder les principales.") % {"most": MOST_WORDS})
    if any(len(word) > LONGEST_WORD for word in words):
        raise refusal(field, _("Chaque ligne a %(longest)s caractères au plus.") % {"longest": LONGEST_WORD})
    return list(dict.fromkeys(words))


def _record(field: Any, value: Any, territory: Any) -> Any:
    """Give the primary key of the record that a foreign key names, of this territory and no other."""
    if value is None or value == "":
        if not field.null:
            raise refusal(field, _("Choisir une réponse."))
        return None
    if not isinstance(value, Record):
        value = field.related_model.objects.filter(territory=territory, key=str(value)).first()
    if value is None or value.territory_id != territory.pk:
        raise refusal(field, _("Cette fiche n'est pas de ce territoire : choisir parmi celles d'ici."))
    return value.pk


def refusal(field: Any, message: str) -> RuleBroken:
    """Say what is wrong with a value, after the name of its field."""
    label = capfirst(str(field.verbose_name))
    return RuleBroken(_("%(label)s : %(message)s") % {"label": label, "message": message}, field=field.name)


def check_period(start: Edtf | None, end: Edtf | None) -> None:
    """Refuse an end that is surely before the start, and an interval where one date is asked for."""
    if start is None and end is None:
        return
    try:
        period_of(start, end).check()
    except EdtfError as error:
        message = error.en if (get_language() or "fr").startswith("en") else error.fr
        raise RuleBroken(message, field="start" if start and start.is_interval else "end") from error


def check_private(record: Record, columns: Mapping[str, Any], by: Actor) -> None:
    """Refuse to hide a record from everyone, unless to those who may open it again."""
    if columns.get("visibility") == Visibility.PRIVATE != record.visibility and not policy.allows(
        "directory.make_private", by, record
    ):
        raise RuleBroken(
            _("Seuls les garants du territoire rendent une fiche privée : choisir une autre visibilité."),
            field="visibility",
        )


def by_keys(
    model: type[models.Model], written: Mapping[str, Any], apart: Collection[str] = frozenset()
) -> dict[str, Any]:
    """Say other records by their key, where columns hold their identifier. One query for each foreign key.

    written: column → [before, after], as `versions.save` gives it. apart: derived columns, left out.
    """
    told = {}
    for column, values in written.items():
        field: Any = model._meta.get_field(column)
        if field.is_relation:
            rows = field.related_model.objects.filter(pk__in=filter(None, values)).values_list("pk", "key")
            keys = {str(pk): key for pk, key in rows}
            told[field.name] = [keys.get(str(value)) for value in values]
        elif column not in apart:
            told[column] = values
    return told
