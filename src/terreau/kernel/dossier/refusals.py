"""What the tables themselves refuse while a dossier is stored, in words: the last juror, after the checks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils.translation import gettext as _

from terreau.kernel.dossier.problems import DossierRefused, Problem


@contextmanager
def in_words(model: type[models.Model], rows: Iterable[Any], file: str) -> Iterator[None]:
    """Turn a refusal of the database into DossierRefused: the record at fault and the rule, when they can be found."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DataError) as error:
        found = [Problem(file, 1, f"« {_name(row)} » : {message}") for row in rows for message in _broken(model, row)]
        what = str(error).strip().splitlines()[0]
        generic = _("la base refuse une fiche (%(kind)s) : %(what)s.") % {
            "kind": model._meta.verbose_name,
            "what": what,
        }
        raise DossierRefused(found or [Problem(file, 1, generic)]) from error


def _broken(model: type[models.Model], row: Any) -> Iterator[str]:
    """Give the messages of the constraints that a row breaks by itself, or against what is stored."""
    for constraint in model._meta.constraints:
        try:
            constraint.validate(model, row)
        except ValidationError as error:
            yield from error.messages


def _name(row: Any) -> str:
    return str(getattr(row, "key", "") or row)
