"""Organisations: every name, nature, scale, dated life."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import IdentifierScheme, NameSort
from terreau.kernel.addresses import address
from terreau.kernel.fields import EdtfField, EndField
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
    """

    KIND: ClassVar[str] = "organisation"

    name = models.CharField(_("nom"), max_length=300)
    nature = models.ForeignKey(Nature, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("nature"))
    nature_is_deduced = models.BooleanField(_("nature déduite"), default=False)
    scale = models.ForeignKey(
        Scale, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("échelle")
    )
    scale_is_deduced = models.BooleanField(_("échelle déduite"), default=False)
    start_note = models.TextField(_("note sur la création"), blank=True)
    commune = models.CharField(_("commune"), max_length=120, blank=True)
    activities = models.JSONField(_("activités"), default=list, blank=True)
    themes = models.ManyToManyField(Theme, related_name="organisations", blank=True, verbose_name=_("thèmes"))
    summary = models.TextField(_("résumé"), blank=True)
    is_anonymous = models.BooleanField(_("désignée sans être nommée"), default=False)
    site = models.URLField(_("site"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]
        indexes = [models.Index(fields=["territory", "name"], name="directory_organisation_name")]

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

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"
