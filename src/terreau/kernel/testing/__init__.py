"""What the tests of every app share."""

from collections.abc import Callable
from contextlib import AbstractContextManager

QueryCounter = Callable[[int], AbstractContextManager[None]]
"""The fixture `queries`: `with queries(4): …` fails unless exactly 4 SQL queries ran (transactions aside)."""
