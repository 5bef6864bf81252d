"""What a reader asks of the timeline, as the address says it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terreau.kernel.components import Facet, Option
from terreau.kernel.enums import Certainty
from terreau.trajectory.enums import Lane

YEAR = re.compile(r"[0-9]{4}")
ALL_FACTS = "tous"


@dataclass(frozen=True)
class Wanted:
    """Filters in force; empty means all. Words that no filter knows are left aside.

    first, last: years as typed, kept so that the form shows them again; `years` reads them.
    all_facts: what all records tell, rather than milestones alone.
    """

    q: str = ""
    lanes: tuple[str, ...] = ()
    scales: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    phase: str = ""
    first: str = ""
    last: str = ""
    all_facts: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        return cls(
            q=query.get("q", "").strip()[:200],
            lanes=tuple(lane for lane in Lane.values if lane in query.getlist("piste")),
            scales=tuple(dict.fromkeys(filter(None, query.getlist("echelle")))),
            certainties=tuple(value for value in Certainty.values if value in query.getlist("certitude")),
            phase=query.get("phase", ""),
            first=query.get("de", "").strip()[:20],
            last=query.get("a", "").strip()[:20],
            all_facts=query.get("faits") == ALL_FACTS,
        )

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The years asked for, in order; None where none is, or none is understood."""
        first, last = (int(text) if YEAR.fullmatch(text) and int(text) else None for text in (self.first, self.last))
        return (last, first) if first and last and first > last else (first, last)

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return replace(self, all_facts=False) != Wanted()

    def between(self, first: int, last: int) -> "Wanted":
        """Ask the same of some years."""
        return replace(self, first=f"{first:04}", last=f"{last:04}")

    def query(self, **more: object) -> str:
        """Write the filters as an address does, with its question mark; nothing when there are none."""
        pairs: list[tuple[str, object]] = [("q", self.q)] if self.q else []
        for name, values in (("piste", self.lanes), ("echelle", self.scales), ("certitude", self.certainties)):
            pairs += [(name, value) for value in values]
        for name, value in (("phase", self.phase), ("de", self.first), ("a", self.last)):
            pairs += [(name, value)] if value else []
        pairs += [("faits", ALL_FACTS)] if self.all_facts else []
        written = urlencode([*pairs, *more.items()])
        return f"?{written}" if written else ""


def facets_of(wanted: Wanted, rows: Iterable[Any], scales: dict[str, str], phases: dict[str, str]) -> list[Facet]:
    """Give the questions of the form, counted on everything that the reader may see. scales, phases: words by key."""
    rows = list(rows)

    def counted(values: Iterable[tuple[str, Any]], chosen: tuple[str, ...], attribute: str) -> list[Option]:
        told = [getattr(row, attribute) for row in rows]
        return [
            Option(value=value, label=label, count=told.count(value), selected=value in chosen)
            for value, label in values
        ]

    return [
        Facet(name="piste", label=_("Piste"), options=counted(Lane.choices, wanted.lanes, "lane")),
        Facet(name="echelle", label=_("Échelle"), options=counted(scales.items(), wanted.scales, "scale")),
        Facet(name="certitude", label=_("Certitude"), options=counted(Certainty.choices, wanted.certainties, "certainty")),
        Facet(
            name="phase", label=_("Phase"), single=True,
            options=[Option(value=key, label=title, selected=key == wanted.phase) for key, title in phases.items()],
        ),
        _year_facet("de", _("De l'année"), wanted.first),
        _year_facet("a", _("À l'année"), wanted.last),
        Facet(
            name="faits", label=_("Faits montrés"), single=True,
            options=[Option(value=ALL_FACTS, label=_("Tous les faits datés du territoire"), selected=wanted.all_facts)],
        ),
    ]  # fmt: skip


def _year_facet(name: str, label: Any, typed: str) -> Facet:
    wrong = typed and not YEAR.fullmatch(typed)
    return Facet(
        name=name,
        label=label,
        typed=typed,
        error=_("Écrire une année en quatre chiffres, par exemple 2017.") if wrong else "",
    )
