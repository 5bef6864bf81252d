"""How likely two profiles are one organisation, and why.

Each reason in favour is worth a share of certainty (FOR), each reason against keeps a share of it (AGAINST):

    score = (1 - product of (1 - share) over reasons in favour) x product of shares kept over reasons against

so reasons add up without ever passing 1, their order does not matter, and each can be read alone: a share is about how
often two French records that have only this in common are one organisation. A number of a register nearly decides; a
name alone never does; a name in a commune nearly does; a phone or a site may be shared by a house of associations.

Names are compared word by word, rare words weighing more (soft TF-IDF: Cohen, Ravikumar and Fienberg, "A Comparison
of String Distance Metrics for Name-Matching Tasks", 2003), with rapidfuzz for words that are nearly the same.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import cos, fsum, hypot, log, radians

from rapidfuzz.fuzz import ratio

from terreau.duplicates.pure.normalising import (
    USUAL,
    address_of,
    commune_of,
    compact_of,
    email_of,
    initials_of,
    phone_of,
    siren_of,
    site_of,
    words_of,
)
from terreau.duplicates.pure.profiles import Profile

Reason = tuple[str, float]
"""A code (`duplicates.enums.Because` has its words), and a degree between 0 and 1."""

FOR = {
    "siret": 0.97, "rna": 0.95, "siren": 0.8, "identifier": 0.9, "same_name": 0.72, "name": 0.62, "acronym": 0.45,
    "email": 0.6, "phone": 0.5, "site": 0.5, "host": 0.3, "address": 0.4, "point": 0.2, "commune": 0.25,
}  # fmt: skip
"""The share of certainty that a reason brings alone. "name" brings it in proportion of how close the names are."""
AGAINST = {
    "other_siren": 0.25, "branch": 0.2, "other_rna": 0.45, "other_commune": 0.45, "other_name": 0.5, "usual_name": 0.7,
    "tied": 0.5,
}  # fmt: skip
"""The share that a reason against leaves."""
SHOWN = 0.6
"""Pairs are proposed from this score on: a same name in a same commune, or a close name and a phone, are above it."""
CLOSE = 0.8
"""From which likeness names are said to be close; under FAR they are said to be different."""
FAR = 0.4
CONTAINED = 0.84
"""How alike a name and the longer one that holds it are, when it holds at least MOSTLY of the weight of its words."""
MOSTLY = 0.6
NEARLY = 84.0
"""From which ratio (rapidfuzz, 0 to 100) two words are one word with a slip."""
MOST_NAMES = 12
NEAR_METRES = 40.0
METRES_PER_DEGREE = 111_320.0
ACRONYM = (3, 10)
"""Letters, at least and at most."""
SIDES = frozenset({"nord", "sud", "est", "ouest"})
RARE = 2.0
"""Weight of the rarest word of a name under which the name is that of many (comité des fêtes)."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to be compared. compact: its letters, but for the legal form; telling: those of its telling words.

    marks: numbers and cardinal points, which tell apart names otherwise alike.
    """

    words: tuple[str, ...]
    compact: str
    telling: str
    initials: str
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ready:
    """A profile ready to be compared: everything normalised once."""

    id: Hashable
    names: tuple[Name, ...]
    identifiers: frozenset[tuple[str, str]]
    sirens: frozenset[str]
    commune: str
    commune_code: str
    postcode: str
    address: str
    phones: frozenset[str]
    hosts: frozenset[str]
    sites: frozenset[str]
    emails: frozenset[str]
    point: tuple[float, float] | None
    parent: Hashable
    tied: frozenset[Hashable]
    sirets: frozenset[str]
    rnas: frozenset[str]


def ready(profile: Profile) -> Ready:
    """Normalise a profile. Names beyond the twelfth are not compared."""
    sites = [site_of(site) for site in profile.sites if site]
    identifiers = frozenset((scheme, "".join(value.split()).upper()) for scheme, value in profile.identifiers if value)
    return Ready(
        id=profile.id,
        names=tuple(dict.fromkeys(_name(name) for name in profile.names[:MOST_NAMES] if name.strip())),
        identifiers=identifiers,
        sirens=siren_of(identifiers),
        commune=commune_of(profile.commune),
        commune_code=profile.commune_code.strip().upper(),
        postcode=profile.postcode.strip(),
        address=address_of(profile.address),
        phones=frozenset(filter(None, map(phone_of, profile.phones))),
        hosts=frozenset(host for host, _whole in sites if host),
        sites=frozenset(whole for _host, whole in sites if whole),
        emails=frozenset(filter(None, map(email_of, profile.emails))),
        point=profile.point,
        parent=profile.parent,
        tied=profile.tied,
        sirets=frozenset(value for scheme, value in identifiers if scheme == "siret"),
        rnas=frozenset(value for scheme, value in identifiers if scheme == "rna"),
    )


def _name(name: str) -> Name:
    words = words_of(name)
    marks = frozenset(word for word in words if word.isdigit() or word in SIDES)
    return Name(words, compact_of(name), "".join(words), initials_of(name), marks)


class Rarity:
    """How much a word of a name weighs: the rarer among the profiles, the more; a usual word of French names, little.

    counts: word → in how many profiles; total: of how many.
    """

    def __init__(self, counts: dict[str, int], total: int) -> None:
        self.counts = counts
        self.total = total
        self._known: dict[str, float] = {}

    def __call__(self, word: str) -> float:
        known = self._known.get(word)
        if known is None:
            # Among few records nothing is rare: count as among a thousand, where each is met as often.
            total = max(self.total, 1000)
            known = max(log(total / (self.counts.get(word, 0) + 1)) / 2, 0.3)
            if word in USUAL:
                known = min(known, 1.0)
            if word.isdigit():
                known = min(known, 1.5)
            self._known[word] = known
        return known


Weight = Callable[[str], float]


def likeness(one: Name, other: Name, weight: Weight) -> float:
    """Say how alike two names are, from 0 to 1, the same both ways.

    1 is the same words in any order, or the same letters in other words. Two numbers or two cardinal points that differ
    make them different names (« École 12 », « École 13 »).
    """
    if not one.words or not other.words:
        return 0.0
    if one.compact == other.compact or one.telling == other.telling:
        return 1.0
    first, second = set(one.words), set(other.words)
    common = first & second
    matched = fsum(map(weight, common))
    whole = fsum(map(weight, first)) + fsum(map(weight, second))
    shared = 2 * matched
    left, right = sorted(first - common), sorted(second - common)
    if left and right:
        shared += _slips(left, right, weight)
    found = shared / whole if whole else 0.0
    if found < CONTAINED and len(common) > 1 and common in (first, second) and _holds(common, matched, whole, weight):
        found = CONTAINED
    if found < CLOSE and len(one.compact) > 7 and len(other.compact) > 7:  # noqa: PLR2004 -- letters enough to compare
        glued = ratio(one.compact, other.compact, score_cutoff=92.0) / 100
        found = max(found, glued * 0.97)
    if one.marks != other.marks and one.marks - other.marks and other.marks - one.marks:
        found = min(found, 0.6)
    return min(found, 1.0)


def _holds(common: set[str], matched: float, whole: float, weight: Weight) -> bool:
    """Whether a longer name mostly is the shorter one, all of whose words it has: by weight, a rare word among them.

    matched: weight of the common words; whole: of the words of both names.
    """
    return matched >= MOSTLY * (whole - matched) and max(map(weight, common)) >= RARE


def _slips(left: Sequence[str], right: Sequence[str], weight: Weight) -> float:
    """Weigh the words that are nearly the same, each matched once, the closest first."""
    close: list[tuple[float, list[str], str, str]] = [
        (-degree, sorted((word, other)), word, other)
        for word in left
        for other in right
        if len(word) > 3 and len(other) > 3 and (degree := ratio(word, other, score_cutoff=NEARLY))  # noqa: PLR2004 -- letters
    ]
    shared = 0.0
    taken: set[tuple[int, str]] = set()
    for minus, _both, word, other in sorted(close):
        if (0, word) not in taken and (1, other) not in taken:
            taken |= {(0, word), (1, other)}
            shared += -minus / 100 * (weight(word) + weight(other))
    return shared


def is_acronym(one: Name, other: Name) -> bool:
    """Whether one name is the first letters of the other: three to ten, of at least three words."""
    return _shortens(one, other) or _shortens(other, one)


def _shortens(short: Name, long: Name) -> bool:
    letters = short.compact
    if len(short.words) != 1 or len(long.words) < ACRONYM[0] or letters.isdigit():
        return False
    in_bounds = ACRONYM[0] <= len(letters) <= ACRONYM[1]
    return in_bounds and letters in (long.initials, "".join(word[0] for word in long.words))


def weigh(one: Ready, other: Ready, weight: Weight) -> tuple[float, tuple[Reason, ...]]:
    """Score a pair, with its reasons, those in favour first. The same whichever is given first."""
    found: list[Reason] = []
    found += _by_number(one, other)
    decided = any(code in {"siret", "rna", "identifier"} for code, _degree in found)
    found += _by_name(one, other, weight, decided=decided)
    found += _by_contact(one, other)
    found += _by_place(one, other)
    if ("commune", 1.0) in found:
        # Two committees of one commune with the usual name are one committee, most often.
        found = [reason for reason in found if reason[0] != "usual_name"]
    found.sort(key=lambda reason: reason[0] in AGAINST)
    return _total(found), tuple(found)


def _total(reasons: Sequence[Reason]) -> float:
    doubt = kept = 1.0
    for code, degree in reasons:
        if code in FOR:
            doubt *= 1 - FOR[code] * degree
        else:
            kept *= AGAINST[code]
    return round((1 - doubt) * kept, 4)


def _by_number(one: Ready, other: Ready) -> list[Reason]:
    found: list[Reason] = []
    if one.identifiers and other.identifiers:
        found += _by_register(one, other)
    is_branch = (one.parent is not None and one.parent == other.id) or (
        other.parent is not None and other.parent == one.id
    )
    if is_branch and ("branch", 1.0) not in found:
        found.append(("branch", 1.0))
    if one.id in other.tied or other.id in one.tied:
        found.append(("tied", 1.0))
    return found


def _by_register(one: Ready, other: Ready) -> list[Reason]:
    found: list[Reason] = []
    shared = {scheme for scheme, _value in one.identifiers & other.identifiers}
    if "siret" in shared:
        found.append(("siret", 1.0))
    elif one.sirens and other.sirens:
        if not one.sirens & other.sirens:
            found.append(("other_siren", 1.0))
        elif one.sirets and other.sirets:
            found.append(("branch", 1.0))
        else:
            found.append(("siren", 1.0))
    if "rna" in shared:
        found.append(("rna", 1.0))
    elif one.rnas and other.rnas:
        found.append(("other_rna", 1.0))
    if shared - {"siret", "siren", "rna"}:
        found.append(("identifier", 1.0))
    return found


def _by_name(one: Ready, other: Ready, weight: Weight, *, decided: bool) -> list[Reason]:
    """Compare every name with every name, and keep the closest pair."""
    best, rarest, acronym = 0.0, 0.0, False
    for name in one.names:
        for second in other.names:
            degree = likeness(name, second, weight)
            acronym = acronym or (degree < CLOSE and is_acronym(name, second))
            if degree >= best:
                rare = max(map(weight, {*name.words} & {*second.words}), default=RARE)
                best, rarest = degree, max(rare, rarest if degree == best else 0.0)
    if best >= 0.995:  # noqa: PLR2004 -- the same, but for rounding
        found: list[Reason] = [("same_name", 1.0)]
    elif best >= CLOSE:
        found = [("name", round(best, 2))]
    elif acronym:
        return [("acronym", 1.0)]
    elif best < FAR and not decided and one.names and other.names:
        return [("other_name", 1.0)]
    else:
        return []
    return [*found, ("usual_name", 1.0)] if rarest < RARE and not decided else found


def _by_contact(one: Ready, other: Ready) -> list[Reason]:
    found: list[Reason] = []
    if one.emails & other.emails:
        found.append(("email", 1.0))
    if one.phones & other.phones:
        found.append(("phone", 1.0))
    if one.sites & other.sites:
        found.append(("site", 1.0))
    elif one.hosts & other.hosts:
        found.append(("host", 1.0))
    return found


def _by_place(one: Ready, other: Ready) -> list[Reason]:
    found: list[Reason] = []
    together = same_commune(one, other)
    if together is not None:
        found.append(("commune" if together else "other_commune", 1.0))
    if one.address and together is not False and same_address(one.address, other.address):
        found.append(("address", 1.0))
    elif one.point and other.point and metres(one.point, other.point) <= NEAR_METRES:
        found.append(("point", 1.0))
    return found


def same_commune(one: Ready, other: Ready) -> bool | None:
    """Whether two communes are one: by code, else by name, else by postcode; None when it cannot be told."""
    if one.commune_code and other.commune_code:
        return one.commune_code == other.commune_code
    if one.commune and other.commune:
        return one.commune == other.commune or ratio(one.commune, other.commune) > 90  # noqa: PLR2004 -- a slip
    if one.postcode and other.postcode:
        return one.postcode == other.postcode
    return None


def same_address(one: str, other: str) -> bool:
    """Whether two folded addresses are one: the same numbers, and nearly the same words."""
    if one == other:
        return True
    numbers = [{word for word in text.split() if word[0].isdigit()} for text in (one, other)]
    return bool(other) and numbers[0] == numbers[1] and ratio(one, other) >= 90  # noqa: PLR2004 -- a slip


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the distance between two near points, on a plane that touches the earth there."""
    wide = (one[0] - other[0]) * cos(radians((one[1] + other[1]) / 2))
    return METRES_PER_DEGREE * hypot(wide, one[1] - other[1])
