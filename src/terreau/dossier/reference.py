"""The format of a dossier in words, read from the typed documents that also read, check and write it.

The page `/format/`, the committed reference (docs/reference/dossier.md) and the JSON Schemas all come from here.
"""

import json
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic.fields import FieldInfo

from terreau.kernel import dossier as d
from terreau.kernel.dossier.fields import Cited, Disputed, Doc, Inline, Key, Keys, Linked, Rows
from terreau.kernel.dossier.mapping import document_in
from terreau.kernel.kinds import model_of
from terreau.kernel.pure.edtf import Edtf

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class KeyLine:
    """One key of a document: its dotted path, type in words, and what may be written."""

    path: str
    type: str
    required: bool
    admitted: tuple[str, ...] = ()
    default: str = ""
    about: str = ""
    example: str = ""


@dataclass(frozen=True)
class SectionReference:
    """A list (or an object) of a file: what it holds, and its keys, those of nested documents included."""

    anchor: str
    path: str
    about: str
    is_single: bool
    keys: tuple[KeyLine, ...]


@dataclass(frozen=True)
class FileReference:
    """A file of the dossier: its name without `.yaml`, its first-level keys, its sections."""

    name: str
    keys: tuple[KeyLine, ...]
    sections: tuple[SectionReference, ...]


def files() -> tuple[FileReference, ...]:
    """Describe every file of the format, in the language of the reader. No query."""
    return _files(get_language())


@cache
def _files(language: str | None) -> tuple[FileReference, ...]:
    return tuple(_file(name, model) for name, model in d.file_models().items())


def schema_text(name: str) -> str:
    """Give the JSON Schema of a file as text, always the same for the same format. Raises KeyError."""
    schema = {"$schema": DIALECT, **d.file_models()[name].model_json_schema(), "title": f"{name}.yaml"}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _file(name: str, model: type[Doc]) -> FileReference:
    own = [section for section in d.sections() if section.file == name]
    heads = {section.path.partition(".")[0] for section in own}
    keys = tuple(_line(key, info, "") for key, info in model.model_fields.items() if key not in heads)
    return FileReference(name, keys, tuple(_section(section) for section in own))


def _section(section: d.Section) -> SectionReference:
    keys = tuple(_lines(section.doc, "", frozenset(section.inherits)))
    return SectionReference(
        f"{section.file}-{section.path.replace('.', '-')}", section.path, str(section.about), section.single, keys
    )


def _lines(doc: type[Doc], before: str, inherited: frozenset[str] = frozenset()) -> list[KeyLine]:
    found = []
    for key, info in doc.model_fields.items():
        found.append(_line(key, info, before, inherited=key in inherited))
        inner, _is_list = document_in(info.annotation)
        if inner and not _is_cited(info):
            found += _lines(inner, f"{before}{key}.")
    return found


def _line(key: str, info: FieldInfo, before: str, *, inherited: bool = False) -> KeyLine:
    required = info.is_required() and not inherited
    admitted = tuple(str(item.value) for item in _enum(info) or ())
    about = (
        str(info.description)
        if info.description
        else _("Peut s'écrire une seule fois en tête de fichier.")
        if inherited
        else ""
    )
    return KeyLine(f"{before}{key}", _type(info), required, admitted, _default(info), about, _example(info, admitted))


def _plain(info: FieldInfo) -> Any:
    """Look through optional to the type itself."""
    inside = [item for item in get_args(info.annotation) if item is not NoneType]
    return inside[0] if NoneType in get_args(info.annotation) else info.annotation


def _core(annotation: Any) -> Any:
    """Look through annotations and lists to the class of one value."""
    if hasattr(annotation, "__metadata__"):
        return _core(annotation.__origin__)
    return _core(get_args(annotation)[0]) if getattr(annotation, "__origin__", None) is list else annotation


def _enum(info: FieldInfo) -> type[Enum] | None:
    core = _core(_plain(info))
    return core if isinstance(core, type) and issubclass(core, Enum) else None


def _is_cited(info: FieldInfo) -> bool:
    return any(isinstance(item, Cited) for item in info.metadata)


def _type(info: FieldInfo) -> str:
    """Say the type of a key in words."""
    is_list = document_in(info.annotation)[1]
    for marker in info.metadata:
        match marker:
            case Key(kind=kind):
                return _("identifiant (%(kind)s)") % {"kind": _kind(kind)}
            case Linked(kinds=kinds):
                words = {"kind": ", ".join(map(_kind, kinds)) or _("toute fiche")}
                return (_("liste d'identifiants (%(kind)s)") if is_list else _("identifiant (%(kind)s)")) % words
            case Keys() | Disputed():
                kind = marker.kind if isinstance(marker, Keys) else "dispute"
                return _("liste d'identifiants (%(kind)s)") % {"kind": _kind(kind)}
            case Cited():
                return _("liste de citations (source, page, champ, valeur, certitude)")
            case Rows() | Inline():
                return _("liste d'objets") if is_list else _("objet")
    one = _type_of_one(info)
    return _("liste : %(one)s") % {"one": one} if is_list else one


def _type_of_one(info: FieldInfo) -> str:
    core = _core(_plain(info))
    if not isinstance(core, type):
        return _("texte")
    words = [
        (Enum, _("un mot de la liste")),
        (Edtf, _("date EDTF")),
        (bool, _("true ou false")),
        (int, _("nombre entier")),
        (str, _("texte")),
    ]
    return next((word for kind, word in words if issubclass(core, kind)), _("nombre"))


def _kind(kind: str) -> str:
    return str(model_of(kind)._meta.verbose_name)


def _default(info: FieldInfo) -> str:
    value = None if info.is_required() else info.get_default(call_default_factory=True)
    if isinstance(value, Enum):
        return str(value.value)
    return str(value).lower() if isinstance(value, bool) else "" if value in (None, [], "") else str(value)


def _example(info: FieldInfo, admitted: tuple[str, ...]) -> str:
    if info.examples:
        return str(info.examples[0])
    core = _core(_plain(info))
    if admitted:
        return admitted[0]
    return '"2016-09"' if core is Edtf else ""
