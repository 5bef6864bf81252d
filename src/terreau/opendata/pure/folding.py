"""Names of columns and of organisations, spelt in one way to be compared."""

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case, no accent, and one space for whatever is neither a letter nor a digit."""
    spelt = unicodedata.normalize("NFKD", text.translate(_PLAIN).lower())
    letters = (letter if letter.isalnum() else " " for letter in spelt if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())
