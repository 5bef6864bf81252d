"""Names of communes as people write them, beside those of the official code."""

_SMALL_WORDS = frozenset({"l", "le", "la", "les", "d", "de", "du", "des", "en", "sur", "sous", "lez"})


def loose(folded: str) -> str:
    """Leave the small words of a folded name aside: « condé sur escaut » and « condé sur l'escaut » are one."""
    return " ".join(word for word in folded.split() if word not in _SMALL_WORDS) or folded
