"""What the catalogue shows: one plausible value per state, invented, from no territory in particular."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terreau.kernel.components import Band, Column, Facet, FactLine, Option, Pair, SourceLine, Tag

LONG = (
    "Association de préfiguration de la société coopérative d'intérêt collectif pour la mutualisation des locaux, des véhicules "
    "et des compétences des structures de l'économie sociale et solidaire des communes de la vallée, du plateau, du bassin minier "
    "et des quartiers prioritaires de l'agglomération"
)

THEMES = (
    Tag(label="réemploi", url="#tags"),
    Tag(label="alimentation", url="#tags"),
    Tag(label="insertion", url="#tags"),
)

SOURCES = (
    SourceLine(
        title="Livret de la coopération",
        url="#sources",
        locator="p. 22-23",
        certainty="etablie",
        stated="une soixantaine d'acteurs",
    ),
    SourceLine(title="Compte rendu du comité du 17 novembre 2018", locator="p. 4", certainty="deduite"),
    SourceLine(title="Entretien avec une fondatrice", certainty="percue", stated="on a senti que ça prenait"),
)


class SpecimenForm(forms.Form):
    """One field of each kind that forms of the site use."""

    name = forms.CharField(label=_("Nom de la structure"), help_text=_("Tel qu'il est écrit sur ses statuts."))
    email = forms.EmailField(label=_("Adresse électronique"), required=False)
    about = forms.CharField(label=_("Ce que fait la structure"), widget=forms.Textarea, required=False)
    nature = forms.ChoiceField(
        label=_("Nature"), choices=[("association", _("association")), ("cooperative", _("coopérative"))]
    )
    needs = forms.MultipleChoiceField(
        label=_("Besoins"),
        choices=[("premises", _("un local")), ("funding", _("un financement")), ("training", _("une formation"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label=_("J'accepte que cette fiche soit publique"))


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    """Everything that `catalogue.html` reads; each attribute is one argument of a component."""

    query: QueryDict
    results: Page[int]
    form: forms.Form = field(default_factory=SpecimenForm)
    wrong_form: forms.Form = field(default_factory=lambda: SpecimenForm({"email": "pas une adresse"}, prefix="faux"))
    long: str = LONG
    against: str = "10,3 % des emplois, 11,1 % en région"
    themes: tuple[Tag, ...] = THEMES
    many_themes: tuple[Tag, ...] = tuple(Tag(label=f"thème {rank}") for rank in range(1, 13))
    sources: tuple[SourceLine, ...] = SOURCES
    dates: tuple[str, ...] = ("2018-11-17", "2016-09", "2019", "2001~", "2012?", "197X", "2021-21", "2021/..")
    facts: tuple[FactLine, ...] = (
        FactLine(
            on="2012~",
            title="Premières rencontres entre structures",
            kind=_("réunion"),
            who="un réseau régional, trois associations",
            certainty="percue",
        ),
        FactLine(
            on="2016-09",
            title="Lancement de l'appel à projets au fil de l'eau",
            url="#facts",
            kind=_("appel"),
            certainty="etablie",
        ),
        FactLine(on="2017/2020", title="Plan local de développement", url="#facts", certainty="deduite"),
        FactLine(on="2018-11-17", title=LONG, who=LONG),
    )
    pairs: tuple[Pair, ...] = (
        Pair(term=_("Nature"), value="société coopérative d'intérêt collectif", certainty="etablie"),
        Pair(term=_("Emplois"), value="12", disputed=True, sources=SOURCES[:2]),
        Pair(term=_("Commune"), value="Anzin"),
        Pair(term=_("Nom d'usage"), value=LONG),
    )
    columns: tuple[Column, ...] = (
        Column(label=_("Famille")), Column(label=_("Établissements"), numeric=True), Column(label=_("Emplois"), numeric=True), Column(label=_("Source")),
    )  # fmt: skip
    rows: tuple[tuple[object, ...], ...] = (
        ("Associations", 812, 7892, "Flores, 2022"),
        ("Coopératives", 61, 1034, "Flores, 2022"),
        ("Mutuelles", 22, None, "Flores, 2022"),
        (LONG, 3, 12.5, "saisie"),
    )
    facets: tuple[Facet, ...] = (
        Facet(
            name="commune",
            label=_("Commune"),
            single=True,
            options=(
                Option(value="59014", label="Anzin", count=12),
                Option(value="59606", label="Valenciennes", count=1048),
            ),
        ),
        Facet(
            name="theme",
            label=_("Thème"),
            options=(
                Option(value="reemploi", label="réemploi", count=18, selected=True),
                Option(value="alimentation", label="alimentation", count=7),
                Option(value="long", label=LONG[:110], count=0),
            ),
        ),
        Facet(name="filiere", label=_("Filière")),
    )
    bands: tuple[Band, ...] = (
        Band(start=0, end=0.36, row=0, level=1, tone="ciel"), Band(start=0.3, end=0.72, row=0, level=3, tone="ciel"),
        Band(start=0.08, end=0.5, row=1, level=2, tone="terre"), Band(start=0.5, end=1, row=1, level=3, tone="terre"),
        Band(start=0.2, end=0.62, row=2, level=1, tone="pousse", certainty="deduite"), Band(start=0.62, end=1, row=2, level=3, tone="pousse"),
        Band(start=0.86, end=1, row=0, level=2, tone="prune", certainty="percue"),
    )  # fmt: skip
    error_codes: tuple[int, ...] = (400, 403, 404, 409, 413, 429, 500)

    @classmethod
    def of(cls, page: Any) -> "CataloguePage":
        """Build the page; `page` is the number of the results to show in the pagination."""
        return cls(query=QueryDict("theme=reemploi"), results=Paginator(range(480), 20).get_page(page or 7))
