"""Keys of records that people make in the site: readable, and free in the whole territory, as a dossier wants them."""

from collections.abc import Collection
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.text import slugify

from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.locks import hold

LONGEST = 80
"""Letters kept of a title: a key may have a hundred, its number included."""


def fresh_key(territory: Any, title: str, *, otherwise: str, reserved: Collection[str] = ()) -> str:
    """Give a key made from a title that no linkable record of the territory carries, nor a reserved word.

    otherwise: what a title without letters gives. Call inside the transaction that writes the record: two that look
    for a key wait for one another. One query.
    """
    hold(f"keys.{territory.pk}")
    stem = slugify(title)[:LONGEST].strip("-_") or otherwise
    first, *others = (_keys(kind, territory, stem) for kind in linkable_kinds())
    taken = {*first.union(*others), *reserved}
    if stem not in taken:
        return stem
    return next(key for number in range(2, len(taken) + 3) if (key := f"{stem}-{number}") not in taken)


def _keys(kind: str, territory: Any, stem: str) -> QuerySet[Any, str]:
    rows = cast("Any", model_of(kind))._default_manager.filter(territory=territory, key__startswith=stem)
    return cast("QuerySet[Any, str]", rows.order_by().values_list("key", flat=True))
