"""Forms of the library."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import Licence, ResourceSort
from terreau.directory.forms.records import Difference
from terreau.directory.models import Organisation, Resource
from terreau.directory.queries.library import language_name
from terreau.directory.services import FileChange
from terreau.kernel import policy
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.files import ACCEPT, CheckedFile, checked
from terreau.kernel.forms import EdtfInput
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory, Theme

COLUMNS = (
    "title", "sort", "summary", "authors", "published", "language", "licence", "licence_note", "url", "duration_minutes", "transcript",
    "expires_on", "source", "visibility",
)  # fmt: skip
LANGUAGES = ("fr", "en", "nl", "de", "es", "it", "pt", "pl", "ar", "tr", "uk")
LONGEST_TRANSCRIPT = 1_000_000


class ResourceForm(forms.Form):
    """A resource to share, or one as opened at one of its versions."""

    title = forms.CharField(label=_("Titre"), max_length=300)
    sort = forms.ChoiceField(label=_("Type"), choices=ResourceSort.choices)
    upload = forms.FileField(
        label=_("Fichier"),
        required=False,
        max_length=300,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_(
            "PDF, document, tableur, présentation, EPUB, texte, image, son ou film. Ses mots seront trouvés par la recherche."
        ),
    )
    remove_file = forms.BooleanField(label=_("Retirer le fichier"), required=False)
    url = forms.URLField(
        label=_("Adresse"),
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text=_("Si elle se lit ailleurs."),
    )
    summary = forms.CharField(
        label=_("Résumé"),
        required=False,
        widget=forms.Textarea,
        help_text=_("La première phrase paraît seule dans les listes."),
    )
    authors = forms.CharField(
        label=_("Auteurs"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un par ligne."),
    )
    organisations = forms.ModelMultipleChoiceField(
        label=_("Organisations"),
        required=False,
        queryset=Organisation.objects.none(),
        help_text=_("Celles qui l'ont faite ou publiée. Pour en choisir plusieurs : garder la touche Ctrl enfoncée."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Thèmes"), required=False, queryset=Theme.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    published = EdtfInput(label=_("Parution"), required=False)
    language = forms.ChoiceField(label=_("Langue"))
    licence = forms.ChoiceField(label=_("Licence"), required=False)
    licence_note = forms.CharField(label=_("Conditions d'usage"), required=False, max_length=300)
    expires_on = forms.DateField(
        label=_("Valable jusqu'au"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_(
            "Le dernier jour où elle est bonne ; ensuite elle reste lisible, et dit qu'elle n'est plus à jour."
        ),
    )
    duration_minutes = forms.IntegerField(label=_("Durée en minutes"), required=False, min_value=1, max_value=100_000)
    transcript = forms.CharField(
        label=_("Transcription"),
        required=False,
        max_length=LONGEST_TRANSCRIPT,
        widget=forms.Textarea,
        help_text=_(
            "Les mots d'un enregistrement ou d'un document numérisé. Un intertitre commence par #, un repère de temps s'écrit [12:30]."
        ),
    )
    source = forms.ModelChoiceField(
        label=_("Source"),
        required=False,
        queryset=Source.objects.none(),
        help_text=_("Quand c'est aussi un document cité par les fiches."),
    )
    visibility = forms.ChoiceField(label=_("Visibilité"), choices=Visibility.choices)
    opened_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        uploads: Any = None,
        *,
        territory: Territory,
        reader: Actor,
        resource: Resource | None = None,
    ) -> None:
        super().__init__(data, uploads, initial=_initial(resource))
        self.resource = resource
        known: dict[str, Any] = self.fields
        known["themes"].queryset = Theme.objects.of(territory).order_by("name", "pk")
        known["organisations"].queryset = Organisation.objects.of(territory).visible_to(reader).order_by("name", "pk")
        known["source"].queryset = Source.objects.of(territory).visible_to(reader).order_by("title", "pk")
        codes = dict.fromkeys((*LANGUAGES, *([resource.language] if resource else [])))
        known["language"].choices = [(code, capfirst(language_name(code))) for code in codes]
        known["licence"].choices = [("", _("non dite")), *Licence.choices]
        if not (resource and resource.sha256):
            del self.fields["remove_file"]
        if not policy.allows("directory.make_private", reader, territory):
            known["visibility"].choices = [choice for choice in Visibility.choices if choice[0] != Visibility.PRIVATE]

    def clean_upload(self) -> CheckedFile | None:
        upload = self.cleaned_data["upload"]
        if not upload:
            return None
        try:
            return checked(upload, upload.name)
        except RuleBroken as error:
            raise ValidationError(error.message) from error

    def clean_authors(self) -> list[str]:
        return [author for line in self.cleaned_data["authors"].splitlines() if (author := " ".join(line.split()))]

    @property
    def version(self) -> int:
        """The version that the form was opened on; one that never was, when it is missing."""
        return int(self.cleaned_data.get("opened_on") or 0)

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, field by field, whether it changes anything or not."""
        return {name: self.cleaned_data[name] for name in COLUMNS}

    @property
    def file(self) -> FileChange:
        return FileChange(self.cleaned_data["upload"], is_removed=bool(self.cleaned_data.get("remove_file")))

    def compare_with(self, current: Any) -> list[Difference]:
        """Give the fields where what was typed differs from what someone else kept; saving again then replaces it."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["opened_on"] = str(current.version)
        self.data = data
        kept, lines = _initial(current), []
        for name in (*COLUMNS, "themes", "organisations"):
            typed = self.cleaned_data[name]
            theirs = getattr(current, name)
            if name in {"themes", "organisations"}:
                theirs, typed = [str(one) for one in theirs.all()], [str(one) for one in typed]
            if (sorted(theirs) != sorted(typed)) if isinstance(theirs, list) else theirs != typed:
                label = self.fields[name].label or name
                lines.append(Difference(label, _written(theirs, kept.get(name)), _written(typed, typed)))
        return lines


def _initial(resource: Resource | None) -> dict[str, Any]:
    if resource is None:
        return {"language": "fr", "visibility": Visibility.PUBLIC}
    values = {name: getattr(resource, name) for name in COLUMNS}
    return {
        **values,
        "published": str(resource.published or ""),
        "authors": "\n".join(resource.authors),
        "source": resource.source_id,
        "themes": [theme.pk for theme in resource.themes.all()],
        "organisations": [organisation.pk for organisation in resource.organisations.all()],
        "opened_on": resource.version,
    }


def _written(value: Any, plain: Any) -> str:
    words = ", ".join(value) if isinstance(value, list) else str(value if value is not None else plain or "")
    return f"{words[:300]}…" if len(words) > 300 else words  # noqa: PLR2004 -- a transcript is compared by its beginning


@dataclass(frozen=True)
class ResourceFormPage:
    """Everything that `resource_form.html` reads.

    resource: None for a new one; differences: None unless someone saved meanwhile.
    """

    resource: Resource | None
    form: ResourceForm
    differences: list[Difference] | None = None
