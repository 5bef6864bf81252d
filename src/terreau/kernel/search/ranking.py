"""In what order candidates are shown, and how far a mistyped word is from a name. Plain text in, numbers out."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from rapidfuzz.distance import OSA

from terreau.kernel.search.candidates import Candidate
from terreau.kernel.search.question import SHORTEST_PREFIX, STOP_WORDS, Question

_ENOUGH_TO_MISS_ONE = 3
"""Words of a query from which one may be unknown."""


def allowed_edits(length: int) -> int:
    """Give how many letters of a word may be wrong: none up to 3 letters, one up to 5, then two."""
    return 0 if length < 4 else 1 if length < 6 else 2  # noqa: PLR2004 -- the rule itself


def squeezed(word: str) -> str:
    """Write doubled letters once: the most common mistake in French."""
    return "".join(letter for at, letter in enumerate(word) if not at or letter != word[at - 1])


def edits(word: str, token: str) -> int | None:
    """Count the letters to add, drop, change or swap between neighbours; None beyond what its length allows.

    The beginning of a longer word counts as right. Letters doubled or not cost one together. In a word of four
    letters the first one must be right, or everything would look alike.
    """
    if word == token or (len(word) >= SHORTEST_PREFIX and token.startswith(word)):
        return 0
    allowed = allowed_edits(len(word))
    if not allowed or (len(word) == 4 and word[0] != token[0]):  # noqa: PLR2004 -- the rule itself
        return None
    count = OSA.distance(word, token, score_cutoff=allowed)
    once = 1 + OSA.distance(squeezed(word), squeezed(token), score_cutoff=allowed)
    return least if (least := min(count, once)) <= allowed else None


def mistyped(question: Question, candidates: Iterable[Candidate]) -> list[tuple[Candidate, int, str]]:
    """Keep the candidates with a name close to the question: (candidate, wrong letters, that name).

    Words may come in another order; three words or more may hold one that the name has not. Words written together
    or apart ("maisonduvelo") are compared without their spaces.
    """
    kept = []
    known: dict[tuple[str, str], int | None] = {}
    for candidate in candidates:
        measured = ((_distance(question, name, known), name) for name in candidate.names.split("\n"))
        best = min(((count, name) for count, name in measured if count is not None), key=itemgetter(0), default=None)
        if best:
            kept.append((candidate, *best))
    return kept


def _distance(question: Question, name: str, known: dict[tuple[str, str], int | None]) -> int | None:
    tokens = [word for word in name.split() if word not in STOP_WORDS] or name.split()
    total, missing = 0, 0
    for word in question.words:
        found: list[int] = []
        for token in tokens:
            if (word, token) not in known:
                known[word, token] = edits(word, token)
            if (count := known[word, token]) is not None:
                found.append(count)
        total += min(found, default=0)
        missing += not found
    if not missing or (missing == 1 and len(question.words) >= _ENOUGH_TO_MISS_ONE):
        return total + 3 * missing
    return _joined(question, name.split())


def _joined(question: Question, tokens: Sequence[str]) -> int | None:
    if len(question.words) == len(tokens) == 1:
        return None
    forms = {"".join(tokens), "".join(token for token in tokens if token not in STOP_WORDS)}
    counts = [count for form in forms if form and (count := edits("".join(question.words), form)) is not None]
    return min(counts) + 1 if counts else None


def matched_name(question: Question, names: str) -> str:
    """Give the name of an entry that answers the question best: the whole one, then the first with every word."""
    lines = names.split("\n")
    wanted = question.exact_names
    for line in lines:
        if line in wanted:
            return line
    return next((line for line in lines if _holds(question, line)), lines[0])


def looseness(question: Question, candidate: Candidate) -> int:
    """Tell a title that begins with the question (0), names that hold it as it is (1), or hold its words (2)."""
    if candidate.names.startswith(question.full):
        return 0
    return 1 if question.full in candidate.names else 2


def by_name(question: Question, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Sort: whole names first, then the weight of the kind, how closely the words stand, and the title."""
    return sorted(candidates, key=lambda one: (one.stage, one.weight, looseness(question, one), one.names, one.pk))


def by_edits(found: Iterable[tuple[Candidate, int, str]]) -> list[tuple[Candidate, int, str]]:
    """Sort: fewest wrong letters first, then the weight of the kind and the title."""
    return sorted(found, key=lambda one: (one[1], one[0].weight, one[0].names, one[0].pk))


def _holds(question: Question, line: str) -> bool:
    tokens = line.split()
    return all(
        any(token.startswith(word) if len(word) >= SHORTEST_PREFIX else token == word for token in tokens)
        for word in question.words
    )
