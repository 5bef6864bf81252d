"""chiffres.yaml, and the portrait of territoire.yaml."""

from collections.abc import Iterator
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from terreau.kernel import dossier as d
from terreau.kernel.dossier.checking import all_documents
from terreau.kernel.enums import Certainty
from terreau.observatory.models import Figure, PortraitItem, UnquantifiedClaim
from terreau.observatory.pure.areas import is_key

Value = Annotated[d.Number, Field(max_digits=20, decimal_places=4)]


class FigureDoc(d.RecordDoc):
    libelle: Annotated[d.Text, d.Column("label")]
    territoire_mesure: Annotated[d.Text, d.Column("area")]
    date: Annotated[d.EdtfValue | None, d.Column("measured_on")] = None
    valeur: Annotated[Value | None, d.Column("value")] = None
    valeur_min: Annotated[Value | None, d.Column("value_min")] = None
    valeur_max: Annotated[Value | None, d.Column("value_max")] = None
    unite: Annotated[d.Text, d.Column("unit")]
    approx: Annotated[bool, d.Column("is_approximate")] = False
    source: Annotated[d.Slug, d.Key("source", "source")]
    page: Annotated[d.Page | None, d.Column("locator")] = None
    source_certitude: Annotated[Certainty, d.Column("certainty", quiet=True)] = Certainty.ESTABLISHED
    note: Annotated[d.Text | None, d.Column("note")] = None
    drapeaux: d.Disputes = []


class UnquantifiedClaimDoc(d.RecordDoc):
    resume: Annotated[d.Text, d.Column("summary")]
    source: Annotated[d.Slug, d.Key("source", "source")]
    page: Annotated[d.Page | None, d.Column("locator")] = None
    contradictions: d.Disputes = []


class PortraitItemDoc(d.Doc):
    libelle: Annotated[d.Text, d.Column("label")]
    chiffre: Annotated[d.Slug, d.Key("figure", "figure")]
    valeur: Annotated[Value | None, d.Column("repeated_value")] = None
    unite: Annotated[d.Text | None, d.Column("repeated_unit")] = None


def value_or_range(folder: d.Folder) -> Iterator[d.Problem]:
    for place, figure in enumerate(folder.of("chiffres")):
        low, high = figure.valeur_min, figure.valeur_max
        if figure.valeur is not None and (low, high) != (None, None):
            message = gettext("le chiffre « %(key)s » a une valeur et une fourchette : garder l'une ou l'autre.")
            yield d.Problem("", 0, message % {"key": figure.id}, (place, "valeur"))
        if low is not None and high is not None and low > high:
            message = gettext(
                "la fourchette du chiffre « %(key)s » est à l'envers : échanger valeur_min et valeur_max."
            )
            yield d.Problem("", 0, message % {"key": figure.id}, (place, "valeur_min"))


def area_is_known(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse an area written as a key that no record carries: a place outside the dossier is written by its name."""
    keys = {folder.slug} | {
        document.id
        for _section, _place, _path, document, _model in all_documents(folder)
        if isinstance(document, d.RecordDoc)
    }
    for place, figure in enumerate(folder.of("chiffres")):
        area = figure.territoire_mesure
        if is_key(area) and area not in keys:
            message = gettext(
                "aucune fiche ne porte l'identifiant « %(area)s » : le corriger, ou écrire le nom du lieu avec sa majuscule."
            )
            yield d.Problem("", 0, message % {"area": area}, (place, "territoire_mesure"))


def portrait_repeats_its_figures(folder: d.Folder) -> Iterator[d.Problem]:
    figures = {figure.id: figure for figure in folder.of("chiffres")}
    for place, item in enumerate(folder.of("portrait")):
        figure = figures.get(item.chiffre)
        if figure is None:
            continue
        for key, said, meant in (("valeur", item.valeur, figure.valeur), ("unite", item.unite, figure.unite)):
            if said is not None and said != meant:
                message = gettext(
                    "le portrait dit %(said)s là où le chiffre « %(key)s » dit %(meant)s : corriger l'un des deux."
                )
                yield d.Problem(
                    "",
                    0,
                    message % {"said": said, "key": figure.id, "meant": gettext("rien") if meant is None else meant},
                    (place, key),
                )


d.register(
    d.Section(
        "chiffres",
        "chiffres",
        FigureDoc,
        Figure,
        _("Les chiffres, avec unité, territoire, date et source."),
        order=1,
        checks=(value_or_range, area_is_known),
    ),
    d.Section(
        "chiffres",
        "affirmations_sans_chiffre",
        UnquantifiedClaimDoc,
        UnquantifiedClaim,
        _("Ce qui est avancé sans chiffre."),
        order=2,
    ),
    d.Section(
        "territoire",
        "portrait",
        PortraitItemDoc,
        PortraitItem,
        _("Les chiffres clés, choisis et ordonnés."),
        order=13,
        checks=(portrait_repeats_its_figures,),
    ),
)
