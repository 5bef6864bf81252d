"""How a key of a dossier file is tied to the tables: annotations on typed documents.

A document (`Doc`) is a pydantic model whose fields carry one marker each. The markers say where the value rests, so
that reading, checking, writing, the JSON Schema and the documentation page all come from one declaration:

    class NameDoc(Doc):
        nom: Annotated[Text, Column("name")]
        debut: Annotated[EdtfValue | None, Column("start")] = None
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from terreau.kernel.enums import Certainty, Visibility
from terreau.kernel.models import Referable
from terreau.kernel.pure.edtf import Edtf, EdtfError, from_scalar
from terreau.kernel.pure.ends import read_end


@dataclass(frozen=True)
class Column:
    """The value rests in a column of the record (EDTF, text, number, yes or no, list of texts).

    quiet: its default goes without saying, and is not written in files.
    personal: the audit, which outlives the record, says that it changed and never what it is.
    derived_when: a column and its value that say that the house worked this one out: files then leave it out.
    """

    attr: str
    quiet: bool = False
    personal: bool = False
    derived_when: tuple[str, str] | None = None


@dataclass(frozen=True)
class Key:
    """The value is the key of one record of `kind`, held by a foreign key."""

    attr: str
    kind: str


@dataclass(frozen=True)
class Keys:
    """The value is a list of keys of records of `kind`, held by a many-to-many relation, in order."""

    attr: str
    kind: str


@dataclass(frozen=True)
class Rows:
    """The value is a list of documents, each a row of `model` whose foreign key `parent` points back here."""

    model: type[Referable]
    parent: str


@dataclass(frozen=True)
class Inline:
    """The value is one document whose fields rest in the columns of the same record."""


@dataclass(frozen=True)
class Linked:
    """The value is the key (or keys) of records of any linkable kind, or of `kinds`, held by links of `role`."""

    role: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cited:
    """The value is a list of citations of the record."""


@dataclass(frozen=True)
class Disputed:
    """The value is the list of the keys of the disputes that bear on the record: the other face of their `objets`."""


Marker = Column | Key | Keys | Rows | Inline | Linked | Cited | Disputed


def _edtf(value: object) -> Edtf:
    return _read(from_scalar, value)


def _end(value: object) -> Edtf:
    return _read(read_end, value)


def _read(reader: Callable[[object], Edtf], value: object) -> Edtf:
    try:
        return value if isinstance(value, Edtf) else reader(value)
    except EdtfError as error:
        raise PydanticCustomError("edtf", "{fr}", {"fr": error.fr, "en": error.en}) from error


def _stated(value: object) -> str:
    if isinstance(value, (dict, list)) or value is None:
        raise PydanticCustomError("string_type", "text")
    return str(value).lower() if isinstance(value, bool) else str(value)


EdtfValue = Annotated[
    Edtf,
    BeforeValidator(_edtf),
    PlainSerializer(str),
    WithJsonSchema(
        {"type": "string", "format": "edtf", "examples": ["2019", "2016-09", "2001~", "2016/2021", "2021/.."]}
    ),
]
EndValue = Annotated[
    Edtf,
    BeforeValidator(_end),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "format": "edtf", "examples": ["2019", "2001~", ".."]}),
]
"""The end of a period: a date, or `..` when it is still going on."""
_WRITTEN = StringConstraints(strip_whitespace=True, min_length=1)
Text = Annotated[str, _WRITTEN]
Slug = Annotated[str, StringConstraints(pattern=re.compile(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"), max_length=100)]
Stated = Annotated[str, BeforeValidator(_stated), _WRITTEN, WithJsonSchema({"type": ["string", "number"]})]
"""A value as a source states it: kept as text, whatever it looks like (15, "20~", "plus de 10 ans")."""
Page = Annotated[str, BeforeValidator(_stated), _WRITTEN, WithJsonSchema({"type": ["string", "integer"]})]
"""A page (12), a spread ("22-23") or a place ("couverture")."""
Number = Annotated[Decimal, Field(allow_inf_nan=False), WithJsonSchema({"type": "number"})]


class Doc(BaseModel):
    """A document: an object of a dossier file. Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


class RecordDoc(Doc):
    """A document that has its own identifier."""

    id: Annotated[Slug, Column("key")]
    visibilite: Annotated[Visibility, Column("visibility", quiet=True)] = Visibility.PUBLIC


class CitationDoc(Doc):
    """A source, the page, and when useful the field that it speaks of and the value stated there."""

    source: Annotated[Slug, Key("source", "source")]
    page: Annotated[Page | None, Column("locator")] = None
    champ: Annotated[Text | None, Column("field")] = None
    valeur: Annotated[Stated | None, Column("value")] = None
    certitude: Annotated[Certainty, Column("certainty", quiet=True)] = Certainty.ESTABLISHED


Sources = Annotated[list[CitationDoc], Cited()]
Disputes = Annotated[list[Slug], Disputed()]
Strings = list[Text]
