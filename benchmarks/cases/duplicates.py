"""Finding duplicates among organisations whose truth is known, beside comparing each name with all others."""

import random
import resource
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from benchmarks import generate
from benchmarks.measure import Row, timed
from terreau.directory.models import Identifier, Nature, Organisation
from terreau.duplicates import services
from terreau.duplicates.models import Candidate
from terreau.kernel.pure.actor import SYSTEM
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

ORGANISATIONS = 150_000
QUICK = 6000
MOST_S = 120
COPIES = 0.08
"""The share of organisations that are met a second time, written otherwise."""
USUAL = ("Comité des fêtes", "Amicale laïque", "Les Restos du Cœur", "Secours populaire français", "Club des aînés")
SYLLABLES = ("ba", "cor", "dé", "fla", "gui", "lo", "mé", "nar", "or", "pi", "qui", "ra", "sel", "ti", "vau", "zé")
LEGAL = ("Association ", "ASSO. ", "ASS ", "SCIC ")
Truth = dict[str, str]
"""The key of an organisation → that of the one that it is a copy of."""


def duplicates(data: Path, quick: bool) -> list[Row]:
    """Read, block, weigh and write the pairs of a territory; then again, when nothing changed."""
    count = QUICK if quick else ORGANISATIONS
    territory, truth = filled(count)
    before = peak()
    with timed() as first:
        done = services.search(territory, by=SYSTEM)
    memory = peak() - before
    with timed() as second:
        again = services.search(territory, by=SYSTEM)
    if again.created or again.updated or again.closed:
        raise RuntimeError(f"the second search changed pairs: {again}")
    recall, precision = judged(territory, truth)
    naive, sample = naively(territory, 40 if quick else 25)
    note = f"{done.open} pairs, {first.processor:.1f} s of processor, reading and writing included"
    beside = {f"token_sort_ratio of each name with all, extrapolated from {sample}": naive}
    return [
        Row(f"search of {done.compared} organisations", first.seconds, "s", MOST_S, beside, note),
        Row("search again, nothing changed", second.seconds, "s", MOST_S, {"the first search": first.seconds}),
        Row("share of true pairs found", recall, "", 0.9, note=f"{len(truth)} true pairs", faster_is_more=True),
        Row("share of proposed pairs that are true", precision, "", 0.9, faster_is_more=True),
        Row("memory that the search adds", memory, "MB"),
    ]


