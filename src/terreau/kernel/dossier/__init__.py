"""The dossier format: a territory as a folder of readable files.

Each app declares its sections once (`<app>/dossier.py`) with typed documents; the kernel reads, checks, stores, dumps
and documents them all. `from terreau.kernel import dossier as d` gives everything that a section needs.
"""

from terreau.kernel.dossier.checking import Checked, check
from terreau.kernel.dossier.dumping import Dumper
from terreau.kernel.dossier.fields import (
    CitationDoc,
    Cited,
    Column,
    Disputed,
    Disputes,
    Doc,
    EdtfValue,
    EndValue,
    Inline,
    Key,
    Keys,
    Linked,
    Number,
    Page,
    RecordDoc,
    Rows,
    Slug,
    Sources,
    Stated,
    Strings,
    Text,
)  # fmt: skip
from terreau.kernel.dossier.problems import DossierRefused, Problem
from terreau.kernel.dossier.sections import Folder, Section, file_models, register, register_root, schema, sections
from terreau.kernel.dossier.storing import Stored, Storer
from terreau.kernel.dossier.writing import file_text, plain

__all__ = [
    "Checked", "CitationDoc", "Cited", "Column", "Disputed", "Disputes", "Doc", "DossierRefused", "Dumper", "EdtfValue", "EndValue", "Folder", "Inline", "Key", "Keys",
    "Linked", "Number", "Page", "Problem", "RecordDoc", "Rows", "Section", "Slug", "Sources", "Stated", "Stored", "Storer", "Strings",
    "Text", "check", "file_models", "file_text", "plain", "register", "register_root", "schema", "sections",
]  # fmt: skip
