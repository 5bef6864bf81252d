"""Sizes in words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

_STEP = 1000


def size_in_words(size: int) -> str:
    """Write a number of bytes as people say it: « 840 octets », « 12 ko », « 3,4 Mo »."""
    if size < _STEP:
        return _("%(size)s octets") % {"size": size}
    if size < _STEP**2:
        return _("%(size)s ko") % {"size": round(size / _STEP)}
    if size < _STEP**3:
        return _("%(size)s Mo") % {"size": _rounded(size / _STEP**2)}
    return _("%(size)s Go") % {"size": _rounded(size / _STEP**3)}


def _rounded(value: float) -> str:
    decimals = 0 if value >= 10 or round(value, 1) == round(value) else 1  # noqa: PLR2004 -- two figures are enough
    return str(number_format(value, decimals))