def peak() -> float:
    """Give the most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def filled(count: int) -> tuple[Territory, Truth]:
    """Make a territory of organisations, some of them twice, beside homonyms, branches, neighbours and tenants."""
    territory = Territory.objects.create(slug="doublons", name="Doublons")
    nature = Nature.objects.create(territory=territory, key="association", name="Association")
    draw = random.Random(count)
    rows, numbers, truth = [], [], {}
    for at, (values, siret, original) in enumerate(drawn(draw, count)):
        row = Organisation(territory=territory, nature=nature, key=f"o{at}", **values)
        rows.append(row)
        if siret:
            numbers.append(Identifier(organisation=row, scheme="siret", value=siret))
        if original is not None:
            truth[f"o{at}"] = f"o{original}"
    Organisation.objects.bulk_create(rows, batch_size=500)
    Identifier.objects.bulk_create(numbers, batch_size=1000)
    return territory, truth


def drawn(draw: random.Random, count: int) -> Iterator[tuple[dict[str, Any], str, int | None]]:
    """Give each organisation: its columns, its SIRET or "", the place of the one that it copies or None."""
    towns = [f"{draw.choice(generate.TOWNS)}-{word(draw)}" for _ in range(max(20, count // 150))]
    known: list[tuple[dict[str, Any], str]] = []
    places: list[int] = []
    at = 0
    while at < count:
        if known and draw.random() < COPIES:
            chosen = draw.randrange(len(known))
            values, siret = known.pop(chosen)
            yield (*written_otherwise(draw, values, siret), places.pop(chosen))
        else:
            values, siret = original(draw, at, towns, known)
            yield values, siret, None
            if not values["name"].startswith(USUAL):
                known.append((values, siret))
                places.append(at)
        at += 1


def original(
    draw: random.Random, at: int, towns: list[str], known: list[tuple[dict[str, Any], str]]
) -> tuple[dict[str, Any], str]:
    """Draw an organisation: mostly of its own, sometimes a homonym, a branch, a tenant or a neighbour of one."""
    town = draw.randrange(len(towns))
    values = {
        "name": f"{draw.choice(generate.FIRST)} {draw.choice(generate.SECOND)} {word(draw).capitalize()}",
        "commune": towns[town],
        "postcode": f"59{town % 1000:03}",
        "address": f"{draw.randrange(1, 150)} {draw.choice(('rue', 'avenue', 'boulevard'))} {draw.choice(generate.SECOND)} {word(draw)}",
        "telephone": f"03{draw.randrange(10**8):08}",
        "site": f"https://www.{word(draw)}{at}.example/",
    }  # fmt: skip
    siret = f"{at:09}00017"
    kind = draw.random()
    if kind < 0.06:  # noqa: PLR2004 -- shares of the mixture
        values["name"] = f"{draw.choice(USUAL)}"
        values |= {"site": "", "commune": f"{towns[town]} {at}", "postcode": f"{at % 95000:05}"}
    elif known and kind < 0.10:  # noqa: PLR2004 -- branches of one unit
        parent, number = draw.choice(known)
        return values | {"name": parent["name"], "site": parent["site"]}, f"{number[:9]}{draw.randrange(20, 99):05}"
    elif known and kind < 0.14:  # noqa: PLR2004 -- tenants of one house
        host, _number = draw.choice(known)
        values |= {name: host[name] for name in ("commune", "postcode", "address", "telephone")}
    elif known and kind < 0.18:  # noqa: PLR2004 -- neighbours that have nearly the same name
        near, _number = draw.choice(known)
        head = near["name"].rsplit(" ", 1)[0]
        values |= {"name": f"{head} {word(draw)}", "commune": near["commune"], "postcode": near["postcode"]}
    return values, siret


def written_otherwise(draw: random.Random, values: dict[str, Any], siret: str) -> tuple[dict[str, Any], str]:
    """Write an organisation as another source does: other letters in its name, fewer columns, other abbreviations."""
    name = values["name"]
    match draw.randrange(7):
        case 0:
            name = draw.choice(LEGAL) + name
        case 1:
            name = "".join(
                letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter)
            ).upper()
        case 2:
            place = draw.randrange(1, len(name) - 1)
            name = name[:place] + name[place + 1 :]
        case 3:
            first, *others = name.split()
            name = " ".join((*others, first))
        case 4:
            name = " ".join(name.split()[-2:])
        case 5:
            name = "".join(part[0] for part in name.split()).upper()
        case _:
            name = name.replace(" de la ", " ").replace(" des ", " ").replace(" du ", " ")
    phone = values["telephone"]
    kept = {
        "telephone": f"+33 {phone[1]} {phone[2:4]} {phone[4:6]} {phone[6:8]} {phone[8:]}" if draw.random() < 0.5 else "",  # noqa: PLR2004 -- half
        "site": values["site"].replace("https://www.", "http://") + "accueil" if draw.random() < 0.3 else "",  # noqa: PLR2004 -- fewer
        "address": values["address"].replace("boulevard", "bd").replace("avenue", "av.") if draw.random() < 0.6 else "",  # noqa: PLR2004 -- more
        "commune": values["commune"].upper() + draw.choice(("", " CEDEX")) if draw.random() < 0.9 else "",  # noqa: PLR2004 -- most
    }  # fmt: skip
    return values | kept | {"name": name}, siret if draw.random() < 0.4 else ""  # noqa: PLR2004 -- two in five


def word(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.choice((2, 3, 3, 4))))


def judged(territory: Territory, truth: Truth) -> tuple[float, float]:
    """Give the share of true pairs that were found, and of pairs found that are true."""
    pairs = Candidate.objects.filter(territory=territory).values_list("first__key", "second__key")
    found = {frozenset(pair) for pair in pairs}
    wanted = {frozenset(pair) for pair in truth.items()}
    return len(found & wanted) / len(wanted), len(found & wanted) / max(len(found), 1)


def naively(territory: Territory, sample: int) -> tuple[float, int]:
    """Give the seconds that comparing each name with all the others would take, from a few of them.

    `rapidfuzz.process.cdist` would do the same comparisons, but needs NumPy, which the house does without.
    """
    rows: Any = Organisation.objects.of(territory)
    names = [fold(name) for name in rows.order_by("pk").values_list("name", flat=True)]
    draw = random.Random(1)
    start = time.perf_counter()
    for name in draw.sample(names, sample):
        process.extract(name, names, scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=None)
    return (time.perf_counter() - start) / sample * len(names) / 2, sample
