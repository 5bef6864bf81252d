"""The end of a period that is still going on: EDTF writes it `..`, which alone is no date."""

from typing import Final

from terreau.kernel.pure.edtf import OPEN, Edtf, Precision, from_scalar, parse
from terreau.kernel.pure.periods import Period

OPEN_END: Final = Edtf(text=OPEN, precision=Precision.INTERVAL, earliest=None, latest=None, end_open=True)
"""Stands for "no end yet" where an end is kept in a place of its own; None there means that the end is not known."""


def read_end(value: object) -> Edtf:
    """Read an end: a date, or `..`. Raises EdtfError."""
    if isinstance(value, Edtf):
        return value
    if isinstance(value, str):
        return OPEN_END if value.strip() == OPEN else parse(value)
    return from_scalar(value)


def period_of(start: Edtf | None, end: Edtf | None) -> Period:
    """Make a period from a start and an end, which may be OPEN_END."""
    return Period(start, None, end_open=True) if end == OPEN_END else Period(start, end)
