"""The official geographic code: regions, departments, communes, intercommunalities, who belongs where, and shapes.

Official codes are the primary keys: they are what every file of the State says, and they are never used twice for two
different things at the same time.
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.geography.enums import CommuneKind, IntercommunalityKind
from terreau.geography.pure.names import fold

COMMUNE_CODE = r"^([0-9]{2}|2[AB])[0-9]{3}$"
SIREN = r"^[0-9]{9}$"


class FoldedNameField(models.CharField):
    """The name of the same row in its spelling for searches (`pure/names.py`), kept by the field itself."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: FBT001 -- Django's signature
        folded = fold(model_instance.name)
        setattr(model_instance, self.attname, folded)
        return folded


class Region(models.Model):
    """A region; an overseas collectivity stands as its own region and department, as in the official code."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=100)

    class Meta:
        verbose_name = _("région")
        verbose_name_plural = _("régions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{2,3}$"),
                name="geography_region_code",
                violation_error_message=_("Le code d'une région a deux ou trois chiffres."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    name = models.CharField(_("nom"), max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name=_("région"))

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^([0-9]{2}|2[AB]|9[78][0-9])$"),
                name="geography_department_code",
                violation_error_message=_("Le code d'un département a deux caractères, ou trois outre-mer."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Intercommunality(models.Model):
    """A public body grouping communes (EPCI), known by its SIREN. Dates None: unknown, or still in force."""

    siren = models.CharField(_("SIREN"), max_length=9, primary_key=True)
    name = models.CharField(_("nom"), max_length=200)
    folded_name = FoldedNameField(max_length=250, editable=False, db_index=True)
    kind = models.CharField(_("nature"), max_length=5, choices=IntercommunalityKind)
    population = models.PositiveIntegerField(_("population municipale"), null=True, blank=True)
    since_on = models.DateField(_("depuis le"), null=True, blank=True)
    until_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        verbose_name = _("intercommunalité")
        verbose_name_plural = _("intercommunalités")
        ordering = ["name", "siren"]
        constraints = [
            models.CheckConstraint(
                condition=Q(siren__regex=SIREN),
                name="geography_intercommunality_siren",
                violation_error_message=_("Le SIREN d'une intercommunalité a neuf chiffres."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=IntercommunalityKind.values),
                name="geography_intercommunality_kind",
                violation_error_message=_("La nature de l'intercommunalité est celle de la liste officielle."),
            ),
            models.CheckConstraint(
                condition=Q(since_on=None) | Q(until_on=None) | Q(until_on__gte=F("since_on")),
                name="geography_intercommunality_period",
                violation_error_message=_("La fin d'une intercommunalité ne précède pas son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """A commune, or a code that used to be one.

    population: municipal, the one to publish and to sum; None: unknown. longitude, latitude: a point inside, degrees.
    succeeded_by: the current commune that took this one in, or that it is a part of. Years None: unknown, or still so.
    name is empty only for a former code whose name the official files no longer give.
    """

    code = models.CharField(_("code INSEE"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    folded_name = FoldedNameField(max_length=250, editable=False, db_index=True)
    kind = models.CharField(_("nature"), max_length=10, choices=CommuneKind, default=CommuneKind.CURRENT)
    department = models.ForeignKey(Department, models.PROTECT, related_name="communes", verbose_name=_("département"))
    siren = models.CharField(_("SIREN"), max_length=9, blank=True)
    postal_codes = models.CharField(
        _("codes postaux"), max_length=250, blank=True, help_text=_("Séparés par une espace.")
    )
    population = models.PositiveIntegerField(_("population municipale"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    area_km2 = models.FloatField(_("superficie (km²)"), null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("comprise aujourd'hui dans"),
    )
    since_year = models.PositiveSmallIntegerField(_("depuis l'année"), null=True, blank=True)
    until_year = models.PositiveSmallIntegerField(_("jusqu'à l'année"), null=True, blank=True)

    class Meta:
        verbose_name = _("commune")
        verbose_name_plural = _("communes")
        ordering = ["folded_name", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=COMMUNE_CODE),
                name="geography_commune_code",
                violation_error_message=_(
                    "Un code INSEE a cinq caractères : cinq chiffres, ou 2A ou 2B puis trois chiffres."
                ),
            ),
            models.CheckConstraint(
                condition=Q(siren="") | Q(siren__regex=SIREN),
                name="geography_commune_siren",
                violation_error_message=_("Le SIREN d'une commune a neuf chiffres."),
            ),
            models.UniqueConstraint(
                fields=["siren"],
                condition=~Q(siren=""),
                name="geography_commune_one_siren",
                violation_error_message=_("Une autre commune porte déjà ce SIREN."),
            ),
            models.CheckConstraint(
                condition=Q(postal_codes="") | Q(postal_codes__regex=r"^[0-9]{5}( [0-9]{5})*$"),
                name="geography_commune_postal_codes",
                violation_error_message=_("Un code postal a cinq chiffres ; plusieurs se séparent par une espace."),
            ),
            models.CheckConstraint(
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False)
                & Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                name="geography_commune_point",
                violation_error_message=_(
                    "La longitude (de -180 à 180) et la latitude (de -90 à 90) se donnent ensemble, en degrés."
                ),
            ),
            models.CheckConstraint(
                condition=Q(area_km2=None) | Q(area_km2__gt=0),
                name="geography_commune_area",
                violation_error_message=_("La superficie d'une commune est positive."),
            ),
            models.CheckConstraint(
                condition=Q(kind=CommuneKind.CURRENT, succeeded_by=None)
                | (
                    Q(
                        kind__in=[kind for kind in CommuneKind.values if kind != CommuneKind.CURRENT],
                        succeeded_by__isnull=False,
                    )
                ),
                name="geography_commune_succession",
                violation_error_message=_(
                    "Une commune actuelle n'est comprise dans aucune autre ; toute autre commune l'est."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(succeeded_by=F("code")) | Q(succeeded_by=None),
                name="geography_commune_not_its_own",
                violation_error_message=_("Une commune ne peut pas être comprise dans elle-même."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(kind=CommuneKind.FORMER),
                name="geography_commune_name",
                violation_error_message=_("Une commune porte un nom."),
            ),
            models.CheckConstraint(
                condition=Q(since_year=None) | Q(until_year=None) | Q(until_year__gte=F("since_year")),
                name="geography_commune_period",
                violation_error_message=_("La fin d'une commune ne précède pas son début."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("ancienne commune %(code)s") % {"code": self.code}

    @property
    def has_point(self) -> bool:
        return self.longitude is not None

    @property
    def density(self) -> float | None:
        """Inhabitants per square kilometre; None when one of the two is unknown."""
        return None if self.population is None or self.area_km2 is None else self.population / self.area_km2


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships, dated."""

    def current(self) -> Self:
        """Keep those that no later official code has ended."""
        return self.filter(until_on=None)

    def at(self, day: date) -> Self:
        """Keep those that hold that day; an unknown start is taken as long ago."""
        return self.filter(Q(since_on=None) | Q(since_on__lte=day), Q(until_on=None) | Q(until_on__gte=day))


