"""What is wrong in a dossier, in words: the file, the line, the value and the remedy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from terreau.kernel.errors import RuleBroken

CLOSE = 75
"""How alike (0 to 100) an admitted word must be to be proposed."""
LONGEST = 60
"""Characters of a value that a problem quotes."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend. message names the value and the remedy; line is 1 for the first line of the file."""

    file: str
    line: int
    message: str
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class DossierRefused(RuleBroken):
    """A dossier with problems is refused whole: nothing was written.

    problems: all of them, by file then line.
    """

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def not_readable(file: str, error: OSError) -> Problem:
    return Problem(
        file,
        1,
        _("le fichier ne s'ouvre pas (%(why)s) : vérifier que c'en est un, et ses droits.") % {"why": error.strerror},
    )


def not_utf8(file: str, error: UnicodeDecodeError) -> Problem:
    line = error.object[: error.start].count(b"\n") + 1
    return Problem(
        file, line, _("le fichier n'est pas en UTF-8 (octet %(at)s) : l'enregistrer en UTF-8.") % {"at": error.start}
    )


def not_yaml(file: str, error: yaml.YAMLError | RecursionError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    return Problem(
        file,
        mark.line + 1 if mark else 1,
        _("YAML illisible (%(what)s) : vérifier l'alignement, les guillemets et les deux-points.")
        % {"what": getattr(error, "problem", None) or str(error).splitlines()[0]},
    )


def duplicate_key(file: str, line: int, key: str) -> Problem:
    return Problem(file, line, _("la clé « %(key)s » est écrite deux fois : n'en garder qu'une.") % {"key": key})


def key_not_text(file: str, line: int) -> Problem:
    return Problem(
        file,
        line,
        _("une clé est un mot simple : écrire « mot: valeur », sans crochet ni accolade devant les deux-points."),
    )


def alias(file: str, line: int) -> Problem:
    return Problem(file, line, _("les renvois YAML (& et *) ne sont pas admis : écrire la valeur en entier."))


def not_storable(file: str, line: int, value: str) -> Problem:
    return Problem(
        file,
        line,
        _("le texte « %(value)s » contient un caractère qui ne s'écrit pas : l'ôter.") % {"value": _shown(value)},
    )


def suggestion(value: str, among: Iterable[Any]) -> str:
    """Give « (voulez-vous dire X ?) » when something close exists, else nothing."""
    close = process.extractOne(str(value), sorted(map(str, among)), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return " " + _("(voulez-vous dire « %(close)s » ?)") % {"close": close[0]} if close else ""


def in_words(error: Mapping[str, Any], known_keys: tuple[str, ...] = ()) -> str:
    """Say a validation error of pydantic in words, with the value and the remedy."""
    place = ".".join(str(item) for item in error["loc"] if isinstance(item, str)) or "?"
    key = str(error["loc"][-1]) if error["loc"] else "?"
    context = error.get("ctx", {})
    values = {"key": key, "place": place, "value": _shown(error.get("input")), "why": error["msg"]}
    match error["type"]:
        case "extra_forbidden":
            message = _("clé inconnue « %(key)s »%(close)s ; clés admises ici : %(admitted)s.")
            values |= {"close": suggestion(key, known_keys), "admitted": ", ".join(known_keys)}
        case "edtf":
            message = _("« %(place)s » : %(why)s")
            values["why"] = context["en" if get_language() == "en" else "fr"]
        case "rule":
            message = _("« %(place)s » : %(why)s")
            values["why"] = str(context["message"])
        case "enum" | "literal_error":
            message = _(
                "« %(place)s » : la valeur « %(value)s » n'est pas admise%(close)s ; valeurs admises : %(admitted)s."
            )
            admitted = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
            values |= {"admitted": admitted, "close": suggestion(str(error.get("input")), admitted.split(", "))}
        case kind:
            message = _message_of(kind)
    return message % values


def _message_of(kind: str) -> str:
    """Give the message of a sort of error that needs nothing but the place and the value."""
    if kind.startswith(("int", "decimal", "float", "greater", "less", "finite")):
        return _("« %(place)s » : un nombre est attendu, pas « %(value)s » (point décimal, sans espace ni unité).")
    listed = {
        "missing": _("la clé « %(key)s » est obligatoire et manque ici : l'ajouter."),
        "string_pattern_mismatch": _(
            "« %(place)s » : « %(value)s » n'est pas un identifiant ; écrire des minuscules sans accent, des chiffres et des tirets."
        ),
        "list_type": _(
            "« %(place)s » : une liste est attendue, pas « %(value)s » ; mettre des tirets ou des crochets."
        ),
        "string_type": _("« %(place)s » : un texte est attendu, pas « %(value)s » ; le mettre entre guillemets."),
        "string_too_short": _("« %(place)s » : le texte est vide ; l'écrire, ou retirer la clé."),
        "bool_type": _("« %(place)s » : écrire true ou false, pas « %(value)s »."),
        "model_type": _("« %(place)s » : des clés et des valeurs sont attendues, pas « %(value)s »."),
    }
    same = {"bool_parsing": "bool_type", "model_attributes_type": "model_type", "dict_type": "model_type"}
    unknown = _("« %(place)s » : la valeur « %(value)s » ne convient pas (%(why)s).")
    return listed.get(same.get(kind, kind), unknown)


def _shown(value: Any) -> str:
    text = _("rien") if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
