"""From a folder of files to a folder in memory, or to all its problems at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from terreau.kernel.dossier.fields import Column, Doc, RecordDoc
from terreau.kernel.dossier.mapping import Bound, bound_fields, document_in, mentions
from terreau.kernel.dossier.problems import Problem, in_words, suggestion
from terreau.kernel.dossier.reading import Parsed, Path_, read
from terreau.kernel.dossier.sections import ROOT_FILE, Folder, Section, file_models, root, sections
from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.models import Record
from terreau.kernel.pure.edtf import Edtf, surely_after


@dataclass
class Checked:
    """What reading a folder gave: the folder when it is sound, the problems in file and line order when it is not."""

    folder: Folder | None
    problems: list[Problem] = field(default_factory=list)


def check(directory: Path) -> Checked:
    """Read and check every file of a folder. Reads no database. Never raises on content."""
    known = file_models()
    problems: list[Problem] = []
    if not (directory / f"{ROOT_FILE}.yaml").is_file():
        return Checked(None, [Problem(f"{ROOT_FILE}.yaml", 1, _("le fichier manque dans %(folder)s : un dossier commence par lui.") % {"folder": directory})])
    parsed: dict[str, Parsed] = {}
    models: dict[str, Doc] = {}
    for path in sorted(directory.glob("*.yaml")):
        if path.stem not in known:
            message = _("fichier inconnu%(close)s ; fichiers admis : %(admitted)s.")
            problems.append(Problem(path.name, 1, message % {"close": suggestion(path.stem, known), "admitted": ", ".join(sorted(known))}))
            continue
        parsed[path.stem] = one = read(path)
        problems += one.problems
        if one.problems:
            continue
        try:
            models[path.stem] = known[path.stem].model_validate(one.content if one.content is not None else {})
        except ValidationError as error:
            problems += [_problem(path.name, known[path.stem], one, item) for item in error.errors(include_url=False)]
    folder = _folder(models) if ROOT_FILE in models else None
    if folder:
        where = _Places(folder, parsed)
        problems += _wrong_territory(folder, models, parsed)
        problems += _inherited(folder, where)
        problems += _keys(folder, where)
        problems += _periods(folder, where)
        for section in folder.documents:
            problems += [where.mended(section, problem) for rule in section.checks for problem in rule(folder)]
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Checked(None if problems else folder, problems)


def _problem(name: str, model: type[Doc], parsed: Parsed, error: Any) -> Problem:
    path = tuple(item for item in error["loc"] if not (isinstance(item, str) and item.startswith(("function-", "union"))))
    keys = tuple(_doc_at(model, path[:-1]).model_fields) if error["type"] == "extra_forbidden" else ()
    return Problem(name, parsed.line_of(path), in_words({**error, "loc": path}, keys), path)


def _doc_at(model: type[Doc], path: Path_) -> type[Doc]:
    """Follow a path of names through nested documents."""
    for name in path:
        if isinstance(name, str) and name in model.model_fields:
            inner, _is_list = document_in(model.model_fields[name].annotation)
            model = inner or model
    return model


def _folder(models: dict[str, Doc]) -> Folder:
    root_doc, _model = root()
    first = models[ROOT_FILE]
    own = {name: getattr(first, name) for name in root_doc.model_fields}
    documents: dict[Section, list[Doc]] = {}
    for section in sections():
        model = models.get(section.file)
        if model is None:
            continue
        value: Any = model
        for name in section.path.split("."):
            value = getattr(value, name, None)
        found = [] if value is None else [value] if section.single else list(value)
        for name in section.inherits:
            if shared := getattr(model, name, None):
                for document in found:
                    if getattr(document, name) is None:
                        setattr(document, name, shared)
        documents[section] = found
    return Folder(slug=str(own["id"]), root=root_doc.model_construct(**own), documents=documents)


class _Places:
    """Where each document of a folder lies in its file."""

    def __init__(self, folder: Folder, parsed: dict[str, Parsed]) -> None:
        self.folder, self.parsed = folder, parsed

    def line(self, section: Section, place: int, path: Path_ = ()) -> int:
        base: Path_ = tuple(section.path.split("."))
        return self.parsed[section.file].line_of((*base, *path) if section.single else (*base, place, *path))

    def problem(self, section: Section, place: int, path: Path_, message: str) -> Problem:
        return Problem(f"{section.file}.yaml", self.line(section, place, path), message)

    def mended(self, section: Section, problem: Problem) -> Problem:
        """Give its line to a problem of a section's own rule, which says the place as path = (index, key, ...)."""
        place, *rest = problem.path or (0,)
        return self.problem(section, int(place), tuple(rest), problem.message)


