"""How the area of a figure is written: the key of a record, or the name of a place."""

import re

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def is_key(area: str) -> bool:
    """Say whether an area names a record ("cavm", "ev-salon-2023") rather than a place ("Hauts-de-France")."""
    return KEY.fullmatch(area) is not None
