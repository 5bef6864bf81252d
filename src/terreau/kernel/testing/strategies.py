"""Hypothesis strategies that the whole house shares: days, dates, intervals, periods, no dates, whole dossiers."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from terreau.kernel.pure.edtf import OPEN, Edtf, parse, surely_after
from terreau.kernel.pure.periods import Period

MARKS = ("", "", "~", "?", "%")


def days(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[dt.date]:
    """Draw calendar days, both years included."""
    return st.dates(dt.date(first_year, 1, 1), dt.date(last_year, 12, 31))


@st.composite
def edtf_date_texts(draw: st.DrawFn, first_year: int = 1900, last_year: int = 2100, *, marked: bool = True) -> str:
    """Draw the text of a single date, of any precision. marked: with `~`, `?` or `%`, often enough."""
    day = draw(days(first_year, last_year))
    year = f"{day.year:04}"
    shapes = [
        day.isoformat(),
        f"{year}-{day.month:02}",
        year,
        f"{year}-{day.month:02}-XX",
        f"{year}-XX",
        f"{year}-XX-XX",
        f"{year}-{21 + day.month % 4}",
    ]
    shapes += [f"{year[:3]}X"] if day.year >= 10 else []
    shapes += [f"{year[:2]}XX"] if day.year >= 100 else []
    return draw(st.sampled_from(shapes)) + (draw(st.sampled_from(MARKS)) if marked else "")


@st.composite
def edtf_interval_texts(draw: st.DrawFn, first_year: int = 1900, last_year: int = 2100) -> str:
    """Draw the text of an interval, in order, sometimes with an end that is open or not known."""
    texts = edtf_date_texts(first_year, last_year)
    start, end = draw(texts), draw(texts)
    if surely_after(parse(start), parse(end)):
        start, end = end, start
    missing = draw(st.sampled_from(["", OPEN]))
    return draw(st.sampled_from([f"{start}/{end}", f"{start}/{end}", f"{start}/{missing}", f"{missing}/{end}"]))


def edtf_texts(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[str]:
    """Draw any EDTF text that Terreau takes."""
    return edtf_date_texts(first_year, last_year) | edtf_interval_texts(first_year, last_year)


def edtf_dates(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Edtf]:
    """Draw single dates, read."""
    return edtf_date_texts(first_year, last_year).map(parse)


def edtf_intervals(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Edtf]:
    """Draw intervals, read."""
    return edtf_interval_texts(first_year, last_year).map(parse)


def edtfs(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Edtf]:
    """Draw dates and intervals, read."""
    return edtf_texts(first_year, last_year).map(parse)


def periods(first_year: int = 1900, last_year: int = 2100) -> st.SearchStrategy[Period]:
    """Draw checked periods, the ones without any end included."""
    without_ends = st.sampled_from(["/", "../..", "../", "/.."])
    return (edtf_texts(first_year, last_year) | without_ends).map(Period.from_interval)


def junk_texts() -> st.SearchStrategy[str]:
    """Draw texts that mostly are no date: anything at all, and things made of the signs and words of dates."""
    words = st.sampled_from([
        "vers ", "c.", "?", "(", "~", "%", "/", "-", "..", "X",
        "20", "2019", "13", "mars ", "été ", " à ", "de ", "depuis ", "e siècle",
    ])  # fmt: skip
    return st.text() | st.text("0123456789X-/.?~%Y ") | st.lists(words, max_size=12).map("".join)


ODD_TEXTS = (
    "yes", "no", "null", "~", "true", "1.0", "2019", "1_000", "0x1F", "12:30", "2019-01-01", "=", "<<", "..", "- tiret", "-", "? point",
    "clé: valeur", "# dièse", "a #b", "'simple'", '"double"', "l'été", "« guillemets »", "{accolade}", "[crochet]", "&ancre", "*renvoi",
    "!balise", "%directive", "@arobase", "`accent", "|", ">", "deux\nlignes", "trois\n\nlignes", "fin de ligne\n espace", "tab\tulation",
    "retour\r\nchariot", "\u2028 séparateur", "\u00a0 insécable", "\ufeff marque", "emoji 🌱", "a" * 400, "mot " * 100 + "fin", "\x7f",
)  # fmt: skip
"""Texts that a file format likes to misread."""


def dossier_texts(longest: int = 300) -> st.SearchStrategy[str]:
    """Draw texts as a dossier keeps them: not empty, without spaces around, at most `longest` characters."""
    anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
    return (st.sampled_from(ODD_TEXTS) | anything).map(lambda text: text.strip()[:longest].strip()).filter(bool)


def slugs() -> st.SearchStrategy[str]:
    """Draw identifiers."""
    return st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)


@st.composite
def dossiers(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw a whole territory as plain values, file by file: valid, with dates and texts of every form."""
    keys = draw(st.lists(slugs(), min_size=4, max_size=14, unique=True))
    pages = st.integers(1, 400) | st.sampled_from(["22-23", "couverture", "012", "²", "IV"])
    certainties = st.sampled_from(["etablie", "deduite", "percue"])
    visibilities = st.sampled_from(["publique", "membres", "equipe", "privee"])
    source = "s-" + keys[0]

    def one(**fields: tuple[st.SearchStrategy[Any], bool]) -> dict[str, Any]:
        """Draw a document: fields that are obligatory, and those that may be left out."""
        return {name: draw(values) for name, (values, needed) in fields.items() if needed or draw(st.booleans())}

    def citations() -> list[dict[str, Any]]:
        number = draw(st.integers(0, 2))
        stated = (dossier_texts() | st.integers(0, 3000) | st.booleans(), False)
        return [
            {"source": source}
            | one(page=(pages, False), champ=(dossier_texts(40), False), valeur=stated, certitude=(certainties, False))
            for _ in range(number)
        ]

    def span() -> dict[str, Any]:
        first, last = draw(edtf_texts()), draw(edtf_texts())
        if surely_after(parse(first), parse(last)):
            first, last = last, first
        shown = (
            {}
            if surely_after(parse(first), parse(last))
            else {"debut": first, "fin": draw(st.sampled_from([last, OPEN]))}
        )
        return {name: value for name, value in shown.items() if draw(st.booleans())}

    organisations = [
        {"id": key, "nature": "n1", "nom": draw(dossier_texts()), "sources": citations()}
        | one(
            commune=(dossier_texts(120), False), note=(dossier_texts(), False), anonyme=(st.booleans(), False),
            creation=(edtf_texts(), False), visibilite=(visibilities, False), activites=(st.lists(dossier_texts(), max_size=3), False),
            themes=(st.lists(st.sampled_from(["t1", "t2"]), unique=True), False), resume=(dossier_texts(), False),
        )
        | {
            "autres_noms": [
                {"nom": draw(dossier_texts()), "type": draw(st.sampled_from(["sigle", "usage", "ancien_nom"])), "source": source} | span()
                for _ in range(draw(st.integers(0, 2)))
            ]
        }
        for key in keys
    ]  # fmt: skip
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda pair: pair[0] != pair[1]), max_size=6
        )
    )
    people = [f"p-{number}" for number in range(draw(st.integers(1, 4)))]
    objects = st.lists(st.sampled_from(keys), unique=True, max_size=3)
    return {
        "territoire": {
            "id": "essai", "nom": draw(dossier_texts(120)), "themes": [{"id": "t1", "nom": "Eau"}, {"id": "t2", "nom": draw(dossier_texts(120))}],
            "traits": [{"theme": "t1", "texte": draw(dossier_texts()), "sources": citations()} for _ in range(draw(st.integers(0, 3)))],
        },
        "sources": {"sources": [{"id": source, "titre": draw(dossier_texts()), "genre": "lettre"} | one(annee=(edtf_texts(), False), auteurs=(st.lists(dossier_texts(), max_size=2), False))]},
        "organisations": {"natures": [{"id": "n1", "nom": draw(dossier_texts(120))}], "organisations": organisations},
        "relations": {
            "types": [{"id": "k1", "nom": "porte", "inverse": "est porté par", "poids": draw(st.sampled_from([1, 2, 0.5, 1.25]))}],
            "relations": [
                {"id": f"r-{number}", "de": left, "vers": right, "type": "k1", "sources": citations()}
                | span() | one(certitude=(certainties, False), note=(dossier_texts(), False))
                for number, (left, right) in enumerate(pairs)
            ],
        },
        "fonctions": {
            "personnes": [{"id": person} | one(anonyme=(st.booleans(), False), visibilite=(visibilities, False)) for person in people],
            "fonctions": [
                {"id": f"f-{number}", "personne": draw(st.sampled_from(people)), "organisation": draw(st.sampled_from(keys)), "fonction": draw(dossier_texts(200))}
                | span()
                for number in range(draw(st.integers(0, 4)))
            ],
        },
        "contradictions": {
            "contradictions": [
                {
                    "id": f"c-{number}", "sujet": draw(dossier_texts()), "type": "date", "gravite": "faible", "origine": "interne",
                    "objets": draw(objects), "enonces": [{"enonce": draw(dossier_texts()), "source": source, "page": draw(pages)}],
                }
                for number in range(draw(st.integers(0, 3)))
            ],
            "lacunes": [{"id": f"l-{number}", "sujet": draw(dossier_texts()), "objets": draw(objects)} for number in range(draw(st.integers(0, 2)))],
        },
    }  # fmt: skip
