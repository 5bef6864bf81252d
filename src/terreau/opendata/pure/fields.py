"""What we read of an organisation, how others call it, and which column is proposed for which field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from terreau.opendata.pure.folding import fold


class Sort(StrEnum):
    """How a cell is read."""

    LINE = "line"
    TEXT = "text"
    WORDS = "words"
    DATE = "date"
    SIREN = "siren"
    SIRET = "siret"
    RNA = "rna"
    PIVOT = "pivot"
    CODE = "code"
    COMMUNE_CODE = "commune_code"
    POSTCODE = "postcode"
    EMAIL = "email"
    TELEPHONE = "telephone"
    SITE = "site"
    NUMBER = "number"
    POINT = "point"


@dataclass(frozen=True)
class Field:
    """One field of ours. names: folded words that other files use for it, best first; most: characters kept."""

    name: str
    sort: Sort
    names: tuple[str, ...]
    most: int = 300


FIELDS = (
    Field("outside_id", Sort.LINE, ("id", "identifiant", "uid", "uuid", "id externe", "identifiant externe", "typo uid", "id lieumed", "ref", "code structure"), 200),
    Field("name", Sort.LINE, ("nom", "nom structure", "nom de la structure", "nom association", "nom de l association", "structure", "titre", "denomination", "raison sociale", "nom ou raison sociale", "nom organisme", "organisme", "association", "intitule", "libelle", "user nom", "name", "title", "nom du lieu", "nom complet")),
    Field("acronym", Sort.LINE, ("sigle", "acronyme", "titre court", "abreviation"), 60),
    Field("usage_name", Sort.LINE, ("nom usuel", "nom d usage", "enseigne", "nom commercial", "autre nom", "marque")),
    Field("siret", Sort.SIRET, ("siret", "numero siret", "n siret", "siret siege", "no siret", "code siret", "siret du siege")),
    Field("siren", Sort.SIREN, ("siren", "numero siren", "n siren", "no siren")),
    Field("rna", Sort.RNA, ("rna", "numero rna", "n rna", "id association", "waldec", "numero waldec", "identifiant rna")),
    Field("pivot", Sort.PIVOT, ("pivot", "siret ou rna", "siret rna", "siret siren rna")),
    Field("nature", Sort.LINE, ("nature", "statut juridique", "forme juridique", "type de structure", "famille juridique", "statut"), 120),
    Field("legal_category", Sort.CODE, ("categorie juridique", "code categorie juridique", "nature juridique"), 4),
    Field("activity_code", Sort.CODE, ("naf", "code naf", "ape", "code ape", "naf ape", "activite principale"), 8),
    Field("address", Sort.LINE, ("adresse", "adresse postale", "adresse complete", "rue", "voie", "adresse 1", "user adres", "numero et voie", "adresse du siege", "street", "address")),
    Field("address_more", Sort.LINE, ("complement adresse", "complement d adresse", "complement", "adresse 2", "comp adresse")),
    Field("house_number", Sort.LINE, ("n", "no", "numero", "numero de voie", "num voie"), 20),
    Field("postcode", Sort.POSTCODE, ("code postal", "cp", "codepostal", "code post", "zip", "postal code", "postcode"), 10),
    Field("commune", Sort.LINE, ("commune", "ville", "localite", "nom commune", "libelle commune", "nom de la commune", "city"), 120),
    Field("commune_code", Sort.COMMUNE_CODE, ("code insee", "insee", "code commune", "code insee commune", "citycode", "codeinsee"), 5),
    Field("latitude", Sort.POINT, ("latitude", "lat"), 20),
    Field("longitude", Sort.POINT, ("longitude", "lon", "lng", "long"), 20),
    Field("x", Sort.NUMBER, ("x", "x lambert 93", "x l93", "lambert x", "coord x", "coordonnee x"), 20),
    Field("y", Sort.NUMBER, ("y", "y lambert 93", "y l93", "lambert y", "coord y", "coordonnee y"), 20),
    Field("summary", Sort.TEXT, ("resume", "presentation resume", "presentation", "en bref", "accroche", "objet", "objet social"), 20_000),
    Field("description", Sort.TEXT, ("description", "presentation detail", "descriptif", "details", "presentation detaillee"), 20_000),
    Field("activities", Sort.WORDS, ("activites", "activite", "services", "services proposes", "mots cles", "tags", "domaines", "actions", "categories"), 3000),
    Field("publics", Sort.WORDS, ("publics", "public", "publics accueillis", "public accueillis", "public vise", "beneficiaires"), 3000),
    Field("email", Sort.EMAIL, ("courriel", "email", "e mail", "mail", "adresse mail", "adresse electronique", "courriel de la structure", "mail struc", "adresse e mail"), 254),
    Field("telephone", Sort.TELEPHONE, ("telephone", "tel", "numero de telephone", "num tel", "telephone fixe", "phone"), 40),
    Field("site", Sort.SITE, ("site", "site web", "site internet", "web", "url", "adresse web", "siteweb", "site inter", "website", "lien", "page web"), 200),
    Field("start", Sort.DATE, ("date de creation", "date creation", "creation", "annee de creation", "creee en", "debut", "annee creation"), 60),
    Field("data_inclusion", Sort.LINE, ("identifiant data inclusion",), 120),
    Field("end", Sort.DATE, ("date de fin", "fin", "date de cessation", "date fermeture", "date de dissolution", "fermeture", "dissolution"), 60),
)  # fmt: skip
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
KEPT = (
    "name", "acronym", "usage_name", "siren", "siret", "rna", "nature", "legal_category", "activity_code", "activity_nomenclature", "address",
    "postcode", "commune", "commune_code", "longitude", "latitude", "summary", "description", "activities", "publics", "email", "telephone",
    "site", "start", "end", "data_inclusion",
)  # fmt: skip
"""The values that an import keeps, in the order in which they are shown; other fields help to make these."""

PERSONAL = re.compile(
    r"\b(prenom\w*|civilite|president\w*|dirigeant\w*|elus?|tresorier\w*|secretaire|gerant\w*|referent\w*|contact (?:nom|prenom)"
    r"|nom (?:du |de la |de l )?(?:contact|responsable|referent\w*|president\w*|direct\w*|personne)|responsable\w*|directeur\w*|directrice\w*"
    r"|naissance|sexe|portable|mobile|interlocut\w*|salarie nom)\b"
)
"""Words of a header that announces persons, not an organisation."""
NUMBER_OF = re.compile(r"\b(nombre|nb|total|effectif\w*|date|annee)\b")
SHAPES: Mapping[str, re.Pattern[str]] = {
    "siret": re.compile(r"\d{14}"),
    "siren": re.compile(r"\d{9}"),
    "rna": re.compile(r"W\w{9}"),
    "postcode": re.compile(r"\d{5}"),
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE),
    "site": re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),
    "telephone": re.compile(r"(?:\+33|0)[\s.]?[1-9](?:[\s.]?\d{2}){4}"),
}
MOSTLY = 0.8


def is_personal(column: str) -> bool:
    """Tell whether the header of a column announces persons: its cells are never kept."""
    folded = fold(column)
    return bool(PERSONAL.search(folded)) and not NUMBER_OF.search(folded)


def is_known(word: str) -> bool:
    """Tell whether a word is the name of a column that we read."""
    return bool(word) and _exact(word) is not None


def propose(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Propose a field for each column that seems to hold one: column → field, each field once.

    By the exact name first, then by a name that the header holds, then by what the cells look like.
    """
    found: dict[str, str] = {}
    free = [column for column in columns if not is_personal(column)]
    best: dict[str, tuple[int, str]] = {}
    for column in free:
        if exact := _exact(column):
            field, rank = exact
            if field not in best or rank < best[field][0]:
                best[field] = (rank, column)
    found = {column: field for field, (_rank, column) in best.items()}
    for column in free:
        if column not in found and (field := _held(column)) and field not in found.values():
            found[column] = field
    sample = list(rows)
    for column in free:
        if column not in found and (field := _looks_like(column, sample)) and field not in found.values():
            found[column] = field
    return found


