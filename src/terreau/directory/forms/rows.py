"""Rows inside a form (names, numbers, jobs): added and taken out without JavaScript, kept when a form comes back.

A row is a plain value of `services.parts`; an empty one is no row at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.directory.forms.fields import EndInput, OrganisationInput
from terreau.directory.services.parts import MOST_ROWS, Plain
from terreau.kernel.forms import EdtfInput
from terreau.kernel.pure.actor import Actor

Words = str | Promise
PLAIN_DATE = _("2019, 2016-09, 2001~…")


def date_input(label: Words) -> EdtfInput:
    return EdtfInput(label=label, required=False, help_text=PLAIN_DATE)


def end_input(label: Words) -> EndInput:
    return EndInput(label=label, required=False, help_text=_("Vide : on ne sait pas. Deux points (..) : cela dure."))


class SourceInput(forms.ChoiceField):
    """Where a row comes from: one of the sources of the territory, by key, or none."""

    def __init__(self) -> None:
        super().__init__(label=_("Source"), required=False)


class RowForm(forms.Form):
    """One row. BEHIND: fields that say where it comes from, folded away until someone opens them."""

    BEHIND: Sequence[str] = ()

    def __init__(
        self, *args: Any, reader: Actor, territory: Any, sources: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, OrganisationInput):
                field.reader, field.territory, field.kept = reader, territory, self.initial.get(name, "")
            elif isinstance(field, SourceInput):
                field.choices = [("", _("Non dite")), *sources]

    @property
    def plain(self) -> Plain:
        """Give what was typed as a plain value, nothing for what is empty."""
        values = ((name, self.cleaned_data.get(name)) for name in self.fields if name != DELETION_FIELD_NAME)
        return {name: _plain(value) for name, value in values if value is not None and value != ""}

    @property
    def shown(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in {*self.BEHIND, DELETION_FIELD_NAME}]

    @property
    def behind(self) -> list[forms.BoundField]:
        return [self[name] for name in self.BEHIND]

    @property
    def is_opened(self) -> bool:
        """Whether what is folded away has something to show."""
        return any(bound.value() or bound.errors for bound in self.behind)

    @property
    def removal(self) -> forms.BoundField | None:
        return self[DELETION_FIELD_NAME] if DELETION_FIELD_NAME in self.fields else None

    def hush(self) -> None:
        """Show what was typed without a word on it: the person asked for one more row, and has not finished."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


class RowSet(forms.BaseFormSet):
    """The rows of one sort: those that are there, then a spare one. What it asks is said once, in its legend."""

    name: str = ""
    legend: Words = ""
    each: Words = ""
    help: Words = ""

    @property
    def plain(self) -> list[Plain]:
        """Give the rows as they were typed, without those taken out."""
        rows = [form.plain for form in self.forms if not self._is_out(form)]
        return [row for row in rows if row]

    @property
    def is_opened(self) -> bool:
        """Whether there is something to show: rows that are kept, or that were typed."""
        return any(form.initial or (form.is_bound and (form.errors or form.has_changed())) for form in self.forms) or (
            self.is_bound and self.data.get("add") == self.name
        )

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        if self.can_delete:
            form.fields[DELETION_FIELD_NAME].label = _("Retirer cette ligne")

    def is_valid(self) -> bool:
        """Whether the rows can be saved; a sort that the form did not hold is not judged."""
        return not self.is_bound or super().is_valid()

    def _is_out(self, form: RowForm) -> bool:
        return (not form.has_changed() and form.empty_permitted) or bool(form.cleaned_data.get(DELETION_FIELD_NAME))


def row_set(name: str, form: type[RowForm], *, legend: Words, each: Words, help_text: Words = "") -> type[RowSet]:
    """Make the class of the rows of one sort; `name` is the prefix of its fields and the argument of the service."""
    made: Any = forms.formset_factory(
        form, formset=RowSet, extra=1, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1
    )
    made.name, made.legend, made.each, made.help = name, legend, each, help_text
    return made


def opened(
    kinds: Iterable[type[RowSet]],
    data: Any,
    kept: Mapping[str, Sequence[Plain]],
    choices: Mapping[str, Any] | None = None,
) -> list[RowSet]:
    """Open each sort of rows on what is kept of it, or on what was typed; `choices` go to the forms of the rows.

    A button named `add` whose value is the name of a sort gives it one more row.
    """
    sets = []
    for kind in kinds:
        typed, first = _typed(kind.name, data), list(kept.get(kind.name, ()))
        if typed is not None and (count := typed.get(f"{kind.name}-INITIAL_FORMS", "")).isdecimal():
            # Rows that someone else added since are not the beginning of those typed after the first ones.
            first = first[: int(count)]
        sets.append(kind(typed, initial=first, prefix=kind.name, form_kwargs=dict(choices or {})))
    return sets


def _typed(name: str, data: Any) -> Any:
    """Give what was typed when it holds rows of this sort, with one more when that is what was asked."""
    total = f"{name}-TOTAL_FORMS"
    if data is None or total not in data:
        return None
    if data.get("add") != name or not data[total].isdecimal():
        return data
    more = data.copy()
    more[total] = str(int(data[total]) + 1)
    return more


class EveryField:
    """The fields and errors of a form and of its rows, for the summary at the top of the page."""

    def __init__(self, form: forms.Form, sets: Iterable[RowSet]) -> None:
        self._form = form
        self._rows = [row for rows in sets if rows.is_bound for row in rows.forms]
        self._sets = [rows for rows in sets if rows.is_bound]

    def __iter__(self) -> Iterator[forms.BoundField]:
        for form in (self._form, *self._rows):
            yield from form

    @property
    def non_field_errors(self) -> list[str]:
        """Give what is wrong with the whole, with rows, and with lists of rows."""
        lines = [str(line) for form in (self._form, *self._rows) for line in form.non_field_errors()]
        return lines + [str(line) for rows in self._sets for line in rows.non_form_errors()]

    @property
    def errors(self) -> dict[int, list[Any]]:
        """Give every error, for their count."""
        found = [line for form in (self._form, *self._rows) for lines in form.errors.values() for line in lines]
        found += [line for rows in self._sets for line in rows.non_form_errors()]
        return {0: found} if found else {}


def in_words(rows: Iterable[Plain]) -> str:
    """Say rows on one line, for people who compare two versions."""
    return " ; ".join(" ".join(str(value) for value in row.values()) for row in rows)


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int)) else str(value)
