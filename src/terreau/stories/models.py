"""Testimonies: what people said of the territory, summed up."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation, Person
from terreau.kernel.addresses import address
from terreau.kernel.constraints import Check
from terreau.kernel.fields import EdtfField
from terreau.kernel.models import Record, Source
from terreau.stories.enums import Genre
from terreau.territory.models import Theme


class Testimony(Record):
    """What someone said, as a paraphrase and never word for word, in the capacity in which they spoke.

    person: opaque; pages, feeds and exports for readers show the organisation and the function, never who it is.
    said_on: when it was said, empty when the source does not date it. locator: the page of the source.
    """

    KIND: ClassVar[str] = "testimony"

    genre = models.CharField(_("genre"), max_length=20, choices=Genre)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("personne")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="testimonies",
        null=True,
        blank=True,
        verbose_name=_("organisation"),
    )
    function = models.CharField(_("fonction"), max_length=200)
    said_on = EdtfField(_("date"))
    themes = models.ManyToManyField(Theme, related_name="testimonies", blank=True, verbose_name=_("thèmes"))
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="testimonies", verbose_name=_("source"))
    locator = models.CharField(_("page"), max_length=60, blank=True)
    summary = models.TextField(
        _("résumé"), help_text=_("Ce que la personne a dit, redit autrement : jamais ses mots exacts.")
    )
    cosigned_with = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="cosignatures", null=True, blank=True, verbose_name=_("cosigne")
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("témoignage")
        verbose_name_plural = _("témoignages")
        constraints = [
            *Record.Meta.constraints,
            Check(
                "stories_testimony_says_something",
                ~Q(summary="") & ~Q(function=""),
                _("Un témoignage a un résumé, et la qualité de qui parle."),
            ),
            Check(
                "stories_testimony_cosigns_another",
                Q(cosigned_with=None) | ~Q(cosigned_with=F("id")),
                _("Un témoignage ne se cosigne pas lui-même : désigner l'autre signature."),
            ),
        ]

    def __str__(self) -> str:
        return self.function

    def get_absolute_url(self) -> str:
        return address("stories:home", self.territory.slug) + f"#{self.key}"
