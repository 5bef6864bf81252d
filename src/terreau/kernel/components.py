"""Shapes that components take: plain, frozen, filled by the `queries` of the apps, shown by the tags of `terreau`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise
Tone = Literal["terre", "ciel", "pousse", "prune", "ocre"]


@dataclass(frozen=True, kw_only=True)
class Band:
    """One stratum: a stretch of a line between two shares (0 to 1) of the whole width.

    row: which line, from 0; level: 1 light, 2 moderate, 3 sustained (its thickness).
    certainty: drawn solid, dashed or dotted.
    """

    start: float
    end: float
    row: int = 0
    level: int = 2
    tone: Tone = "terre"
    certainty: str = "etablie"


@dataclass(frozen=True, kw_only=True)
class SourceLine:
    """One source of a statement: what it is, where in it ("p. 22-23"), and what it says in its own words."""

    title: str
    url: str = ""
    locator: str = ""
    certainty: str = ""
    stated: str = ""


@dataclass(frozen=True, kw_only=True)
class FactLine:
    """One dated fact; `on` is an EDTF text, `who` the names to read after the title."""

    on: str
    title: str
    url: str = ""
    kind: Words = ""
    who: str = ""
    certainty: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One line of an identity: a term and its value; `certainty` and `disputed` mark the doubt, `sources` back it."""

    term: Words
    value: object
    certainty: str = ""
    disputed: bool = False
    sources: Sequence[SourceLine] = ()


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A theme, a filière: a word, and where it leads."""

    label: Words
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice of a facet; `count` is how many results it would give, None when it is not counted."""

    value: str
    label: Words
    count: int | None = None
    selected: bool = False


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One question of a filter form: `name` is the parameter; `single` makes it a list to pick one from.

    typed: what the reader wrote, for a question that is answered in writing, a date say; None for the others.
    help, error: what to write there, and why it was not understood.
    is_order: it sorts the results and keeps them all: one choice is always in force, and none counts as a filter.
    """

    name: str
    label: Words
    options: Sequence[Option] = field(default_factory=tuple)
    single: bool = False
    typed: str | None = None
    help: Words = ""
    error: Words = ""
    is_order: bool = False

    @property
    def selected_count(self) -> int:
        """Count the answers in force."""
        return 0 if self.is_order else sum(option.selected for option in self.options) + bool(self.typed)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table; a numeric one is aligned on its digits."""

    label: Words
    numeric: bool = False
