"""Sectors, offers and purchases (offres.yaml), and distinctions, which the dossier keeps with calls for projects."""

from collections.abc import Iterator
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from terreau.directory.enums import DistinctionSort, OfferSort, PurchaseProcedure
from terreau.directory.models import Distinction, Offer, OfferProvider, Purchase, Sector
from terreau.kernel import dossier as d

Amount = Annotated[d.Number, Field(ge=0, max_digits=12, decimal_places=2)]


class SectorDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    groupe: Annotated[d.Text | None, d.Column("group")] = None


class ProviderDoc(d.Doc):
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    apport: Annotated[d.Text | None, d.Column("part")] = None


class OfferDoc(d.RecordDoc):
    intitule: Annotated[d.Text, d.Column("title")]
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    avec: Annotated[list[ProviderDoc], d.Rows(OfferProvider, "offer")] = []
    type: Annotated[OfferSort, d.Column("sort")] = OfferSort.SERVICE
    secteurs: Annotated[list[d.Slug], d.Keys("sectors", "sector")] = []
    description: Annotated[d.Text | None, d.Column("description")] = None
    capacite: Annotated[d.Text | None, d.Column("capacity")] = None
    zone: Annotated[d.Text | None, d.Column("area")] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class PurchaseDoc(d.RecordDoc):
    objet: Annotated[d.Text, d.Column("title")]
    acheteur: Annotated[d.Slug, d.Key("buyer", "organisation")]
    fournisseur: Annotated[d.Slug, d.Key("supplier", "organisation")]
    offre: Annotated[d.Slug | None, d.Key("offer", "offer")] = None
    secteur: Annotated[d.Slug | None, d.Key("sector", "sector")] = None
    date: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    montant_ht: Annotated[Amount | None, d.Column("amount")] = None
    procedure: Annotated[PurchaseProcedure | None, d.Column("procedure")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class DistinctionDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    type: Annotated[DistinctionSort, d.Column("sort", quiet=True)] = DistinctionSort.PRIZE
    beneficiaire: Annotated[d.Slug | None, d.Key("organisation", "organisation")] = None
    initiative: Annotated[d.Slug | None, d.Key("initiative", "initiative")] = None
    remise_par: Annotated[d.Slug | None, d.Key("giver", "organisation")] = None
    remise_par_nom: Annotated[d.Text | None, d.Column("given_by")] = None
    date: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


def between_two(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a purchase of an organisation from itself."""
    for place, purchase in enumerate(folder.of("achats")):
        if purchase.acheteur == purchase.fournisseur:
            message = gettext("« %(key)s » s'achèterait à elle-même : changer « acheteur » ou « fournisseur ».")
            yield d.Problem("", 0, message % {"key": purchase.acheteur}, (place, "fournisseur"))


def each_once(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse an organisation named twice in one offer."""
    for place, offer in enumerate(folder.of("offres")):
        seen = {offer.organisation}
        for index, provider in enumerate(offer.avec):
            if provider.organisation in seen:
                message = gettext("« %(key)s » est déjà dans cette offre : ne la nommer qu'une fois.")
                path = (place, "avec", index, "organisation")
                yield d.Problem("", 0, message % {"key": provider.organisation}, path)
            seen.add(provider.organisation)


def for_one(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a distinction that honours nobody, or both an organisation and an initiative."""
    for place, distinction in enumerate(folder.of("distinctions")):
        if bool(distinction.beneficiaire) == bool(distinction.initiative):
            message = gettext(
                "« %(key)s » va à une organisation ou à une initiative, et à une seule : écrire « beneficiaire » ou « initiative »."
            )
            yield d.Problem("", 0, message % {"key": distinction.id}, (place, "nom"))


d.register(
    d.Section(
        "offres", "secteurs", SectorDoc, Sector, _("Les secteurs d'achat du territoire, par groupe."), order=1
    ),
    d.Section(
        "offres", "offres", OfferDoc, Offer, _("Ce que des organisations vendent, seules ou ensemble."), order=2,
        checks=(each_once,),
    ),
    d.Section(
        "offres", "achats", PurchaseDoc, Purchase, _("Les achats faits à des organisations d'ici."), order=3,
        checks=(between_two,),
    ),
    d.Section(
        "appels", "distinctions", DistinctionDoc, Distinction, _("Les prix, labels et distinctions reçus."), order=3,
        checks=(for_one,),
    ),
)  # fmt: skip
