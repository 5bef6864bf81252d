"""Form fields that every app's forms use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from terreau.kernel.pure.edtf import Edtf, EdtfError, parse


class EdtfInput(forms.CharField):
    """An imprecise date typed by a person: gives an `Edtf`, or None when nothing is typed.

    is_interval_allowed: whether "2016/2021" is an answer; a start or an end is a single date.
    """

    def __init__(self, *, is_interval_allowed: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Ce qui est su, pas plus : 2019, 2016-09, 2018-11-17, 2001~ (environ), 197X (années 1970).")
        )
        super().__init__(max_length=60, **kwargs)
        self.is_interval_allowed = is_interval_allowed

    def clean(self, value: Any) -> Edtf | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            edtf = parse(text)
        except EdtfError as error:
            raise ValidationError(error.en if get_language() == "en" else error.fr, code="edtf") from error
        if edtf.is_interval and not self.is_interval_allowed:
            raise ValidationError(_("Écrire ici une seule date, non un intervalle."), code="interval")
        return edtf
