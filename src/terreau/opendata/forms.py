"""What people give of an import: a file, how to read it, what to decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Nature
from terreau.opendata import words
from terreau.opendata.enums import Choice
from terreau.opendata.models import ImportBatch, ImportColumn, Resemblance
from terreau.territory.models import Territory

MOST_LISTED = 80
"""Columns above which a field is typed among suggestions: thirty lists of five hundred words are too long a page."""


class DescriptionForm(forms.Form):
    """What a person says of a file, whatever its shape."""

    source = forms.CharField(
        label=_("Nom de la source"),
        max_length=120,
        required=False,
        help_text=_(
            "Le même d'une fois sur l'autre : c'est par lui que les fiches déjà importées sont reconnues. Sans réponse, celui du fichier."
        ),
    )
    vintage = forms.DateField(
        label=_("Date des données"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Celle à laquelle la source dit ce qu'elle dit, non celle d'aujourd'hui."),
    )
    nature = forms.ModelChoiceField(
        Nature.objects.none(),
        label=_("Nature des structures"),
        required=False,
        empty_label=_("Celle que dit le fichier, sinon la plus courante"),
        help_text=_("Pour celles dont aucune colonne ne dit la nature ; elle sera marquée comme déduite."),
    )

    def __init__(self, *args: Any, territory: Territory, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        natures: Any = self.fields["nature"]
        natures.queryset = Nature.objects.of(territory).in_order()


class FileForm(DescriptionForm):
    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV, XLSX, ODS ou JSON, de 300 Mo au plus. Rien n'est écrit avant que vous ayez vu l'aperçu."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods,.json"}),
    )
    field_order = ("file", "source", "vintage", "nature")


class ColumnsForm(DescriptionForm):
    """For each of our fields, the column that holds it; a known shape of file has none to choose."""

    def __init__(self, *args: Any, batch: ImportBatch, columns: Sequence[ImportColumn], **kwargs: Any) -> None:
        initial = {"source": batch.source, "vintage": batch.vintage, "nature": batch.nature}
        super().__init__(*args, territory=batch.territory, initial=initial, **kwargs)
        self.names = [column.name for column in columns]
        self.matched: list[str] = []
        if batch.connector:
            return
        taken = {column.field: column.name for column in columns if column.field}
        for field, label in words.FIELDS.items():
            self.fields[f"champ-{field}"] = self._field_of(
                capfirst(str(label)), taken.get(field, ""), required=field == "name"
            )
            self.matched.append(field)

    def _field_of(self, label: str, column: str, *, required: bool) -> forms.Field:
        if len(self.names) <= MOST_LISTED:
            choices = [("", _("Aucune colonne")), *((name, name) for name in self.names)]
            return forms.ChoiceField(label=label, choices=choices, initial=column, required=required)
        widget = forms.TextInput(attrs={"list": "colonnes", "autocomplete": "off"})
        return forms.CharField(label=label, initial=column, required=required, widget=widget)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        seen: dict[str, str] = {}
        for field in self.matched:
            name = cleaned.get(f"champ-{field}", "")
            if not name:
                continue
            if name not in self.names:
                self.add_error(
                    f"champ-{field}", ValidationError(_("Ce fichier n'a pas de colonne « %(name)s ».") % {"name": name})
                )
            elif name in seen:
                self.add_error(
                    f"champ-{field}",
                    ValidationError(
                        _("La colonne « %(name)s » est déjà lue comme « %(field)s » : en choisir une autre, ou aucune.")
                        % {"name": name, "field": words.field_name(seen[name])}
                    ),
                )
            else:
                seen[name] = field
        return cleaned

    @property
    def mapping(self) -> dict[str, str]:
        """Give column → field."""
        return {name: field for field in self.matched if (name := self.cleaned_data.get(f"champ-{field}", ""))}


class ResemblancesForm(forms.Form):
    """One choice for each row that resembles a page, and one for all."""

    def __init__(self, *args: Any, rows: Sequence[Resemblance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in rows:
            self.fields[f"ligne-{row.row}"] = forms.ChoiceField(
                label=row.name, choices=Choice.choices, initial=row.choice, required=False
            )

    @property
    def choices(self) -> dict[int, str]:
        return {int(name.removeprefix("ligne-")): value for name, value in self.cleaned_data.items() if value}