class Membership(models.Model):
    """A commune in an intercommunality, as an official code (vintage) says. A commune has one at a time."""

    commune = models.ForeignKey(Commune, models.CASCADE, related_name="memberships", verbose_name=_("commune"))
    intercommunality = models.ForeignKey(
        Intercommunality, models.CASCADE, related_name="memberships", verbose_name=_("intercommunalité")
    )
    since_on = models.DateField(_("depuis le"), null=True, blank=True)
    until_on = models.DateField(_("jusqu'au"), null=True, blank=True)
    vintage = models.CharField(_("millésime"), max_length=20)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        ordering = ["commune", F("since_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune"],
                condition=Q(until_on=None),
                name="geography_membership_one_at_a_time",
                violation_error_message=_("Cette commune appartient déjà à une intercommunalité."),
            ),
            models.CheckConstraint(
                condition=Q(since_on=None) | Q(until_on=None) | Q(until_on__gte=F("since_on")),
                name="geography_membership_period",
                violation_error_message=_("La fin d'une appartenance ne précède pas son début."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(commune)s dans %(intercommunality)s") % {
            "commune": self.commune,
            "intercommunality": self.intercommunality,
        }


class Shape(models.Model):
    """The simplified outline of a commune (by its code) or of an intercommunality (by its SIREN), for drawing.

    geojson: a Polygon or MultiPolygon with its `bbox`, in degrees. No foreign key: the code has two homes.
    """

    code = models.CharField(_("code INSEE ou SIREN"), max_length=9, primary_key=True)
    geojson = models.JSONField(_("contour"))
    source = models.CharField(_("source"), max_length=200)
    vintage = models.CharField(_("millésime"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("contour")
        verbose_name_plural = _("contours")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=COMMUNE_CODE) | Q(code__regex=SIREN),
                name="geography_shape_code",
                violation_error_message=_(
                    "Un contour porte le code INSEE d'une commune ou le SIREN d'une intercommunalité."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="geography_shape_source",
                violation_error_message=_("Un contour dit sa source."),
            ),
        ]

    def __str__(self) -> str:
        return self.code
