"""Forms of the directory."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.kernel import policy
from terreau.kernel.enums import Visibility
from terreau.kernel.forms import EdtfInput
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Theme

FIELDS = ("name", "summary", "start", "end", "commune", "site", "visibility")


@dataclass(frozen=True)
class Difference:
    """A field that two people filled in differently: what is kept now, what was just typed."""

    label: str | Promise
    kept: str
    typed: str


class OrganisationForm(forms.Form):
    """The page of an organisation, as opened at one of its versions."""

    name = forms.CharField(label=_("Nom"), max_length=300)
    summary = forms.CharField(
        label=_("Résumé"),
        required=False,
        widget=forms.Textarea,
        help_text=_("La première phrase paraît seule dans les listes."),
    )
    start = EdtfInput(label=_("Création"), required=False)
    end = EdtfInput(
        label=_("Fin"), required=False, help_text=_("Laisser vide tant que rien ne dit qu'elle a pris fin.")
    )
    commune = forms.CharField(label=_("Commune"), required=False, max_length=120)
    site = forms.URLField(label=_("Site"), required=False, assume_scheme="https", max_length=200)
    themes = forms.ModelMultipleChoiceField(
        label=_("Thèmes"), required=False, queryset=Theme.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    visibility = forms.ChoiceField(label=_("Visibilité"), choices=Visibility.choices)
    opened_on = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, organisation: Organisation, reader: Actor) -> None:
        initial = {name: _written(getattr(organisation, name)) for name in FIELDS}
        super().__init__(
            data,
            initial={
                **initial,
                "themes": [theme.pk for theme in organisation.themes.all()],
                "opened_on": organisation.version,
            },
        )
        self.organisation = organisation
        themes: Any = self.fields["themes"]
        themes.queryset = Theme.objects.of(organisation.territory).order_by("name", "pk")
        if not policy.allows("directory.make_private", reader, organisation):
            visibility: Any = self.fields["visibility"]
            visibility.choices = [choice for choice in Visibility.choices if choice[0] != Visibility.PRIVATE]

    def clean_opened_on(self) -> int:
        version: int = self.cleaned_data["opened_on"]
        if version < 1:
            raise ValidationError(_("La version de la fiche manque : la rouvrir, puis recommencer."))
        return version

    @property
    def version(self) -> int:
        """The version that the form was opened on."""
        return int(self.cleaned_data["opened_on"])

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, field by field, whether it changes anything or not."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @property
    def chosen_themes(self) -> list[Theme]:
        return list(self.cleaned_data["themes"])

    def compare_with(self, current: Any) -> list[Difference]:
        """Give the fields where what was typed differs from what someone else kept; saving again then replaces it."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["opened_on"] = str(current.version)
        self.data = data
        lines = [
            Difference(
                self.fields[name].label or name,
                self._in_words(name, getattr(current, name)),
                self._in_words(name, self.cleaned_data[name]),
            )
            for name in FIELDS
            if getattr(current, name) != self.cleaned_data[name]
        ]
        kept, typed = (
            sorted(theme.name for theme in current.themes.all()),
            sorted(theme.name for theme in self.chosen_themes),
        )
        if kept != typed:
            lines.append(Difference(self.fields["themes"].label or "themes", ", ".join(kept), ", ".join(typed)))
        return lines

    def _in_words(self, name: str, value: Any) -> str:
        return str(Visibility(value).label) if name == "visibility" else _written(value)


@dataclass(frozen=True)
class OrganisationFormPage:
    """Everything that `organisation_form.html` reads. differences: None unless someone saved meanwhile."""

    organisation: Organisation
    form: OrganisationForm
    differences: list[Difference] | None


def _written(value: Any) -> str:
    return "" if value is None else str(value)
