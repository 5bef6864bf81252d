"""Pairs of profiles that may be one organisation, found without comparing each with all.

Profiles are compared only when they share a key: a number, a phone, an e-mail, a site, an address, a whole name, a rare
word, a word in a commune, the beginning or the end of a name in a commune. Profiles are ranked by name; a key that more
than MOST share (a switchboard, a word in a big town) compares each with its WINDOW neighbours of that rank only (sorted
neighbourhood: Hernández and Stolfo, "The Merge/Purge Problem for Large Databases", SIGMOD 1995). So the work is at
most keys x MOST, whatever the data; memory holds the profiles and two arrays of 12 bytes a key, never the pairs.

The pairs, their scores and reasons depend on the set of profiles alone, not on the order in which they come.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from terreau.duplicates.pure.normalising import USUAL
from terreau.duplicates.pure.profiles import Profile
from terreau.duplicates.pure.weighing import SHOWN, Rarity, Ready, Reason, ready, weigh

MOST = 40
WINDOW = 8
RARE_IN = 60
"""A word that more profiles bear is no key by itself."""
EDGE = 5
BITS = 64


@dataclass(frozen=True, slots=True)
class Pair:
    """Two profiles that look like one. first and second: by text of their ids; reasons: those in favour first."""

    first: Hashable
    second: Hashable
    score: float
    reasons: tuple[Reason, ...]


class Index:
    """Profiles ready to be compared, among themselves (`pairs`) or with newcomers (`pairs_with`)."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        """Read the profiles once; their ids are all different. About 4 kB of memory each."""
        self.profiles = sorted(map(ready, profiles), key=_rank)
        self._ranks = [_rank(profile) for profile in self.profiles]
        counts: Counter[str] = Counter()
        for profile in self.profiles:
            counts.update({word for name in profile.names for word in name.words})
        self.counts = counts
        self.rarity = Rarity(counts, len(self.profiles))
        entries = sorted(
            (hash(key) & (1 << BITS) - 1) << 32 | place
            for place, profile in enumerate(self.profiles)
            for key in self._keys(profile)
        )
        self._hashes = array("Q", (entry >> 32 for entry in entries))
        self._places = array("I", (entry & 0xFFFFFFFF for entry in entries))

    def pairs(self, least: float = SHOWN) -> Iterator[Pair]:
        """Give each pair once, in the order of names."""
        for place, profile in enumerate(self.profiles):
            after: set[int] = set()
            for low, high in self._blocks(profile):
                start = bisect_right(self._places, place, low, high)
                stop = high if high - low <= MOST else min(high, start + WINDOW)
                after.update(self._places[start:stop])
            for other in sorted(after):
                if found := self._weighed(profile, self.profiles[other], least):
                    yield found

    def pairs_with(self, profiles: Iterable[Profile], least: float = SHOWN) -> Iterator[Pair]:
        """Give the pairs of a newcomer and a known profile, newcomer by newcomer. `first` is the newcomer."""
        for newcomer in profiles:
            profile = ready(newcomer)
            place = bisect_left(self._ranks, _rank(profile))
            around: set[int] = set()
            for low, high in self._blocks(profile):
                start, stop = low, high
                if high - low > MOST:
                    middle = bisect_left(self._places, place, low, high)
                    start, stop = max(low, middle - WINDOW), min(high, middle + WINDOW)
                around.update(self._places[start:stop])
            for other in sorted(around):
                known = self.profiles[other]
                if known.id == profile.id:
                    continue
                score, reasons = weigh(profile, known, self.rarity)
                if score >= least:
                    yield Pair(profile.id, known.id, score, reasons)

    def _blocks(self, profile: Ready) -> Iterator[tuple[int, int]]:
        for key in self._keys(profile):
            wanted = hash(key) & (1 << BITS) - 1
            low = bisect_left(self._hashes, wanted)
            high = bisect_right(self._hashes, wanted, low)
            if high > low:
                yield low, high

    def _weighed(self, one: Ready, other: Ready, least: float) -> Pair | None:
        score, reasons = weigh(one, other, self.rarity)
        if score < least:
            return None
        first, second = sorted((one.id, other.id), key=str)
        return Pair(first, second, score, reasons)

    def _keys(self, profile: Ready) -> set[tuple[str, ...]]:
        """Give the keys under which a profile is looked for."""
        keys: set[tuple[str, ...]] = {("number", *pair) for pair in profile.identifiers}
        keys |= {("number", "siren", siren) for siren in profile.sirens}
        keys |= {("phone", phone) for phone in profile.phones}
        keys |= {("email", email) for email in profile.emails}
        keys |= {("site", site) for site in profile.hosts | profile.sites}
        places = {profile.commune, profile.commune_code, profile.postcode} - {""}
        if profile.address:
            keys |= {("address", place, profile.address) for place in places or {""}}
        for name in profile.names:
            keys |= {("name", name.compact), ("name", name.telling)}
            keys |= {("word", word) for word in name.words if self.counts.get(word, 0) <= RARE_IN and word not in USUAL}
            if len(name.words) > 2:  # noqa: PLR2004 -- an acronym needs three words
                keys |= {("name", name.initials), ("name", "".join(word[0] for word in name.words))}
            for place in places:
                keys |= {("word", place, word) for word in name.words if word not in USUAL}
                keys |= {("starts", place, name.compact[:EDGE]), ("ends", place, name.compact[-EDGE:])}
            if not places:
                keys |= {("starts", name.compact[:EDGE]), ("ends", name.compact[-EDGE:])}
        return keys


def pairs(profiles: Iterable[Profile], least: float = SHOWN) -> Iterator[Pair]:
    """Give each pair of profiles that look like one from a score on, once, with its reasons."""
    yield from Index(profiles).pairs(least)


def pairs_with(profiles: Iterable[Profile], index: Index, least: float = SHOWN) -> Iterator[Pair]:
    """Give the pairs of newcomers with what an index holds, before they are brought in."""
    yield from index.pairs_with(profiles, least)


def _rank(profile: Ready) -> tuple[str, str]:
    return (min((name.compact for name in profile.names), default=""), str(profile.id))
