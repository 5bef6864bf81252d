"""Writings made comparable: two ways to write one thing give one text, and two things seldom do."""

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from terreau.kernel.search.folding import fold

LEGAL = frozenset(
    [
        "association",
        "assoc",
        "ass",
        "asso",
        "loi",
        "1901",
        "sarl",
        "sas",
        "sasu",
        "sa",
        "eurl",
        "scop",
        "scic",
        "scea",
        "gie",
        "gip",
        "geiq",
        "siae",
        "ste",
        "societe",
        "cooperative",
        "coop",
        "sca",
        "scp",
        "snc",
        "sci",
        "entreprise",
        "ets",
        "etablissement",
        "etablissements",
        "groupement",
        "federation",
        "fondation",
        "mutuelle",
    ]
)
"""Words of legal form: they are left out of a name, unless nothing else is in it."""
SMALL = frozenset(
    [
        "a",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "pour",
        "par",
        "sur",
        "sous",
        "chez",
        "dans",
        "s",
        "un",
        "une",
        "ou",
        "avec",
    ]
)
USUAL = frozenset(
    [
        "centre",
        "social",
        "maison",
        "comite",
        "fetes",
        "amicale",
        "club",
        "les",
        "amis",
        "amicales",
        "sportive",
        "sport",
        "sports",
        "football",
        "foyer",
        "rural",
        "jeunes",
        "culture",
        "culturel",
        "loisirs",
        "restos",
        "restaurants",
        "coeur",
        "secours",
        "populaire",
        "catholique",
        "francais",
        "france",
        "croix",
        "rouge",
        "emmaus",
        "mission",
        "locale",
        "local",
        "pole",
        "emploi",
        "mairie",
        "ville",
        "commune",
        "communaute",
        "agglomeration",
        "departement",
        "region",
        "service",
        "services",
        "union",
        "groupe",
        "collectif",
        "atelier",
        "ateliers",
        "jardin",
        "jardins",
        "ecole",
        "parents",
        "eleves",
        "anciens",
        "combattants",
        "aide",
        "domicile",
        "insertion",
        "chantier",
        "solidaire",
        "solidarite",
        "solidarites",
        "ensemble",
        "vie",
        "espace",
        "point",
        "reseau",
        "antenne",
        "section",
        "departementale",
        "regionale",
        "nationale",
    ]
)
"""Words that many names bear wherever one looks: they say less than the others, even among few records."""
ROADS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "blvd": "boulevard", "bvd": "boulevard", "r": "rue",
    "pl": "place", "che": "chemin", "ch": "chemin", "imp": "impasse", "rte": "route", "all": "allee", "sq": "square",
    "fg": "faubourg", "fbg": "faubourg", "res": "residence", "za": "zone artisanale", "zi": "zone industrielle",
    "zac": "zone amenagement", "st": "saint", "ste": "sainte", "dr": "docteur", "gal": "general", "mal": "marechal",
    "pdt": "president", "pt": "pont", "crs": "cours", "qu": "quai", "qai": "quai", "bat": "batiment", "b p": "bp",
}  # fmt: skip
SHARED_HOSTS = frozenset(
    [
        "facebook.com",
        "helloasso.com",
        "instagram.com",
        "twitter.com",
        "x.com",
        "linkedin.com",
        "youtube.com",
        "google.com",
        "wixsite.com",
        "wordpress.com",
        "blogspot.com",
        "over-blog.com",
        "jimdofree.com",
        "jimdo.com",
        "e-monsite.com",
        "free.fr",
        "pagesperso-orange.fr",
        "wanadoo.fr",
        "canalblog.com",
        "assoconnect.com",
        "linktr.ee",
        "framasite.org",
        "gouv.fr",
        "net1901.org",
        "sites.google.com",
        "webnode.fr",
        "weebly.com",
        "github.io",
        "gitlab.io",
        "webador.fr",
        "business.site",
        "tumblr.com",
        "unblog.fr",
        "asso.fr",
        "pagesjaunes.fr",
        "societe.com",
        "leboncoin.fr",
        "mastodon.social",
    ]
)
"""Hosts where many speak, each at an address of its own: only the whole address tells one from another."""
PHONE = re.compile(r"[^\d+]+")


