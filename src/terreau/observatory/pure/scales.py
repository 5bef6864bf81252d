"""Scales of bar charts: from zero to a round number."""

from decimal import Decimal

STEPS = tuple(Decimal(step) for step in ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))


def top_of(values: list[Decimal]) -> Decimal:
    """Give the end of an axis that starts at zero: the smallest of STEPS × 10ⁿ that holds every value.

    Values are zero or more. An axis without anything above zero ends at 1.
    """
    highest = max(values, default=Decimal(0))
    if highest <= 0:
        return Decimal(1)
    power = Decimal(10) ** highest.adjusted()
    return next(step * power for step in STEPS if step * power >= highest)


def share_of(value: Decimal, top: Decimal) -> float:
    """Give the length of a bar, between 0 and 1 of the axis."""
    return float(value / top)