def _wrong_territory(folder: Folder, models: dict[str, Doc], parsed: dict[str, Parsed]) -> Iterator[Problem]:
    for file, model in models.items():
        named = getattr(model, "territoire", None)
        if named and named != folder.slug:
            message = _("ce fichier dit « %(named)s », le dossier est celui de « %(slug)s » : écrire le même identifiant.")
            yield Problem(f"{file}.yaml", parsed[file].line_of(("territoire",)), message % {"named": named, "slug": folder.slug})


def _inherited(folder: Folder, where: _Places) -> Iterator[Problem]:
    for section, documents in folder.documents.items():
        for name in section.inherits:
            for place, document in enumerate(documents):
                if getattr(document, name) is None and section.doc.model_fields[name].is_required():
                    yield where.problem(section, place, (), _("la clé « %(key)s » manque, ici et en tête de fichier : l'ajouter.") % {"key": name})


def all_documents(folder: Folder) -> Iterator[tuple[Section, int, Path_, Doc, type[Any]]]:
    """Give every document that is a record, nested ones included: section, place, path inside, document, model."""
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            yield section, place, (), document, section.model
            yield from _nested(section, place, (), document)


def _nested(section: Section, place: int, path: Path_, document: Doc) -> Iterator[tuple[Section, int, Path_, Doc, type[Any]]]:
    for bound in bound_fields(type(document)):
        if bound.inner and bound.is_list and issubclass(bound.inner, RecordDoc):
            for index, inner in enumerate(getattr(document, bound.name) or ()):
                here = (*path, bound.name, index)
                yield section, place, here, inner, model_in(bound)
                yield from _nested(section, place, here, inner)


def _periods(folder: Folder, where: _Places) -> Iterator[Problem]:
    """Refuse a period that surely ends before it starts, wherever a document has one."""
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            for path, start, end in _ends(document):
                if surely_after(start[1], end[1]):
                    message = _("la fin « %(end)s » précède le début « %(start)s » : les inverser, ou corriger celle qui est fausse.")
                    yield where.problem(section, place, (*path, end[0]), message % {"start": start[1], "end": end[1]})


def _ends(document: Doc, path: Path_ = ()) -> Iterator[tuple[Path_, tuple[str, Edtf], tuple[str, Edtf]]]:
    """Give (path, (key, start), (key, end)) of each document, nested ones included, whose columns are a full period."""
    dates: dict[str, tuple[str, Edtf]] = {}
    for bound in bound_fields(type(document)):
        value = getattr(document, bound.name)
        if isinstance(bound.marker, Column) and isinstance(value, Edtf):
            dates[bound.marker.attr] = (bound.name, value)
        elif bound.inner and value is not None:
            items = enumerate(value) if bound.is_list else [(None, value)]
            for index, item in items:
                yield from _ends(item, (*path, bound.name) if index is None else (*path, bound.name, index))
    if "start" in dates and "end" in dates:
        yield path, dates["start"], dates["end"]


def model_in(bound: Bound) -> type[Any]:
    return bound.marker.model  # type: ignore[union-attr]


def _keys(folder: Folder, where: _Places) -> Iterator[Problem]:
    """Refuse a key taken twice where keys share a namespace, then every mention of a key that nothing carries."""
    linkable = set(linkable_kinds())
    by_kind: dict[str, set[str]] = {}
    shared: dict[str, tuple[Section, int]] = {}
    for section, place, path, document, model in all_documents(folder):
        if not issubclass(model, Record):
            continue
        key = document.id if isinstance(document, RecordDoc) else section.key_of(document, place)
        taken = by_kind.setdefault(model.KIND, set())
        if model.KIND in linkable and key in shared:
            other, there = shared[key]
            message = _("l'identifiant « %(key)s » est déjà pris (%(file)s.yaml, ligne %(line)s) : en choisir un autre.")
            yield where.problem(section, place, (*path, "id"), message % {"key": key, "file": other.file, "line": where.line(other, there)})
        elif key in taken:
            yield where.problem(section, place, (*path, "id"), _("l'identifiant « %(key)s » est écrit deux fois : en choisir un autre.") % {"key": key})
        taken.add(key)
        if model.KIND in linkable:
            shared.setdefault(key, (section, place))
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            for mention in mentions(document):
                known = set().union(*(by_kind.get(kind, set()) for kind in mention.kinds)) if mention.kinds else set(shared)
                if mention.key not in known:
                    words = ", ".join(str(model_of(kind)._meta.verbose_name) for kind in mention.kinds) or _("fiche")
                    message = _("« %(path)s » : aucune fiche ne porte l'identifiant « %(key)s » (%(kind)s attendue)%(close)s ; le corriger ou l'ajouter.")
                    path = ".".join(item for item in mention.path if isinstance(item, str))
                    values = {"path": path, "key": mention.key, "kind": words, "close": suggestion(mention.key, known)}
                    yield where.problem(section, place, mention.path, message % values)
