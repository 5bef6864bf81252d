"""From a folder of files to a folder in memory, or to all its problems at once."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from terreau.kernel.dossier.fields import Column, Doc, RecordDoc
from terreau.kernel.dossier.limits import beyond_limits
from terreau.kernel.dossier.mapping import Mention, bound_fields, document_in, mentions, nested_records, tables_of
from terreau.kernel.dossier.problems import Problem, in_words, suggestion
from terreau.kernel.dossier.reading import Parsed, Path_, read
from terreau.kernel.dossier.salvage import salvaged
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
    if not directory.is_dir():
        message = _("« %(path)s » n'est pas un dossier : donner celui qui contient territoire.yaml.")
        return Checked(None, [Problem(str(directory), 1, message % {"path": directory})])
    reader = _Reader()
    for path in sorted(directory.iterdir()):
        if path.suffix.lower() in {".yaml", ".yml"}:
            reader.read(path)
    problems = reader.problems
    if f"{ROOT_FILE}.yaml" not in reader.names:
        message = _("le fichier manque dans %(folder)s : un dossier commence par lui.")
        problems.append(Problem(f"{ROOT_FILE}.yaml", 1, message % {"folder": directory}))
    folder = _folder(reader.models)
    folder.directory = directory
    folder.unsound = reader.unsound(folder)
    where = _Places(folder, reader.parsed)
    problems += _wrong_territory(folder, reader.models, reader.parsed)
    problems += _inherited(folder, where)
    names = _Namespace()
    problems += _keys(folder, where, names)
    problems += _mentions(folder, where, names, reader.unreadable())
    problems += _periods(folder, where)
    problems += _limits(folder, where)
    for section in folder.documents:
        problems += [where.mended(section, problem) for rule in section.checks for problem in rule(folder)]
    unique = sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.message))
    return Checked(None if unique else folder, unique)


class _Reader:
    """Reads file after file, and keeps what it can of those that have problems."""

    def __init__(self) -> None:
        self.known = file_models()
        self.names: set[str] = set()
        self.parsed: dict[str, Parsed] = {}
        self.models: dict[str, Doc] = {}
        self.problems: list[Problem] = []

    def read(self, path: Path) -> None:
        self.names.add(path.name)
        if path.suffix != ".yaml" or path.stem not in self.known:
            message = _("fichier inconnu%(close)s ; fichiers admis : %(admitted)s.")
            names = [f"{name}.yaml" for name in sorted(self.known)]
            values = {"close": suggestion(path.name, names), "admitted": ", ".join(names)}
            self.problems.append(Problem(path.name, 1, message % values))
            return
        model = self.known[path.stem]
        self.parsed[path.stem] = one = read(path)
        self.problems += one.problems
        if one.content is None and one.problems:
            return
        content = {} if one.content is None else one.content
        try:
            self.models[path.stem] = model.model_validate(content)
        except ValidationError as error:
            self.models[path.stem] = salvaged(model, content)
            self.problems += [_problem(path.name, model, one, item) for item in error.errors(include_url=False)]

    def unreadable(self) -> set[str]:
        """Give the kinds of the records that files hold which could not be read at all: nobody knows their keys."""
        lost = [section for section in sections() if section.file in self.parsed and section.file not in self.models]
        return {model.KIND for section in lost for model, _doc in tables_of(section.model, section.doc)}

    def unsound(self, folder: Folder) -> set[int]:
        """Give the `id()` of the documents that have a problem."""
        found = set()
        for problem in self.problems:
            for section, documents in folder.documents.items():
                base = section.path.split(".")
                if f"{section.file}.yaml" == problem.file and list(problem.path[: len(base)]) == base:
                    place = 0 if section.single else problem.path[len(base)] if len(problem.path) > len(base) else None
                    found |= {id(documents[place])} if isinstance(place, int) and place < len(documents) else set()
        return found


def _problem(name: str, model: type[Doc], parsed: Parsed, error: Any) -> Problem:
    path = tuple(error["loc"])
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
    """Gather what each section's file holds. A section whose list is not written is left out of the folder."""
    root_doc, _model = root()
    first = models.get(ROOT_FILE)
    own = {name: getattr(first, name, None) for name in root_doc.model_fields}
    documents: dict[Section, list[Doc]] = {}
    for section in sections():
        model = models.get(section.file)
        if model is None or (value := _at(model, section.path)) is None:
            continue
        found = [value] if section.single else list(value)
        for name in section.inherits:
            if shared := getattr(model, name, None):
                for document in found:
                    if getattr(document, name) is None:
                        setattr(document, name, shared)
        documents[section] = found
    return Folder(slug=str(own["id"] or ""), root=root_doc.model_construct(**own), documents=documents)


def _at(model: Doc, path: str) -> Any:
    """Follow a dotted path; None where it is not written."""
    value: Any = model
    for name in path.split("."):
        if value is None or name not in value.model_fields_set:
            return None
        value = getattr(value, name)
    return value


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
        documents = self.folder.documents[section]
        sound = [index for index, document in enumerate(documents) if id(document) not in self.folder.unsound]
        return self.problem(section, sound[int(place)], tuple(rest), problem.message)


