"""How far the reading of a file goes."""

import time

MOST_CHARACTERS = 1_000_000
"""About five hundred pages; the words beyond are not found by the search."""


class Late(Exception):
    """Reading took too long, or gave enough."""


class Deadline:
    """An instant of the monotonic clock after which reading stops."""

    def __init__(self, at: float) -> None:
        self.at = at

    def check(self) -> None:
        if time.monotonic() > self.at:
            raise Late
