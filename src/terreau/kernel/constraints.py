"""Short writing of the constraints that every app uses."""

from typing import cast

from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def Check(name: str, condition: Q, message: str | Promise) -> CheckConstraint:  # noqa: N802 -- reads as the class that it makes
    return CheckConstraint(name=name, condition=condition, violation_error_message=cast("str", message))


def period_order(start: str = "start", end: str = "end") -> CheckConstraint:
    """Refuse a period that surely ends before it starts; imprecise dates may overlap."""
    return Check(
        "%(app_label)s_%(class)s_" + f"{start}_{end}",
        Q(**{f"{start}_earliest": None})
        | Q(**{f"{end}_latest": None})
        | Q(**{f"{start}_earliest__lte": F(f"{end}_latest")}),
        _("La fin précède le début : inversez les deux dates ou corrigez celle qui est fausse."),
    )


def one_key() -> UniqueConstraint:
    return UniqueConstraint(
        fields=["territory", "key"],
        name="%(app_label)s_%(class)s_key",
        violation_error_message=_("Cet identifiant est déjà pris dans ce territoire."),
    )
