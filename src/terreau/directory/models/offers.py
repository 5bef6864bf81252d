"""What organisations offer, what is bought from them, and how they were distinguished."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import DistinctionSort, OfferSort, PurchaseProcedure
from terreau.directory.models.initiatives import Initiative
from terreau.directory.models.organisations import Organisation
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.models import Dated, Part, Record
from terreau.territory.models import Term


class Sector(Term):
    """A sector of purchase, in a group (« Hygiène et propreté »); the nomenclature is loaded, never built in."""

    KIND: ClassVar[str] = "sector"

    group = models.CharField(_("groupe"), max_length=120, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("secteur d'achat")
        verbose_name_plural = _("secteurs d'achat")


class Offer(Record, Dated):
    """A product or a service that can be bought, from one organisation or from several together.

    organisation: who answers the buyer; the others of a grouped offer are its providers.
    capacity: how much, in words (« 200 repas par jour »); area: where it is delivered.
    """

    KIND: ClassVar[str] = "offer"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="offers", verbose_name=_("organisation")
    )
    title = models.CharField(_("intitulé"), max_length=200)
    sort = models.CharField(_("type"), max_length=10, choices=OfferSort, default=OfferSort.SERVICE)
    description = models.TextField(_("description"), blank=True)
    capacity = models.CharField(_("capacité"), max_length=200, blank=True)
    area = models.CharField(_("zone desservie"), max_length=200, blank=True)
    sectors = models.ManyToManyField(Sector, related_name="offers", blank=True, verbose_name=_("secteurs d'achat"))

    class Meta(Record.Meta):
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("directory:offer_detail", self.territory.slug, self.key)


class OfferProvider(Part):
    """Another organisation of a grouped offer, and what it brings to it."""

    KIND: ClassVar[str] = "offer_provider"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="providers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shared_offers")
    part = models.CharField(_("apport"), max_length=200, blank=True)

    class Meta(Part.Meta):
        constraints = [models.UniqueConstraint(fields=["offer", "organisation"], name="directory_provider_once")]


class Purchase(Record, Dated):
    """Something bought by one organisation from another: what, when, for how much when it may be told.

    amount: euros before tax, None when unknown or not told.
    """

    KIND: ClassVar[str] = "purchase"

    buyer = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="purchases", verbose_name=_("acheteur")
    )
    supplier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="sales", verbose_name=_("fournisseur")
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="purchases", null=True, blank=True, verbose_name=_("offre")
    )
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="purchases", null=True, blank=True, verbose_name=_("secteur")
    )
    title = models.CharField(_("objet"), max_length=256)
    amount = models.DecimalField(_("montant hors taxes"), max_digits=12, decimal_places=2, null=True, blank=True)
    procedure = models.CharField(_("procédure"), max_length=20, choices=PurchaseProcedure, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("achat")
        verbose_name_plural = _("achats")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "directory_purchase_between_two",
                ~Q(buyer=F("supplier")),
                _("Un achat se fait entre deux organisations différentes."),
            ),
            Check(
                "directory_purchase_amount", Q(amount=None) | Q(amount__gte=0), _("Un montant n'est jamais négatif.")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        shown_by: Record = self.offer or self.supplier
        return f"{shown_by.get_absolute_url()}#{self.key}"


class Distinction(Record, Dated):
    """A prize, a label, a habilitation or an approval, from when to when.

    giver: who gave it, when the directory knows it; given_by: its name, when it does not.
    """

    KIND: ClassVar[str] = "distinction"

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="distinctions", null=True, blank=True,
        verbose_name=_("organisation"),
    )  # fmt: skip
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="distinctions", null=True, blank=True,
        verbose_name=_("initiative"),
    )  # fmt: skip
    sort = models.CharField(_("type"), max_length=15, choices=DistinctionSort, default=DistinctionSort.PRIZE)
    name = models.CharField(_("nom"), max_length=300)
    giver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="distinctions_given", null=True, blank=True,
        verbose_name=_("remise par"),
    )  # fmt: skip
    given_by = models.CharField(
        _("remise par (hors annuaire)"), max_length=200, blank=True,
    )  # fmt: skip
    summary = models.TextField(_("résumé"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("distinction")
        verbose_name_plural = _("distinctions")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "directory_distinction_of_one",
                Q(organisation=None, initiative__isnull=False) | Q(organisation__isnull=False, initiative=None),
                _("Une distinction va à une organisation ou à une initiative, et à une seule."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        page = (self.organisation or self.initiative).get_absolute_url()  # type: ignore[union-attr]  # one of both
        return f"{page.partition('#')[0] or address('directory:distinction_list', self.territory.slug)}#{self.key}"
