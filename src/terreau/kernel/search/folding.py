"""How words are folded before they are indexed or searched, the same in both engines."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'", "ʼ": "'", "·": "", "‑": "-"})
_SPACES = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Lower case, no accent, ligatures written out, anything but letters and digits turned into one space.

    "Chez l’Œuf" gives "chez l oeuf". Inclusive points vanish ("acteur·ices" gives "acteurices").
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).encode("ascii", "ignore").decode()
    return _SPACES.sub(" ", plain.lower()).strip()
