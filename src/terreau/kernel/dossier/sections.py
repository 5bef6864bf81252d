"""The registry of sections: which app brings which part of which file, and the typed model of each whole file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Protocol

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from pydantic import Field, create_model

from terreau.kernel.dossier.fields import Column, Doc, RecordDoc, Slug
from terreau.kernel.dossier.problems import Problem
from terreau.kernel.enums import Visibility
from terreau.kernel.models import Record, Referable

Check = Callable[["Folder"], Iterable[Problem]]


class Beside(Protocol):
    """The files of a folder that are not YAML, named by the documents of a section."""

    def store(self, directory: Path, rows: Iterable[Any]) -> None:
        """Keep what lies beside the documents of these rows, which have just been written or written again."""

    def dump(self, territory: Any, directory: Path) -> None:
        """Write in the folder what the records of a territory keep outside the database."""


@dataclass(frozen=True)
class Section:
    """A list of documents (or one, when `single`) at `path` of `file`, and the model that holds them.

    path: key of the file, dotted when nested ("intensite.periodes").
    inherits: fields that a document may leave to the file's first level (`source` of testimonies).
    about: one sentence for the documentation page.
    checks: rules over the whole folder that the types cannot say.
    beside: what to do with the files that its documents name, when they name some.
    """

    file: str
    path: str
    doc: type[Doc]
    model: type[Referable]
    about: str | Promise = ""
    order: int = 50
    single: bool = False
    inherits: tuple[str, ...] = ()
    checks: tuple[Check, ...] = field(default=(), compare=False)
    beside: Beside | None = field(default=None, compare=False)

    @property
    def keyed(self) -> bool:
        return issubclass(self.doc, RecordDoc)

    def key_of(self, document: Doc, place: int) -> str:
        """Give the key of a document: its own, or one made from the path and place when it has none."""
        if self.keyed:
            return str(document.id)  # type: ignore[attr-defined]
        name = self.path.replace(".", "-").replace("_", "-")
        return name if self.single else f"{name}-{place + 1}"


@dataclass
class Folder:
    """A dossier in memory: the territory's own document, and the documents of each section, in file order."""

    slug: str
    root: Doc
    documents: dict[Section, list[Doc]]
    directory: Path | None = None
    """Where it was read."""
    unsound: set[int] = field(default_factory=set)
    """`id()` of the documents that have problems of their own, while checking."""

    def of(self, path: str) -> list[Any]:
        """Give the sound documents of the section at `path`, whatever their file; none when it is not there."""
        found = next((documents for section, documents in self.documents.items() if section.path == path), [])
        return [document for document in found if id(document) not in self.unsound]


_sections: list[Section] = []
_root: list[tuple[type[Doc], type[Any]]] = []
ROOT_FILE = "territoire"


def register(*sections: Section) -> None:
    """Add sections. Raises RuntimeError when two claim one place of a file."""
    for section in sections:
        if any((section.file, section.path) == (other.file, other.path) for other in _sections):
            message = f"two sections at {section.file}:{section.path}"
            raise RuntimeError(message)
        _sections.append(_with_visibility(section))
    file_models.cache_clear()


def _with_visibility(section: Section) -> Section:
    """Let a keyless document say its visibility when its table has one: a private record stays private in files."""
    if section.keyed or not issubclass(section.model, Record):
        return section
    value: Any = (Annotated[Visibility, Column("visibility", quiet=True)], Visibility.PUBLIC)
    doc = create_model(section.doc.__name__, __base__=section.doc, __doc__=section.doc.__doc__, visibilite=value)
    return replace(section, doc=doc)


def register_root(doc: type[Doc], model: type[Any]) -> None:
    """Say which document and model hold the first level of territoire.yaml."""
    _root[:] = [(doc, model)]
    file_models.cache_clear()


@cache
def _open() -> None:
    """Let each app declare its sections, the kernel first. It waits for the first dossier: a site serves without it."""
    import_module("terreau.kernel.dossier.own")
    autodiscover_modules("dossier")


def root() -> tuple[type[Doc], type[Any]]:
    _open()
    return _root[0]


def sections() -> tuple[Section, ...]:
    """Give all sections: by file, `order`, then path."""
    _open()
    return tuple(
        sorted(_sections, key=lambda section: (section.file != ROOT_FILE, section.file, section.order, section.path))
    )


@cache
def file_models() -> dict[str, type[Doc]]:
    """Give the typed model of each file, by its name without `.yaml`."""
    by_file: dict[str, list[Section]] = {ROOT_FILE: []}
    for section in sections():
        by_file.setdefault(section.file, []).append(section)
    return {file: _file_model(file, own) for file, own in by_file.items()}


def _file_model(file: str, own: list[Section]) -> type[Doc]:
    fields: dict[str, Any] = {}
    base: type[Doc] = Doc
    if file == ROOT_FILE:
        base = root()[0]
    else:
        fields["territoire"] = (Slug, Field(description="Identifiant du territoire, comme dans territoire.yaml."))
    nested: dict[str, dict[str, Any]] = {}
    for section in own:
        for name in section.inherits:
            fields[name] = (Slug | None, None)
        kind: Any = _entry_type(section)
        value: Any = (kind | None, None) if section.single else (list[kind], Field(default_factory=list))
        head, _, tail = section.path.partition(".")
        if tail:
            nested.setdefault(head, {})[tail] = value
        else:
            fields[head] = value
    for head, inside in nested.items():
        model = create_model(f"{file}_{head}", __base__=Doc, **inside)
        fields[head] = (model | None, None)
    return create_model(f"{file.capitalize()}File", __base__=base, **fields)


def _entry_type(section: Section) -> Any:
    """Make inherited fields optional inside documents; the reader fills them from the first level of the file."""
    if not section.inherits:
        return section.doc
    loose = {
        name: (Annotated[Slug | None, *section.doc.model_fields[name].metadata], None) for name in section.inherits
    }
    return create_model(section.doc.__name__, __base__=section.doc, **loose)  # type: ignore[call-overload]


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of each file, by file name."""
    return {f"{file}.yaml": model.model_json_schema() for file, model in file_models().items()}