def _wrong_territory(folder: Folder, models: dict[str, Doc], parsed: dict[str, Parsed]) -> Iterator[Problem]:
    for file, model in models.items():
        named = getattr(model, "territoire", None)
        if named and folder.slug and named != folder.slug:
            message = _(
                "ce fichier dit « %(named)s », le dossier est celui de « %(slug)s » : écrire le même identifiant."
            )
            yield Problem(
                f"{file}.yaml", parsed[file].line_of(("territoire",)), message % {"named": named, "slug": folder.slug}
            )


def _inherited(folder: Folder, where: _Places) -> Iterator[Problem]:
    for section, documents in folder.documents.items():
        for name in section.inherits:
            for place, document in enumerate(documents):
                if getattr(document, name) is None and section.doc.model_fields[name].is_required():
                    yield where.problem(
                        section,
                        place,
                        (),
                        _("la clé « %(key)s » manque, ici et en tête de fichier : l'ajouter.") % {"key": name},
                    )


def all_documents(folder: Folder) -> Iterator[tuple[Section, int, Path_, Doc, type[Any]]]:
    """Give every document that is a record, nested ones included: section, place, path inside, document, model."""
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            yield section, place, (), document, section.model
            yield from _nested(section, place, (), document)


def _nested(
    section: Section, place: int, path: Path_, document: Doc
) -> Iterator[tuple[Section, int, Path_, Doc, type[Any]]]:
    for nested in nested_records(type(document)):
        for index, inner in enumerate(getattr(document, nested.name) or ()):
            here = (*path, nested.name, index)
            yield section, place, here, inner, nested.model
            yield from _nested(section, place, here, inner)


def _periods(folder: Folder, where: _Places) -> Iterator[Problem]:
    """Refuse a period that surely ends before it starts, wherever a document has one."""
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            for path, start, end in _ends(document):
                if surely_after(start[1], end[1]):
                    message = _(
                        "la fin « %(end)s » précède le début « %(start)s » : les inverser, ou corriger celle qui est fausse."
                    )
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


def _limits(folder: Folder, where: _Places) -> Iterator[Problem]:
    """Refuse what the tables cannot hold."""
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            for path, message in beyond_limits(document, section.model):
                yield where.problem(section, place, path, _in_place(path, message))
    for path, message in beyond_limits(folder.root, root()[1]):
        yield Problem(f"{ROOT_FILE}.yaml", where.parsed[ROOT_FILE].line_of(path), _in_place(path, message))


def _in_place(path: Path_, message: str) -> str:
    place = ".".join(item for item in path if isinstance(item, str))
    return _("« %(place)s » : %(why)s") % {"place": place, "why": message}


@dataclass
class _Namespace:
    """The keys of a folder: those of each kind, and where each key of the shared namespace lies."""

    by_kind: dict[str, set[str]] = field(default_factory=dict)
    shared: dict[str, tuple[Section, int, Path_]] = field(default_factory=dict)

    def carries(self, mention: Mention) -> bool:
        return any(mention.key in keys for keys in self.among(mention))

    def among(self, mention: Mention) -> list[Collection[str]]:
        return [self.by_kind.get(kind, set()) for kind in mention.kinds] if mention.kinds else [self.shared.keys()]


def _keys(folder: Folder, where: _Places, names: _Namespace) -> Iterator[Problem]:
    """Refuse a key taken twice, and gather all of them in `names`."""
    linkable = set(linkable_kinds())
    for section, place, path, document, model in all_documents(folder):
        key = document.id if isinstance(document, RecordDoc) else section.key_of(document, place)
        if not issubclass(model, Record) or not key:
            continue
        taken = names.by_kind.setdefault(model.KIND, set())
        if model.KIND in linkable and key in names.shared:
            message = _(
                "l'identifiant « %(key)s » est déjà pris (%(file)s.yaml, ligne %(line)s) : en choisir un autre."
            )
            values = {"key": key, "file": names.shared[key][0].file, "line": where.line(*names.shared[key])}
            yield where.problem(section, place, (*path, "id"), message % values)
        elif key in taken:
            message = _("l'identifiant « %(key)s » est écrit deux fois : en choisir un autre.")
            yield where.problem(section, place, (*path, "id"), message % {"key": key})
        taken.add(key)
        if model.KIND in linkable:
            names.shared.setdefault(key, (section, place, (*path, "id")))


def _mentions(folder: Folder, where: _Places, names: _Namespace, unreadable: set[str]) -> Iterator[Problem]:
    """Refuse every mention of a key that nothing carries.

    unreadable: kinds whose keys are not known, because their file could not be read.
    """
    linkable = linkable_kinds()
    for section, documents in folder.documents.items():
        for place, document in enumerate(documents):
            for mention in mentions(document):
                if not names.carries(mention) and not unreadable.intersection(mention.kinds or linkable):
                    known = set().union(*names.among(mention))
                    yield where.problem(section, place, mention.path, _unknown(mention, known))


def _unknown(mention: Mention, known: Iterable[str]) -> str:
    kinds = ", ".join(str(model_of(kind)._meta.verbose_name) for kind in mention.kinds) or _("fiche")
    message = _(
        "aucune fiche ne porte l'identifiant « %(key)s » (%(kind)s attendue)%(close)s ; le corriger ou l'ajouter."
    )
    return _in_place(
        mention.path, message % {"key": mention.key, "kind": kinds, "close": suggestion(mention.key, known)}
    )
