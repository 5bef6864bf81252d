"""One spelling for finding: what a person types and what the official name says meet here."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def fold(text: str) -> str:
    """Return the text in lower case, without accents or punctuation, "st" and "ste" written in full, single spaces.

    Idempotent. `fold("St-Saulve") == fold("SAINT SAULVE") == "saint saulve"`.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()
    words = re.findall(r"[^\W_]+", plain.translate(_LIGATURES))
    return " ".join(_SAINTS.get(word, word) for word in words)
