"""What the forms of records share: opened on a version, with rows inside, compared when two people wrote at once."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.forms.fields import OrganisationInput
from terreau.directory.forms.rows import EveryField, RowSet, in_words, opened
from terreau.directory.services.parts import Rows, kept
from terreau.kernel import policy
from terreau.kernel.enums import Visibility
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.territory.models import Territory, Theme


@dataclass(frozen=True)
class Difference:
    """A field that two people filled in differently: what is kept now, what was just typed."""

    label: str | Promise
    kept: str
    typed: str


@dataclass(frozen=True)
class FormPage:
    """Everything that the page of such a form reads.

    record: None for a new one. differences: None unless someone saved meanwhile.
    """

    form: "RecordForm"
    record: Any = None
    differences: list[Difference] | None = None


class RecordForm(forms.Form):
    """A record as opened at one of its versions, or a new one when `record` is None.

    COLUMNS: its fields that are columns. ROWS, PARTS: its sorts of rows, as typed and as the service takes them.
    data: what was typed, rows too; its key `add` is a button that only asks for one more row.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ()
    ROWS: ClassVar[tuple[type[RowSet], ...]] = ()
    PARTS: ClassVar[tuple[Rows, ...]] = ()

    themes = forms.ModelMultipleChoiceField(
        label=_("Thèmes"), required=False, queryset=Theme.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(label=_("Visibilité"), choices=Visibility.choices)
    opened_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, reader: Actor, territory: Territory, record: Any = None) -> None:
        super().__init__(data, initial=self.now(record) if record else {"visibility": Visibility.PUBLIC})
        self.record = record
        fields: Any = self.fields
        fields["themes"].queryset = Theme.objects.of(territory).order_by("name", "pk")
        fields["opened_on"].required = record is not None
        if not policy.allows("directory.make_private", reader, territory):
            fields["visibility"].choices = [choice for choice in Visibility.choices if choice[0] != Visibility.PRIVATE]
        for name, field in fields.items():
            if isinstance(field, OrganisationInput):
                field.reader, field.territory, field.kept = reader, territory, self.initial.get(name, "")
        sources = [(source.key, source.cited_as) for source in Source.objects.of(territory).order_by("title", "pk")]
        known = {part.name: kept(part, record) for part in self.PARTS} if record else {}
        given = {"reader": reader, "territory": territory, "sources": sources}
        self.row_sets: list[RowSet] = opened(self.ROWS, data, known, given)
        if self.asks_for_a_row:
            # The person has not finished: what was typed is shown again, and nothing is said of it.
            self._errors, self.cleaned_data = ErrorDict(), {}
            for row in (row for rows in self.row_sets for row in rows.forms):
                row.hush()

    @classmethod
    def now(cls, record: Any) -> dict[str, Any]:
        """Give the record as the form shows it: other records by key or identifier, dates as text."""
        values = {name: _shown(cls.base_fields[name], record, name) for name in cls.COLUMNS}
        return {**values, "themes": [theme.pk for theme in record.themes.all()], "opened_on": record.version}

    def clean_opened_on(self) -> int:
        version: int = self.cleaned_data["opened_on"] or 0
        if self.record and version < 1:
            raise ValidationError(_("La version de la fiche manque : la rouvrir, puis recommencer."))
        return version

    @property
    def asks_for_a_row(self) -> bool:
        """Whether the person only wants one more row: nothing is to be judged nor saved."""
        return self.is_bound and bool(self.data.get("add"))

    def is_complete(self) -> bool:
        """Whether the form and all its rows can be saved."""
        if not self.is_bound or self.asks_for_a_row:
            return False
        return all([self.is_valid(), *(rows.is_valid() for rows in self.row_sets)])

    @property
    def everything(self) -> EveryField:
        return EveryField(self, self.row_sets)

    @property
    def version(self) -> int:
        """The version that the form was opened on."""
        return int(self.cleaned_data["opened_on"])

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, column by column, whether it changes anything or not."""
        return {name: self.cleaned_data[name] for name in self.COLUMNS}

    @property
    def parts(self) -> dict[str, Any]:
        """The rows that were typed, by the argument of the service; a sort that the form did not hold is left out."""
        return {rows.name: rows.plain for rows in self.row_sets if rows.is_bound}

    @property
    def chosen_themes(self) -> list[Theme]:
        return list(self.cleaned_data["themes"])

    def compare_with(self, current: Any) -> list[Difference]:
        """Give the fields where what was typed differs from what someone else kept; saving again then replaces it."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["opened_on"] = str(current.version)
        self.data = data
        now = self.now(current)
        pairs = [
            (name, self._in_words(name, now[name]), self._in_words(name, self.cleaned_data[name]))
            for name in self.COLUMNS
        ]
        pairs.append(("themes", _sorted_names(current.themes.all()), _sorted_names(self.chosen_themes)))
        lines = [
            Difference(self.fields[name].label or name, before, typed)
            for name, before, typed in pairs
            if before != typed
        ]
        for rows, part in zip(self.row_sets, self.PARTS, strict=True):
            if rows.is_bound and (before := in_words(kept(part, current))) != (typed := in_words(rows.plain)):
                lines.append(Difference(rows.legend, before, typed))
        return lines

    def _in_words(self, name: str, value: Any) -> str:
        field: Any = self.fields[name]
        kind = type(field)
        if issubclass(kind, forms.ModelChoiceField):
            return str(value if hasattr(value, "pk") else next((row for row in field.queryset if row.pk == value), ""))
        if issubclass(kind, forms.ChoiceField):
            return str(dict(field.choices).get(value, value))
        if isinstance(value, bool):
            return gettext("oui") if value else gettext("non")
        return " · ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _shown(field: Any, record: Any, name: str) -> Any:
    if isinstance(field, OrganisationInput):
        other = getattr(record, name)
        return other.key if other else ""
    if isinstance(field, forms.ModelChoiceField):
        return getattr(record, f"{name}_id")
    value = getattr(record, name)
    return str(value) if isinstance(value, Edtf) else value


def _sorted_names(themes: Any) -> str:
    return ", ".join(sorted(theme.name for theme in themes))
