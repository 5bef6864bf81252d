"""What a reader typed, made ready for the engines: folded, bounded, without its empty words."""

from dataclasses import dataclass

from terreau.kernel.search.folding import fold

LONGEST = 400
"""Characters that are read of a query: the length of the longest title."""
MOST_WORDS = 8
"""Words that the engines look for: the longest ones, which are the rarest."""
LONGEST_COMPARED = 80
"""Letters beyond which a query is not compared letter by letter: nobody mistypes that much, and it is dear."""
SHORTEST_PREFIX = 3
"""A shorter word is looked for whole: as the beginning of another it would mean half of the index."""
STOP_WORDS = frozenset({
    "a", "au", "aux", "avec", "c", "ce", "ces", "chez", "d", "dans", "de", "des", "du", "elle", "en", "et", "il",
    "je", "l", "la", "le", "les", "leur", "m", "mais", "n", "ne", "nos", "notre", "nous", "on", "ou", "par", "pas",
    "pour", "qu", "que", "qui", "s", "sa", "se", "ses", "son", "sur", "t", "the", "un", "une", "vos", "votre", "y",
})  # fmt: skip
_ARTICLES = ("", "la ", "le ", "les ", "l ")


@dataclass(frozen=True)
class Question:
    """A folded query. full: every word; words: those that carry the meaning, at most MOST_WORDS, in their order."""

    full: str
    words: tuple[str, ...]

    @property
    def exact_names(self) -> tuple[str, ...]:
        """Folded names that the query may be the whole of, with or without an article."""
        bare = next(
            (self.full.removeprefix(article) for article in _ARTICLES[1:] if self.full.startswith(article)), self.full
        )
        return tuple(dict.fromkeys([self.full, *(article + bare for article in _ARTICLES)]))

    @property
    def is_searchable(self) -> bool:
        """Whether a word is long enough to look further than whole names."""
        return any(len(word) >= SHORTEST_PREFIX for word in self.words)

    @property
    def is_comparable(self) -> bool:
        """Whether looking for mistyped names makes sense."""
        return self.is_searchable and sum(map(len, self.words)) <= LONGEST_COMPARED


def ask(text: str) -> Question | None:
    """Read what was typed; None when nothing can be looked for."""
    full = fold(text[:LONGEST])[:LONGEST].strip()
    if not full:
        return None
    every = list(dict.fromkeys(full.split()))
    words = [word for word in every if word not in STOP_WORDS] or every
    kept = sorted(words, key=len, reverse=True)[:MOST_WORDS]
    return Question(full=full, words=tuple(word for word in words if word in kept))
