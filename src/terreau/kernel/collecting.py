"""Python's cyclic collector, kept out of work that only makes objects and keeps them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for cycles meanwhile: over a large dossier that takes 40 % of the time, and finds next to nothing.

    For the whole process, web threads included: only for work of minutes at most. Blocks may be nested.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