def words_of(name: str) -> tuple[str, ...]:
    """Give the telling words of a name, folded, in order: neither its legal form nor its small words.

    A name made of nothing else keeps what it has. « Association L'Œuf » and « OEUF (Asso) » both give ("oeuf",).
    """
    words = fold(name).split()
    told = [word for word in words if word not in SMALL and word not in LEGAL]
    told = told or [word for word in words if word not in SMALL] or words
    return tuple(sys.intern(word) for word in told)


def compact_of(name: str) -> str:
    """Give the letters of a name without its legal form, in one word: « La Maison du Vélo » is lamaisonduvelo."""
    words = fold(name).split()
    return "".join(word for word in words if word not in LEGAL) or "".join(words)


def initials_of(name: str) -> str:
    """Give the first letters of the words of a name, small words left out."""
    return "".join(word[0] for word in fold(name).split() if word not in SMALL)


def phone_of(text: str) -> str:
    """Write a French number in E.164 (« 03 27 00 00 00 » is +33327000000); other countries must say theirs. Or ""."""
    digits = PHONE.sub("", text.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    if digits.startswith("+330"):
        digits = f"+33{digits[4:]}"
    if not digits.startswith("+"):
        digits = f"+33{digits[1:]}" if len(digits) == 10 and digits[0] == "0" else ""  # noqa: PLR2004 -- ten digits
    number = digits[1:]
    if not (number.isdigit() and 8 <= len(number) <= 15) or len(set(number[2:])) == 1:  # noqa: PLR2004 -- E.164
        return ""
    return "" if digits.startswith("+33") and len(digits) != 12 else digits  # noqa: PLR2004 -- +33 and nine digits


@lru_cache(maxsize=4096)
def site_of(text: str) -> tuple[str, str]:
    """Give the host of an address, without www, and host with path; the host is "" where many share it."""
    text = text.strip().lower()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return "", ""
    if "." not in host:
        return "", ""
    path = parts.path.rstrip("/").removesuffix("/index.html").removesuffix("/index.php")
    whole = host + path + (f"?{parts.query}" if parts.query and is_shared(host) else "")
    if is_shared(host):
        own = host not in SHARED_HOSTS
        return "", whole if path or parts.query or own else ""
    return host, whole


def is_shared(host: str) -> bool:
    """Whether many organisations speak at this host, or under it."""
    labels = host.split(".")
    return any(".".join(labels[place:]) in SHARED_HOSTS for place in range(len(labels) - 1))


def email_of(text: str) -> str:
    return text.strip().lower() if "@" in text else ""


@lru_cache(maxsize=8192)
def address_of(text: str) -> str:
    """Write a street address folded, roads in full, what is not a street left out; "" without a word of a street."""
    words = [ROADS.get(word, word) for word in fold(text).split()]
    words = [word for word in words if word not in SMALL and word not in {"bis", "cedex"}]
    if "bp" in words:
        words = words[: words.index("bp")]
    told = " ".join(words)
    return told if any(word.isalpha() and len(word) > 2 for word in words) else ""  # noqa: PLR2004 -- a word


def commune_of(text: str) -> str:
    """Write the name of a commune comparably: folded, saints in full, CEDEX and what follows left out."""
    words = [ROADS.get(word, word) for word in fold(text).split()]
    if "cedex" in words:
        words = words[: words.index("cedex")]
    return " ".join(words)


def siren_of(identifiers: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give the SIREN numbers that identifiers say: those of the establishments included (first nine digits)."""
    return frozenset(
        value[:9]
        for scheme, value in identifiers
        if (scheme == "siren" and len(value) == 9) or (scheme == "siret" and len(value) == 14)  # noqa: PLR2004 -- SIRENE
    )
