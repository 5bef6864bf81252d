"""The form of an organisation: its columns in fieldsets, and its rows."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory import services
from terreau.directory.enums import IdentifierScheme, NameSort
from terreau.directory.forms.fields import EndInput, LinesInput, OrganisationInput
from terreau.directory.forms.records import RecordForm
from terreau.directory.forms.rows import RowForm, SourceInput, date_input, end_input, row_set
from terreau.directory.models import Nature, Organisation
from terreau.directory.services.parts import IDENTIFIERS, LINKS, NAMES, STAFFING
from terreau.directory.services.values import LONGEST_TEXT
from terreau.kernel.forms import EdtfInput
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Scale, Territory

Words = str | Promise
ONE_LINE_EACH = _("Un par ligne.")


class NameRow(RowForm):
    BEHIND = ("source", "locator")

    name = forms.CharField(label=_("Autre nom"), max_length=300)
    sort = forms.ChoiceField(label=_("Type"), choices=[("", "…"), *NameSort.choices])
    start = date_input(_("Depuis"))
    end = end_input(_("Jusqu'à"))
    source = SourceInput()
    locator = forms.CharField(label=_("Page"), required=False, max_length=60)


class IdentifierRow(RowForm):
    BEHIND = ("source",)

    scheme = forms.ChoiceField(label=_("Registre"), choices=[("", "…"), *IdentifierScheme.choices])
    value = forms.CharField(label=_("Numéro"), max_length=120)
    start = date_input(_("Depuis"))
    end = end_input(_("Jusqu'à"))
    source = SourceInput()


class LinkRow(RowForm):
    label = forms.CharField(label=_("Intitulé"), max_length=120)
    url = forms.URLField(label=_("Adresse"), max_length=500, assume_scheme="https")


class StaffingRow(RowForm):
    BEHIND = ("source", "locator")

    when = date_input(_("Date"))
    employees = forms.IntegerField(label=_("Personnes salariées"), required=False, min_value=0)
    full_time_equivalents = forms.DecimalField(
        label=_("Équivalents temps plein"), required=False, min_value=0, max_digits=8, decimal_places=2, localize=True
    )
    volunteers = forms.IntegerField(label=_("Bénévoles"), required=False, min_value=0)
    source = SourceInput()
    locator = forms.CharField(label=_("Page"), required=False, max_length=60)


ROWS = (
    row_set(
        NAMES.name, NameRow, legend=_("Ses autres noms"), each=_("Autre nom"),
        help_text=_("Sigle, ancien nom, nom d'usage : chercher l'un d'eux trouve la fiche."),
    ),
    row_set(
        LINKS.name, LinkRow, legend=_("Ses autres adresses"), each=_("Adresse"),
        help_text=_("Réseau social, blog, boutique."),
    ),
    row_set(
        STAFFING.name, StaffingRow, legend=_("Qui y travaille"), each=_("Effectif"),
        help_text=_("Un effectif par date ; ce qui n'est pas connu reste vide."),
    ),
    row_set(
        IDENTIFIERS.name, IdentifierRow, legend=_("Ses numéros"), each=_("Numéro"),
        help_text=_("Aucun n'est obligatoire. Une antenne sans numéro à elle n'en porte pas."),
    ),
)  # fmt: skip
FIELDSETS: tuple[tuple[str, Words, tuple[str, ...]], ...] = (
    ("qui", _("Qui elle est"), ("name", "nature", "summary", "description", "publics", "activities", "themes")),
    ("dates", _("Depuis quand"), ("start", "start_note", "end")),
    ("ou", _("Où la trouver"), ("address", "postcode", "commune", "parent")),
    ("joindre", _("La joindre"), ("email", "telephone", "site")),
    ("lecture", _("Qui lit la fiche"), ("visibility",)),
)
MORE: tuple[str, ...] = (
    "scale", "nature_is_deduced", "scale_is_deduced", "is_anonymous", "commune_code", "longitude", "latitude", "legal_category",
    "activity_code", "activity_nomenclature", "note",
)  # fmt: skip
COLUMNS = (*(name for _key, _legend, names in FIELDSETS for name in names if name != "themes"), *MORE)


@dataclass(frozen=True)
class Fieldset:
    """Fields that go together, under one legend."""

    key: str
    legend: Words
    fields: list[forms.BoundField]


def _column(name: str, **given: Any) -> forms.CharField:
    """Make the field of a text column, of its width."""
    column: Any = Organisation._meta.get_field(name)
    given.setdefault("label", capfirst(column.verbose_name))
    return forms.CharField(required=False, max_length=column.max_length, **given)


def _text(label: Any, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class OrganisationForm(RecordForm):
    """The page of an organisation, in fieldsets."""

    COLUMNS = COLUMNS
    ROWS = ROWS
    PARTS = (NAMES, LINKS, STAFFING, IDENTIFIERS)

    name = forms.CharField(label=_("Nom"), max_length=300)
    nature = forms.ModelChoiceField(label=_("Nature"), queryset=Nature.objects.none(), empty_label=_("Choisir…"))
    summary = _text(_("Résumé"), 3, _("La première phrase paraît seule dans les listes."))
    description = _text(
        _("Description"), 8, _("Ce qu'elle fait, pour qui, comment. Une ligne vide sépare les paragraphes.")
    )
    publics = LinesInput(label=_("Publics accueillis"), required=False, help_text=ONE_LINE_EACH)
    activities = LinesInput(label=_("Activités"), required=False, help_text=ONE_LINE_EACH)
    start = EdtfInput(label=_("Création"), required=False)
    start_note = _text(_("Précision sur la date"), 2)
    end = EndInput(
        label=_("Fin"), required=False,
        help_text=_("Laisser vide tant que rien ne dit qu'elle a pris fin ; deux points (..) disent qu'elle continue."),
    )  # fmt: skip
    address = _column("address", label=_("Numéro et rue"))
    postcode = _column("postcode")
    commune = _column("commune")
    parent = OrganisationInput(label=_("Antenne de"), required=False)
    email = forms.EmailField(
        label=_("Courriel"), required=False, help_text=_("Il sera public : plutôt celui de la structure.")
    )
    telephone = _column("telephone")
    site = forms.URLField(label=_("Site"), required=False, assume_scheme="https", max_length=200)
    scale = forms.ModelChoiceField(
        label=_("Échelle"), required=False, queryset=Scale.objects.none(), empty_label=_("Non dite")
    )
    nature_is_deduced = forms.BooleanField(label=_("La nature est déduite : aucune source ne l'écrit"), required=False)
    scale_is_deduced = forms.BooleanField(label=_("L'échelle est déduite : aucune source ne l'écrit"), required=False)
    is_anonymous = forms.BooleanField(label=_("La source la désigne sans la nommer"), required=False)
    commune_code = _column("commune_code", label=_("Code INSEE"))
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90)
    legal_category = _column("legal_category")
    activity_code = _column("activity_code")
    activity_nomenclature = _column("activity_nomenclature")
    note = _text(_("Note"), 3)

    def __init__(self, data: Any = None, *, reader: Actor, territory: Territory, record: Any = None) -> None:
        super().__init__(data, reader=reader, territory=territory, record=record)
        fields: Any = self.fields
        fields["nature"].queryset = Nature.objects.of(territory).order_by("name", "pk")
        fields["scale"].queryset = Scale.objects.of(territory).order_by("rank", "pk")

    @property
    def fieldsets(self) -> list[Fieldset]:
        return [Fieldset(key, legend, [self[name] for name in names]) for key, legend, names in FIELDSETS]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in MORE]

    @property
    def more_is_wrong(self) -> bool:
        """Whether an error is folded away."""
        return self.is_bound and any(self[name].errors for name in MORE)


class StateForm(forms.Form):
    """What a page becomes: still true today, put away as memory, or open again."""

    state = forms.ChoiceField(choices=[("confirmee", ""), ("archivee", ""), ("ouverte", "")])
    opened_on = forms.IntegerField(min_value=1)

    def apply(self, organisation: Organisation, *, by: Actor) -> str:
        """Call the verb, and give what was done in words. Raises NotAllowed, RuleBroken, StaleVersion."""
        version = self.cleaned_data["opened_on"]
        match self.cleaned_data["state"]:
            case "confirmee":
                services.confirm_organisation(organisation, by=by)
                return gettext("C'est noté : la fiche est juste à ce jour.")
            case "archivee":
                services.archive_organisation(organisation, by=by, version=version)
                return gettext("La fiche est archivée : elle reste lisible, comme mémoire.")
            case _:
                services.unarchive_organisation(organisation, by=by, version=version)
                return gettext("La fiche est rouverte.")
