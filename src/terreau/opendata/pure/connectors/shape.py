"""What a connector says of its files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from terreau.opendata.pure.problems import Problem
from terreau.opendata.pure.tables import Cells

Raw = dict[str, Any]
"""Field of ours → cell as it is in the file."""


def _nothing_more(_cells: Cells, _raw: Raw) -> Problem | None:
    return None


@dataclass(frozen=True)
class Connector:
    """A known shape of file.

    needs, never: columns that recognise it, by their presence and absence. fields: column → field of ours.
    also: other columns that `complete` reads. leaves: beginning of a column → why it is left (a code of `words`).
    complete: adds to the raw values what needs several columns; gives a problem when the row is not an organisation.
    outside_id: field that identifies a row there. source: what the source is called unless the person says otherwise.
    """

    key: str
    source: str
    needs: frozenset[str]
    fields: Mapping[str, str]
    outside_id: str
    also: frozenset[str] = frozenset()
    leaves: Mapping[str, str] = field(default_factory=dict)
    complete: Callable[[Cells, Raw], Problem | None] = _nothing_more
    never: frozenset[str] = frozenset()

    def reads(self, column: str) -> bool:
        return column in self.fields or column in self.also

    def why_left(self, column: str) -> str:
        """Give the code of the reason for which a column is not read; empty when it is only unknown."""
        return next((why for start, why in self.leaves.items() if column.startswith(start)), "")


def joined(cells: Cells, *columns: str) -> str:
    """Join the parts of an address, without those that say nothing."""
    parts = (str(cells.get(column) or "").strip() for column in columns)
    return " ".join(part for part in parts if part and part not in {"_", "[ND]"})


def first(cells: Cells, *columns: str) -> Any:
    """Give the first of these cells that says something."""
    return next((cell for column in columns if (cell := cells.get(column)) not in (None, "", "_")), None)
