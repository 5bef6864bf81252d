"""What may be wrong in a file, as plain data: codes here, sentences in `opendata.words`."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One cell, or one row (no column), that cannot be taken as it is.

    refuses: whether the row is refused for it; otherwise the cell alone is left aside, and told.
    """

    code: str
    column: str = ""
    value: str = ""
    refuses: bool = True
    details: Mapping[str, str] = field(default_factory=dict)


class Unreadable(Exception):
    """A whole file that cannot be read: a code, and what its sentence names."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = {name: str(value) for name, value in details.items()}
