"""Organisations: every name, nature, scale, dated life."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import IdentifierScheme, NameSort, PointOrigin
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.fields import EdtfField, EndField, NameField
from terreau.kernel.models import Dated, Part, Record, Source
from terreau.territory.models import Scale, Term, Theme


class Nature(Term):
    """What an organisation is: association, cooperative, authority... the territory's own list."""

    KIND: ClassVar[str] = "nature"

    class Meta(Term.Meta):
        verbose_name = _("nature")
        verbose_name_plural = _("natures")


class Organisation(Record, Dated):
    """A structure, an authority, a service, a programme: whoever acts in the territory, named or only designated.

    start, end: when it was created and when it ended, empty when no source says it.
    is_anonymous: the source designates it without naming it.
    parent: the organisation of which it is a branch; a branch never gets an invented number.
    longitude, latitude: degrees, WGS 84; cell: the tile of level 16 that holds the point (`directory.pure.cells`).
    confirmed_on: last day on which someone concerned said that the page is true. archived_on: since when it is kept
    as memory only. merged_into: the record that took its place; a merged record is private, its address leads there.
    """

    KIND: ClassVar[str] = "organisation"

    name = NameField(_("nom"), max_length=300)
    nature = models.ForeignKey(Nature, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("nature"))
    nature_is_deduced = models.BooleanField(_("nature déduite"), default=False)
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("échelle")
    )
    scale_is_deduced = models.BooleanField(_("échelle déduite"), default=False)
    start_note = models.TextField(_("note sur la création"), blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="branches", null=True, blank=True, verbose_name=_("antenne de")
    )
    legal_category = models.CharField(_("catégorie juridique"), max_length=4, blank=True)
    activity_code = models.CharField(_("code d'activité"), max_length=8, blank=True)
    activity_nomenclature = models.CharField(_("nomenclature d'activité"), max_length=10, blank=True)
    address = models.CharField(_("adresse"), max_length=300, blank=True)
    postcode = models.CharField(_("code postal"), max_length=10, blank=True)
    commune = models.CharField(_("commune"), max_length=120, blank=True)
    commune_code = models.CharField(_("code INSEE de la commune"), max_length=5, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    point_origin = models.CharField(_("origine du point"), max_length=10, choices=PointOrigin, blank=True)
    cell = models.BigIntegerField(null=True, editable=False)
    activities = models.JSONField(_("activités"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, related_name="organisations", blank=True, verbose_name=_("thèmes"))
    summary = models.TextField(_("résumé"), blank=True)
    description = models.TextField(_("description"), blank=True)
    publics = models.JSONField(_("publics accueillis"), default=list, blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    telephone = models.CharField(_("téléphone"), max_length=40, blank=True)
    is_anonymous = models.BooleanField(_("désignée sans être nommée"), default=False)
    site = models.URLField(_("site"), blank=True)
    note = models.TextField(_("note"), blank=True)
    confirmed_on = models.DateField(_("confirmée le"), null=True, blank=True, editable=False)
    archived_on = models.DateField(_("archivée le"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged_from", null=True, blank=True, editable=False
    )

    class Meta(Record.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            *Record.Meta.constraints,
            *Dated.Meta.constraints,
            Check(
                "directory_organisation_point",
                Q(longitude=None, latitude=None)
                | Q(longitude__gte=-180, longitude__lte=180, latitude__gte=-90, latitude__lte=90),
                _("Un point a une longitude entre -180 et 180 et une latitude entre -90 et 90."),
            ),
            Check(
                "directory_not_its_own_parent",
                Q(parent=None) | ~Q(parent=F("id")),
                _("Une organisation n'est pas sa propre antenne."),
            ),
        ]
        indexes = [
            # A page of the list is read in the order of one of these, whatever the number of organisations.
            # The visibility and the archives are there so that the pages before it are passed by without their rows.
            models.Index(
                fields=["territory", "name_folded", "id", "visibility", "archived_on"], name="directory_by_name"
            ),
            models.Index(fields=["territory", "nature", "name_folded", "id"], name="directory_by_nature"),
            models.Index(fields=["territory", "scale", "name_folded", "id"], name="directory_by_scale"),
            models.Index(fields=["territory", "commune_code", "name_folded", "id"], name="directory_by_town"),
            models.Index(fields=["territory", "commune", "name_folded", "id"], name="directory_by_town_name"),
            models.Index(fields=["territory", "updated_at", "id"], name="directory_by_update"),
            # Few answer a scale and a nature at once: their themes are looked at without reading their rows.
            models.Index(
                fields=["territory", "scale", "nature", "visibility", "archived_on", "id"], name="directory_by_kind"
            ),
            # Cover what is counted of the year in which a date falls.
            models.Index(
                fields=["territory", "start_earliest", "visibility", "archived_on", "nature", "scale", "id"],
                name="directory_by_start",
            ),
            models.Index(
                fields=["territory", "end_latest", "visibility", "archived_on", "nature", "scale", "id"],
                name="directory_by_end",
            ),
            # Covers what the map groups.
            models.Index(
                fields=["territory", "cell", "visibility", "archived_on", "nature", "longitude", "latitude"],
                name="directory_by_cell",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("directory:organisation_detail", self.territory.slug, self.key)


class OrganisationName(Part):
    """Another name: acronym, former name, spelling met in a source. locator: the page where it is met."""

    KIND: ClassVar[str] = "organisation_name"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("nom"), max_length=300)
    sort = models.CharField(_("type"), max_length=12, choices=NameSort)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    locator = models.CharField(_("page"), max_length=60, blank=True)
    start = EdtfField(_("début"))
    end = EndField(_("fin"))

    class Meta(Part.Meta):
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.name


class Identifier(Part):
    """A number or address in a register, dated and sourced. None is obligatory, a branch never gets an invented one."""

    KIND: ClassVar[str] = "identifier"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("registre"), max_length=20, choices=IdentifierScheme)
    value = models.CharField(_("valeur"), max_length=120)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    start = EdtfField(_("début"))
    end = EndField(_("fin"))

    class Meta(Part.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "scheme", "value"], name="directory_identifier_once"),
        ]
        indexes = [models.Index(fields=["value", "scheme"], name="directory_identifier_value")]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class Staffing(Part):
    """How many people work there at a date: employees, full-time equivalents, volunteers; None is unknown, never 0."""

    KIND: ClassVar[str] = "staffing"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="staffing")
    when = EdtfField(_("date"))
    employees = models.PositiveIntegerField(_("personnes salariées"), null=True, blank=True)
    full_time_equivalents = models.DecimalField(
        _("équivalents temps plein"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    volunteers = models.PositiveIntegerField(_("bénévoles"), null=True, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    locator = models.CharField(_("page"), max_length=60, blank=True)


class OrganisationLink(Part):
    """An address elsewhere where the organisation speaks: a social network, a blog, a shop."""

    KIND: ClassVar[str] = "organisation_link"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("intitulé"), max_length=120)
    url = models.URLField(_("adresse"), max_length=500)

    def __str__(self) -> str:
        return self.label
