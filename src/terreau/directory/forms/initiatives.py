"""The form of an initiative: its columns, who carries it, and the steps that it took."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import CarrierPart, Stage
from terreau.directory.forms.fields import EndInput, OrganisationInput
from terreau.directory.forms.records import RecordForm
from terreau.directory.forms.rows import RowForm, SourceInput, date_input, end_input, row_set
from terreau.directory.services.parts import CARRIERS, STEPS
from terreau.directory.services.values import LONGEST_TEXT
from terreau.kernel.forms import EdtfInput


class CarrierRow(RowForm):
    organisation = OrganisationInput(label=_("Organisation"))
    part = forms.ChoiceField(label=_("Rôle"), choices=CarrierPart.choices)
    start = date_input(_("Depuis"))
    end = end_input(_("Jusqu'à"))

    def has_changed(self) -> bool:
        """Ignore the part, which a spare row already has."""
        return bool({*self.changed_data} - {"part"}) or bool(self.initial and self.changed_data)


class StepRow(RowForm):
    BEHIND = ("source", "locator")

    name = forms.CharField(label=_("Étape"), max_length=200)
    stage = forms.ChoiceField(label=_("Stade qu'elle ouvre"), required=False, choices=[("", "…"), *Stage.choices])
    when = date_input(_("Date"))
    figure = forms.DecimalField(
        label=_("Nombre"), required=False, min_value=0, max_digits=12, decimal_places=2, localize=True
    )
    unit = forms.CharField(label=_("Unité"), required=False, max_length=60, help_text=_("personnes embauchées…"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = SourceInput()
    locator = forms.CharField(label=_("Page"), required=False, max_length=60)


ROWS = (
    row_set(
        CARRIERS.name, CarrierRow, legend=_("Qui la porte, avec qui"), each=_("Organisation"),
        help_text=_("Les partenaires aussi, avec leurs dates."),
    ),
    row_set(
        STEPS.name, StepRow, legend=_("Ses étapes"), each=_("Étape"),
        help_text=_("Dans l'ordre : candidature, habilitation, création de l'entreprise, embauches…"),
    ),
)  # fmt: skip


class InitiativeForm(RecordForm):
    """The page of an initiative: what it is, who carries it, the steps that it took."""

    COLUMNS = ("name", "stage", "summary", "organisation", "start", "end", "visibility")
    ROWS = ROWS
    PARTS = (CARRIERS, STEPS)

    name = forms.CharField(label=_("Nom"), max_length=300)
    stage = forms.ChoiceField(label=_("Stade"), required=False, choices=[("", _("Non dit")), *Stage.choices])
    summary = forms.CharField(
        label=_("Résumé"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5})
    )
    start = EdtfInput(label=_("Début"), required=False)
    end = EndInput(label=_("Fin"), required=False)
    organisation = OrganisationInput(label=_("Organisation née de l'initiative"), required=False)
    field_order = ("name", "stage", "summary", "start", "end", "organisation", "themes", "visibility")