def _exact(column: str) -> tuple[str, int] | None:
    """Give the field of this name, and how good a name it is. After a group (« Adresse : Ville »), the last part."""
    for folded in dict.fromkeys((fold(column), fold(column.rpartition(" : ")[2]))):
        if folded in _NAMES:
            return _NAMES[folded]
    return None


def _held(column: str) -> str:
    folded = fold(column)
    words = f" {folded} "
    if NUMBER_OF.search(folded) and "date de creation" not in folded:
        return ""
    long_enough = ((name, field) for name, (field, _rank) in _NAMES.items() if len(name) > 3)  # noqa: PLR2004 -- « n », « cp » are in too many words
    held = [(len(name), field) for name, field in long_enough if f" {name} " in words]
    return max(held)[1] if held else ""


def _looks_like(column: str, sample: Sequence[Mapping[str, object]]) -> str:
    cells = [str(cell).strip() for row in sample if (cell := row.get(column)) not in (None, "")]
    compact = ["".join(cell.split()) for cell in cells]
    if len(cells) < 2:  # noqa: PLR2004 -- one cell proves nothing
        return ""
    for field, shape in SHAPES.items():
        if field == "postcode":
            continue
        seen = compact if field in {"siret", "siren"} else cells
        if sum(shape.fullmatch(cell) is not None for cell in seen) >= MOSTLY * len(seen):
            return field
    return ""


_NAMES: dict[str, tuple[str, int]] = {}
for _field in FIELDS:
    for _rank, _name in enumerate(_field.names):
        _NAMES.setdefault(_name, (_field.name, _rank))
