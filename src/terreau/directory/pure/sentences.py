"""Short forms of texts that people wrote."""

import re

END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[«\"(]?\s?[A-ZÀ-ÖØ-Þ0-9])")


def first_sentence(text: str) -> str:
    """Give the first sentence of a text, whole; "M. Martin" and "art. 3" may cut it early, which a summary bears."""
    return END_OF_SENTENCE.split(text.strip(), maxsplit=1)[0]
