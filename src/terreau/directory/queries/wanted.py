"""What a reader asks of the directory: the same question for the list, the map and the exports."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import ListOrder
from terreau.geography.models import Commune
from terreau.geography.pure.names import fold
from terreau.kernel.pure.edtf import Edtf, EdtfError, parse

LONGEST = 200
MOST_VALUES = 20
"""Values of one facet that are read; an address that holds more was not made by the form."""
WITH_ARCHIVED = "avec"
_CODE = re.compile(r"([0-9]{2}|2[AB])[0-9]{3}")


@dataclass(frozen=True)
class Question:
    """One facet. several: whether more than one value may be chosen; they are then taken as one or the other."""

    label: str | Promise
    several: bool


FACETS: Mapping[str, Question] = {
    "theme": Question(_("Thème"), several=False),
    "commune": Question(_("Commune"), several=False),
    "nature": Question(_("Nature"), several=True),
    "echelle": Question(_("Échelle"), several=True),
}
"""Parameter → facet, in the order of the form. Short vocabularies are ticked, long ones picked from.

There is no facet for the filière: no vocabulary of a dossier holds one, and its themes play that role (réemploi,
mobilité, alimentation…). Facets are joined by "and", the values of one facet by "or".
"""


@dataclass(frozen=True)
class Wanted:
    """What a reader asks.

    chosen: facet → values, for the facets in force. when: the imprecise date at which organisations must exist.
    typed_date, date_error: the date as typed, and why it is not one. order: as asked, or what suits the question.
    """

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: Edtf | None = None
    typed_date: str = ""
    date_error: str = ""
    with_archived: bool = False
    order: ListOrder = ListOrder.NAME

    @classmethod
    def of(cls, parameters: Any) -> "Wanted":
        """Read the parameters of the address, a QueryDict; an unreadable date filters nothing and says why."""
        read = parameters if isinstance(parameters, QueryDict) else QueryDict(urlencode(parameters, doseq=True))
        typed = read.get("le", "").strip()[:60]
        when, error = None, ""
        try:
            when = parse(typed) if typed else None
        except EdtfError as refused:
            error = refused.en if (get_language() or "fr").startswith("en") else refused.fr
        q = read.get("q", "").replace("\0", "").strip()[:LONGEST]
        usual = ListOrder.CLOSEST if q else ListOrder.NAME
        asked = read.get("tri", "")
        known = asked in ListOrder.values and (q or asked != ListOrder.CLOSEST)
        return cls(
            q=q,
            chosen={name: values for name in FACETS if (values := _values(read, name))},
            when=when,
            typed_date=typed,
            date_error=error,
            with_archived=read.get("archives", "") == WITH_ARCHIVED,
            order=ListOrder(asked) if known else usual,
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.chosen or self.when)

    @property
    def query(self) -> str:
        """Write the question as the parameters of an address, always in the same order; empty when nothing is asked."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in FACETS for value in self.chosen.get(name, ())]
        pairs += [("le", self.typed_date)] if self.when else []
        pairs += [("archives", WITH_ARCHIVED)] if self.with_archived else []
        pairs += [("tri", self.order.value)] if self.order != self.usual_order else []
        return urlencode(pairs)

    @property
    def usual_order(self) -> ListOrder:
        return ListOrder.CLOSEST if self.q else ListOrder.NAME


def _values(read: QueryDict, name: str) -> tuple[str, ...]:
    values = [value.replace("\0", "").strip()[:LONGEST] for value in read.getlist(name)]
    kept = tuple(dict.fromkeys(value for value in values if value))[:MOST_VALUES]
    return kept if FACETS[name].several else kept[-1:]


def in_town(value: str) -> Q:
    """Match a commune given by its INSEE code, or by its name, as written or as the official code has it."""
    if is_code(value):
        return Q(commune_code=value)
    official = Commune.objects.filter(folded_name=fold(value)).order_by().values("code")
    return Q(commune=value) | Q(commune_code__in=official)


def is_code(value: str) -> bool:
    return bool(_CODE.fullmatch(value))


def is_same_town(value: str, code: str, name: str) -> bool:
    """Whether the value of the facet designates the commune of this code, or of this name."""
    return value == code or (bool(name) and fold(value) == fold(name))


def alive_during(when: Edtf) -> Q:
    """Match what certainly or possibly exists on a day of an imprecise date; what is not said does not exclude."""
    began = Q(start_earliest=None) | Q(start_earliest__lte=when.latest) if when.latest else Q()
    lasted = Q(end_latest=None) | Q(end_latest__gte=when.earliest) if when.earliest else Q()
    return began & lasted
