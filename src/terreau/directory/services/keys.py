"""Keys of new records: made from their names, and new among all that a dossier may name."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from terreau.directory.pure.keys import LONGEST, RESERVED, free_key, key_of
from terreau.kernel.errors import RuleBroken
from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.locks import hold
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

FEW = 20
"""Keys that one query can tell apart by their beginning."""
ROOM = 6
"""Characters that a number at the end of a key may take."""


def free_keys(territory: Territory, names: Iterable[str]) -> list[str]:
    """Give a key for each name, in order, that no record of the territory has. One query, in the caller's transaction.

    Until it ends, whoever makes keys in this territory waits.
    """
    wanted = [key_of(name) for name in names]
    taken = _taken(territory, wanted)
    found = []
    for key in wanted:
        found.append(free_key(key, taken))
        taken.add(found[-1])
    return found


def check_key(territory: Territory, key: str) -> None:
    """Refuse a key that someone chose when it is ill written, reserved or taken. One query."""
    if key != fold(key).replace(" ", "-") or not key or len(key) > LONGEST:
        message = _("« %(key)s » n'est pas un identifiant : des lettres sans accent, des chiffres et des tirets.")
        raise RuleBroken(message % {"key": key[:LONGEST]}, field="key")
    if key in RESERVED or key in _taken(territory, [key]):
        message = _("L'identifiant « %(key)s » est déjà pris dans ce territoire : en choisir un autre.")
        raise RuleBroken(message % {"key": key}, field="key")


def _taken(territory: Territory, wanted: list[str]) -> set[str]:
    """Give the keys that a free one must not be: those that begin as a wanted one does, or all when many are wanted."""
    hold(f"directory.keys.{territory.pk}")
    begins = Q()
    for key in wanted if len(wanted) <= FEW else ():
        begins |= Q(key__startswith=key[: LONGEST - ROOM])
    models: list[Any] = [model_of(kind) for kind in linkable_kinds()]
    tables = [
        model.objects.filter(begins, territory=territory).order_by().values_list("key", flat=True) for model in models
    ]
    return set(tables[0].union(*tables[1:], all=True))
