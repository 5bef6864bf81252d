"""The tenant of everything above, and what makes its frame: perimeter, scales, themes, features."""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Part, Record, Referable
from terreau.territory.enums import RESERVED_SLUGS, EpciKind


class Territory(Referable):
    """What is animated. Its slug is its address; nothing in the house keeps a "current territory"."""

    KIND: ClassVar[str] = "territory"

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    full_name = models.CharField(_("nom complet"), max_length=300, blank=True)
    seed_file = models.CharField(_("fichier d'origine"), max_length=200, blank=True)
    state_of_dossier = models.TextField(_("état du dossier"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ["name", "pk"]
        constraints = [
            Check(
                "territory_slug_not_reserved",
                ~Q(slug__in=sorted(RESERVED_SLUGS)),
                _("Cet identifiant est une adresse du site : en choisir un autre."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return self.slug

    @property
    def territory_id(self) -> object:
        """A territory belongs to itself: policies and the audit treat it as any record of it."""
        return self.pk

    def get_absolute_url(self) -> str:
        return address("site:territory_home", self.slug)


class Term(Record):
    """A word of a territory's own vocabulary."""

    LINKABLE: ClassVar[bool] = False

    name = models.CharField(_("nom"), max_length=120)

    class Meta(Record.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name


class Scale(Term):
    """A level at which things happen, from commune (rank 1) to nation."""

    KIND: ClassVar[str] = "scale"

    rank = models.PositiveSmallIntegerField(_("rang"))

    class Meta(Term.Meta):
        verbose_name = _("échelle")
        verbose_name_plural = _("échelles")


class Theme(Term):
    KIND: ClassVar[str] = "theme"

    class Meta(Term.Meta):
        verbose_name = _("thème")
        verbose_name_plural = _("thèmes")


class Perimeter(Record):
    """The official frame of a territory: its intercommunalities and communes, and what is known of them."""

    KIND: ClassVar[str] = "perimeter"
    LINKABLE: ClassVar[bool] = False

    commune_count = models.PositiveSmallIntegerField(_("nombre de communes"), null=True, blank=True)
    list_is_known = models.BooleanField(_("liste connue"), null=True, blank=True)
    communes_cited = models.JSONField(_("communes citées"), default=list, blank=True)
    communes_note = models.TextField(_("note sur les communes"), blank=True)
    outside_places = models.JSONField(_("lieux extérieurs cités"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("périmètre")
        verbose_name_plural = _("périmètres")


class PerimeterEpci(Part):
    KIND: ClassVar[str] = "perimeter_epci"

    perimeter = models.ForeignKey(Perimeter, on_delete=models.CASCADE, related_name="epcis")
    code = models.CharField(
        _("SIREN"), max_length=9, blank=True, validators=[RegexValidator(r"^\d{9}$", _("Un SIREN a neuf chiffres."))]
    )
    nature = models.CharField(_("nature"), max_length=40, choices=EpciKind)
    created = EdtfField(_("création"))
    seat = models.CharField(_("siège"), max_length=120, blank=True)


class PerimeterCommune(Part):
    """A commune of the perimeter, with one point inside it so that a map needs no outside service."""

    KIND: ClassVar[str] = "perimeter_commune"

    perimeter = models.ForeignKey(Perimeter, on_delete=models.CASCADE, related_name="communes")
    code = models.CharField(_("code INSEE"), max_length=5)
    name = models.CharField(_("nom"), max_length=120)
    population = models.PositiveIntegerField(_("population municipale"), null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=7, decimal_places=5, null=True, blank=True)

    class Meta(Part.Meta):
        constraints = [
            models.UniqueConstraint(fields=["perimeter", "code"], name="territory_commune_once"),
            Check(
                "territory_commune_point",
                Q(longitude=None, latitude=None)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                _("Un point a une longitude entre -180 et 180 et une latitude entre -90 et 90."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SpecialPerimeter(Record):
    """Another area that matters to the story: a life basin, priority neighbourhoods, a programme's area."""

    KIND: ClassVar[str] = "special_perimeter"

    name = models.CharField(_("nom"), max_length=200)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="+", verbose_name=_("échelle"))
    description = models.TextField(_("description"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("périmètre particulier")
        verbose_name_plural = _("périmètres particuliers")

    def __str__(self) -> str:
        return self.name


class Feature(Record):
    """A trait of the territory, reported from a source as a view rather than as a fact."""

    KIND: ClassVar[str] = "feature"
    LINKABLE: ClassVar[bool] = False

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", verbose_name=_("thème"))
    text = models.TextField(_("texte"))

    class Meta(Record.Meta):
        verbose_name = _("trait")
        verbose_name_plural = _("traits")

    def __str__(self) -> str:
        return self.text
