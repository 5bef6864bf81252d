"""People, private by default, and the functions that they hold."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.models.organisations import Organisation
from terreau.kernel.constraints import Check
from terreau.kernel.enums import Certainty, Visibility
from terreau.kernel.models import Dated, Record


class Person(Record):
    """Someone who holds functions. The key is opaque; the name, when known at all, is shown only with consent.

    is_unnamed: the source itself does not name the person.
    name_is_public: consent was given, or the mandate is public.
    """

    KIND: ClassVar[str] = "person"

    name = models.CharField(_("nom"), max_length=200, blank=True)
    name_is_public = models.BooleanField(_("nom public"), default=False)
    is_unnamed = models.BooleanField(_("non nommée par la source"), default=False)
    visibility = models.CharField(_("visibilité"), max_length=10, choices=Visibility, default=Visibility.PRIVATE)

    class Meta(Record.Meta):
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        constraints = [
            *Record.Meta.constraints,
            Check(
                "directory_public_name_is_known",
                Q(name_is_public=False) | ~Q(name=""),
                _("Un nom public doit être écrit : l'ajouter, ou retirer son caractère public."),
            ),
        ]

    def __str__(self) -> str:
        """Never the name, so that no log, list or error gives it away; pages ask `public_name`."""
        return self.key

    @property
    def public_name(self) -> str:
        return self.name if self.name_is_public else ""


class Role(Record, Dated):
    """A function held by a person in an organisation, over a period. One person in two places ties the two."""

    KIND: ClassVar[str] = "role"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles", verbose_name=_("personne"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="roles", verbose_name=_("organisation")
    )
    function = models.CharField(_("fonction"), max_length=200)
    certainty = models.CharField(_("certitude"), max_length=10, choices=Certainty, default=Certainty.ESTABLISHED)
    note = models.TextField(_("note"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("fonction")
        verbose_name_plural = _("fonctions")
        constraints = [*Record.Meta.constraints, *Dated.Meta.constraints]

    def __str__(self) -> str:
        return self.function

    def get_absolute_url(self) -> str:
        return f"{self.organisation.get_absolute_url()}#{self.key}"
