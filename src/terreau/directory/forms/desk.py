"""What forms of records share: naming another record, comparing two versions, quoting a source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.forms.records import Difference
from terreau.directory.services import Quote
from terreau.kernel import policy
from terreau.kernel.enums import Visibility
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Entry, Record, Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search.finding import Match, find
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

MOST_OFFERED = 300
"""Names that a browser proposes while one types; any other may be typed all the same."""
MOST_SUGGESTED = 3
NAMES = "noms"
"""Id of the list of names that the page gives once for all its fields."""


@dataclass(frozen=True)
class Desk:
    """Where a form is filled in, and by whom."""

    territory: Territory
    reader: Actor

    def names(self, *kinds: str) -> list[str]:
        """Give names to propose, sorted. One query."""
        rows = Entry.objects.of(self.territory).visible_to(self.reader).filter(kind__in=kinds).order_by("kind", "key")
        return sorted(set(rows.values_list("title", flat=True)[:MOST_OFFERED]), key=fold)

    def named(self, text: str, *kinds: str) -> Record:
        """Give the record of one of `kinds` that a person named, by any of its names or by its key.

        The first of `kinds` wins when several kinds share a name. Four queries at most.
        Raises ValidationError that says what resembles it.
        """
        hits = find(self.territory, text, self.reader, kinds=kinds, limit=40).hits
        exact = [hit for hit in hits if hit.name == fold(text)]
        titled = [hit for hit in exact if hit.match == Match.NAME] or exact
        first = min((kinds.index(hit.kind) for hit in titled), default=0)
        titled = [hit for hit in titled if kinds.index(hit.kind) == first]
        if len(titled) > 1:
            message = _("Plusieurs fiches s'appellent « %(text)s » : écrire l'identifiant de la bonne (%(keys)s).")
            raise ValidationError(message, params={"text": text, "keys": ", ".join(hit.key for hit in titled)})
        shown = Entry.objects.of(self.territory).visible_to(self.reader)
        entry = titled[0] if titled else shown.filter(kind__in=kinds, key=text.strip()).first()
        if entry is None:
            raise ValidationError(self._unknown(text, [hit.title for hit in hits]))
        found: Any = model_of(entry.kind)._default_manager
        record: Record = found.select_related("territory").get(pk=entry.record_id)
        return record

    def _unknown(self, text: str, near: Iterable[str]) -> str:
        close = list(dict.fromkeys(near))[:MOST_SUGGESTED]
        if close:
            message = gettext("« %(text)s » n'est pas dans l'annuaire. Plutôt : %(close)s ?")
            return message % {"text": text, "close": ", ".join(close)}
        return gettext("« %(text)s » n'est pas dans l'annuaire : écrire son nom comme il y figure.") % {"text": text}


class NamedRecord(forms.CharField):
    """A record that a person names; `is_free` lets a name that the directory does not know be kept as text."""

    def __init__(self, *kinds: str, is_free: bool = False, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"list": NAMES, "autocomplete": "off"})
        super().__init__(max_length=300, widget=widget, **kwargs)
        self.kinds, self.is_free = kinds, is_free
        self.desk: Desk | None = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text or self.desk is None:
            return None
        try:
            return self.desk.named(text, *self.kinds)
        except ValidationError:
            if self.is_free:
                return text
            raise


class EurosInput(forms.CharField):
    """An amount as people write it: « 12 500,50 € »; gives a Decimal, or None when nothing is typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        figures = "".join(text.replace("€", "").split()).replace("\u202f", "").replace(",", ".")
        try:
            amount = Decimal(figures)
            if amount.is_finite() and amount == round(amount, 2):
                return amount.quantize(Decimal("0.01"))
        except InvalidOperation:
            pass
        message = _("« %(value)s » n'est pas un montant : écrire par exemple 12 500 ou 12 500,50.")
        raise ValidationError(message, params={"value": text})


class RecordForm(forms.Form):
    """A form on a record of a territory, new or opened at one of its versions.

    FIELDS: those that the verb takes as they are. A subclass fills `initial_of`, and cleans what must be.
    """

    FIELDS: ClassVar[tuple[str, ...]] = ()

    source = forms.ChoiceField(
        label=_("Ajouter une source"),
        required=False,
        help_text=_("Le document qui le dit, s'il est dans les ressources."),
    )
    locator = forms.CharField(label=_("Page de cette source"), required=False, max_length=60)
    visibility = forms.ChoiceField(label=_("Visibilité"), choices=Visibility.choices)
    opened_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, desk: Desk, record: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        known = self.initial_of(record) | {"opened_on": record.version} if record else dict(initial or {})
        super().__init__(data, initial={"visibility": Visibility.PUBLIC, **known})
        self.desk, self.record = desk, record
        for field in self.fields.values():
            if isinstance(field, NamedRecord):
                field.desk = desk
        self._sources = {source.key: source for source in self._all_sources()}
        chosen: Any = self.fields["source"]
        chosen.choices = [("", _("Aucune")), *((key, one.cited_as) for key, one in self._sources.items())]
        if not policy.allows("directory.make_private", desk.reader, desk.territory):
            seen: Any = self.fields["visibility"]
            seen.choices = [choice for choice in Visibility.choices if choice[0] != Visibility.PRIVATE]

    def initial_of(self, record: Any) -> dict[str, Any]:
        """Give the form's fields as a record fills them."""
        return {name: _written(getattr(record, name)) for name in self.FIELDS}

    def clean_opened_on(self) -> int:
        version = self.cleaned_data["opened_on"]
        if self.record is not None and (version is None or version < 1):
            raise ValidationError(_("La version de la fiche manque : la rouvrir, puis recommencer."))
        return int(version or 0)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("locator") and not cleaned.get("source"):
            self.add_error("source", _("Une page sans sa source : choisir le document, ou effacer la page."))
        return cleaned

    @property
    def version(self) -> int:
        return int(self.cleaned_data["opened_on"])

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as the verb takes it."""
        return {name: self.cleaned_data[name] for name in self.FIELDS}

    @property
    def quote(self) -> Quote:
        return Quote(self._sources.get(self.cleaned_data["source"]), self.cleaned_data["locator"])

    def compare_with(self, current: Any) -> list[Difference]:
        """Give the fields where what was typed differs from what someone else kept; saving again then replaces it."""
        kept = type(self)(desk=self.desk, record=current)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["opened_on"] = str(current.version)
        self.data = data
        lines = []
        for bound in self.visible_fields():
            before, after = self._words(bound.field, kept[bound.name].value()), self._words(bound.field, bound.value())
            if before != after:
                lines.append(Difference(bound.label, before, after))
        return lines

    def _words(self, field: forms.Field, value: Any) -> str:
        if isinstance(field, forms.ChoiceField):
            labels = dict(_flat(field.choices))
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(sorted(str(labels.get(str(one), one)) for one in chosen if one))
        return "" if value is None else str(value).replace("\r\n", "\n").strip()

    def _all_sources(self) -> list[Source]:
        rows: Any = Source.objects.of(self.desk.territory).visible_to(self.desk.reader)
        return sorted(rows, key=lambda source: fold(source.cited_as))


def _flat(choices: Any) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        else:
            yield str(value), label


def _written(value: Any) -> Any:
    return "" if value is None else str(value)


@dataclass(frozen=True)
class RecordFormPage:
    """Everything that the forms' templates read.

    record: what is corrected, None when it is new. names: those that the browser proposes. back: where one goes to
    change nothing. differences: None unless someone saved meanwhile.
    """

    record: Any
    form: RecordForm
    names: list[str]
    back: str
    differences: list[Difference] | None = None
