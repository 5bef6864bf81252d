"""What is wrong in a dossier, in words: the file, the line, the value and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """One thing to mend. message names the value and the remedy; line is 1 for the first line of the file."""

    file: str
    line: int
    message: str
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def not_utf8(file: str, error: UnicodeDecodeError) -> Problem:
    return Problem(file, 1, _("le fichier n'est pas en UTF-8 (octet %(at)s) : l'enregistrer en UTF-8.") % {"at": error.start})


def not_yaml(file: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    return Problem(
        file,
        mark.line + 1 if mark else 1,
        _("YAML illisible (%(what)s) : vérifier l'alignement, les guillemets et les deux-points.")
        % {"what": getattr(error, "problem", None) or str(error).splitlines()[0]},
    )


def duplicate_key(file: str, line: int, key: str) -> Problem:
    return Problem(file, line, _("la clé « %(key)s » est écrite deux fois : n'en garder qu'une.") % {"key": key})


def suggestion(value: str, among: Any) -> str:
    """Give « (voulez-vous dire X ?) » when something close exists, else nothing."""
    close = get_close_matches(str(value), [str(item) for item in among], n=1, cutoff=0.75)
    return " " + _("(voulez-vous dire « %(close)s » ?)") % {"close": close[0]} if close else ""


def in_words(error: Mapping[str, Any], known_keys: tuple[str, ...] = ()) -> str:
    """Say a validation error of pydantic in words, with the value and the remedy."""
    place = ".".join(str(item) for item in error["loc"] if isinstance(item, str)) or "?"
    key = str(error["loc"][-1]) if error["loc"] else "?"
    context = error.get("ctx", {})
    values = {"key": key, "place": place, "value": _shown(error.get("input"))}
    match error["type"]:
        case "extra_forbidden":
            return _("clé inconnue « %(key)s »%(close)s ; clés admises ici : %(admitted)s.") % {
                **values,
                "close": suggestion(key, known_keys),
                "admitted": ", ".join(known_keys),
            }
        case "missing":
            return _("la clé « %(key)s » est obligatoire et manque ici : l'ajouter.") % values
        case "edtf":
            return _("« %(place)s » : %(why)s") % {**values, "why": context["en" if get_language() == "en" else "fr"]}
        case "enum" | "literal_error":
            return _("« %(place)s » : la valeur « %(value)s » n'est pas admise%(close)s ; valeurs admises : %(admitted)s.") % {
                **values,
                "admitted": str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
                "close": suggestion(str(error.get("input")), str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")),
            }
        case "string_pattern_mismatch":
            return _("« %(place)s » : « %(value)s » n'est pas un identifiant ; écrire des minuscules sans accent, des chiffres et des tirets.") % values
        case "list_type":
            return _("« %(place)s » : une liste est attendue, pas « %(value)s » ; mettre des tirets ou des crochets.") % values
        case "string_type":
            return _("« %(place)s » : un texte est attendu, pas « %(value)s » ; le mettre entre guillemets.") % values
        case "string_too_short":
            return _("« %(place)s » : le texte est vide ; l'écrire, ou retirer la clé.") % values
        case "bool_type" | "bool_parsing":
            return _("« %(place)s » : écrire true ou false, pas « %(value)s ».") % values
        case "model_type" | "model_attributes_type" | "dict_type":
            return _("« %(place)s » : des clés et des valeurs sont attendues, pas « %(value)s ».") % values
        case kind if kind.startswith(("int", "decimal", "float", "greater", "less", "finite")):
            return _("« %(place)s » : un nombre est attendu, pas « %(value)s » (point décimal, sans espace ni unité).") % values
        case _:
            return _("« %(place)s » : la valeur « %(value)s » ne convient pas (%(why)s).") % {**values, "why": error["msg"]}


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
