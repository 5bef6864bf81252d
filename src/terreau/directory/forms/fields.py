"""Fields that the forms of the directory share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation
from terreau.kernel.forms import EdtfInput
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import OPEN, Edtf
from terreau.kernel.pure.ends import OPEN_END


class EndInput(EdtfInput):
    """An end typed by a person: a date, nothing when it is not known, or `..` when it is known to go on."""

    def clean(self, value: Any) -> Edtf | None:
        return OPEN_END if str(value or "").strip() == OPEN else super().clean(value)


class LinesInput(forms.CharField):
    """A list of words, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class OrganisationInput(forms.CharField):
    """Another organisation, by its key, the address of its page or its exact name: a country has too many for a list.

    Gives its key, empty when nothing is typed. `reader` and `territory` are set by the form; `kept` is the key that
    was there, which may stay even if the reader does not see it.
    """

    reader: Actor
    territory: Any
    kept: str = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Son nom exact, ou la fin de l'adresse de sa page (par exemple flac)."))
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        if not text or text == self.kept:
            return text
        seen = Organisation.objects.of(self.territory).visible_to(self.reader)
        key = text.rstrip("/").rsplit("/", 1)[-1]
        if seen.filter(key=key).exists():
            return key
        found = list(seen.filter(name__iexact=text).values_list("key", flat=True)[:4])
        if len(found) == 1:
            return str(found[0])
        if found:
            raise ValidationError(
                _("Plusieurs fiches portent ce nom : choisir entre %(keys)s."), params={"keys": ", ".join(found)}
            )
        raise ValidationError(
            _("Aucune fiche ne s'appelle « %(name)s » : l'écrire comme dans l'annuaire, ou l'ajouter d'abord."),
            params={"name": text},
        )
