"""The first steps of an import: a file is kept, recognised, and its columns matched."""

import hashlib
import logging
from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.models import Nature
from terreau.kernel import audit, policy
from terreau.kernel.clock import now
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.opendata import words
from terreau.opendata.enums import BatchState
from terreau.opendata.models import ImportBatch, ImportColumn, RememberedColumns
from terreau.opendata.pure.cells import PERSONAL, read
from terreau.opendata.pure.connectors import BY_KEY, Connector, recognise
from terreau.opendata.pure.drafts import Plan
from terreau.opendata.pure.fields import BY_NAME, is_known, is_personal, propose
from terreau.opendata.pure.folding import fold
from terreau.opendata.pure.limits import MOST_BYTES, SAMPLE
from terreau.opendata.pure.opening import open_file
from terreau.opendata.pure.problems import Unreadable
from terreau.opendata.pure.tables import Opened
from terreau.territory.models import Territory

logger = logging.getLogger("terreau.opendata")

LOCAL = ""
"""Connector of a spreadsheet whose columns a person matches."""
CHANGEABLE = (BatchState.OPENED, BatchState.PREVIEWED, BatchState.READING)
"""States in which nothing was written yet."""
EXAMPLE = 100


def open_import(
    territory: Territory,
    *,
    by: Actor,
    file: Any,
    source: str = "",
    vintage: date | None = None,
    nature: Nature | None = None,
) -> ImportBatch:
    """Keep a file, recognise it and propose how to read it. Nothing of the directory is written.

    source: what the source is called, by which its records are known again; that of the known shape, else the name of
    the file, unless given. Raises NotAllowed, RuleBroken (the file cannot be read): nothing is kept then.
    """
    policy.require("opendata.import", by, territory)
    if file.size > MOST_BYTES:
        details = {"size": file.size // 1_000_000, "most": MOST_BYTES // 1_000_000}
        raise RuleBroken(words.refusal_of_file("too_large", details), field="file")
    name = PurePath(file.name or "fichier").name[-200:]
    batch = ImportBatch(
        territory=territory, created_by_id=by.user_id, file_name=name, size=file.size, sha256=_digest(file), vintage=vintage,
        nature=nature or _first_nature(territory),
    )  # fmt: skip
    batch.file.save(f"{batch.pk}{PurePath(name).suffix[:10].lower()}", File(file), save=False)
    try:
        opened = _of_structures(opened_file(batch))
        connector = recognise(opened.columns)
        sample = [cells for _number, cells in islice(opened.rows(), SAMPLE)]
    except Unreadable as error:
        batch.file.delete(save=False)
        raise RuleBroken(words.refusal_of_file(error.code, error.details), field="file") from error
    remembered = (
        None
        if connector
        else RememberedColumns.objects.filter(territory=territory, signature=signature(opened)).first()
    )
    batch.source = (source or (remembered.source if remembered else "") or _name_of(connector, name))[:120]
    batch.connector = connector.key if connector else LOCAL
    batch.format, batch.encoding, batch.separator = opened.kind, opened.encoding, opened.separator
    batch.sheet, batch.header_row, batch.titles = opened.sheet[:120], opened.header_row, list(opened.titles)
    mapping = (
        dict(connector.fields) if connector else (remembered.mapping if remembered else propose(opened.columns, sample))
    )
    with transaction.atomic():
        batch.save()
        ImportColumn.objects.bulk_create(_columns(batch, opened, connector, mapping, sample))
        audit.record(
            by, "opendata.open", batch, {"file": ["", name], "sha256": ["", batch.sha256], "source": ["", batch.source]}
        )
    logger.info("opendata.open batch=%s format=%s", batch.pk, batch.format)
    return batch


@transaction.atomic
def match_columns(
    batch: ImportBatch,
    *,
    by: Actor,
    mapping: Mapping[str, str],
    source: str = "",
    vintage: date | None = None,
    nature: Nature | None = None,
) -> None:
    """Say which column is which field, and remember it for the next file with the same header. The preview starts anew.

    mapping: column → field, without the columns that are not read; ignored for a known shape.
    Raises NotAllowed, RuleBroken (no name, a field given twice, an import already confirmed).
    """
    policy.require("opendata.import", by, batch.territory)
    if batch.state not in CHANGEABLE:
        raise RuleBroken(_("Cet import est déjà confirmé : en commencer un autre pour lire le fichier autrement."))
    if not batch.connector:
        _check_mapping(batch, mapping)
        for column in batch.columns.all():
            column.field = mapping.get(column.name, "")
            column.save(update_fields=["field"])
        RememberedColumns.objects.update_or_create(
            territory=batch.territory, signature=signature(opened_file(batch)),
            defaults={"mapping": dict(mapping), "source": source or batch.source, "updated_at": now()},
        )  # fmt: skip
    batch.source, batch.vintage = (source or batch.source)[:120], vintage
    batch.nature = nature or batch.nature
    batch.state = BatchState.OPENED
    batch.save(update_fields=["source", "vintage", "nature", "state"])


def opened_file(batch: ImportBatch) -> Opened:
    """Open the kept file again. Raises Unreadable."""
    return open_file(Path(batch.file.path), is_known)


def plan_of(batch: ImportBatch, columns: tuple[str, ...]) -> Plan:
    """Give how the rows of an import are read. One query."""
    mapping = {column.name: column.field for column in batch.columns.all() if column.field}
    return Plan.of(columns, mapping, BY_KEY.get(batch.connector))


def signature(opened: Opened) -> str:
    """Give what makes two files of one kind: the SHA-256 of their folded header."""
    return hashlib.sha256("\n".join(map(fold, opened.columns)).encode()).hexdigest()


def _of_structures(opened: Opened) -> Opened:
    if {"structure_id", "thematiques"} <= set(opened.columns):
        raise Unreadable("services")
    return opened


def _check_mapping(batch: ImportBatch, mapping: Mapping[str, str]) -> None:
    fields = list(mapping.values())
    if unknown := set(fields) - set(BY_NAME):
        raise ValueError(unknown)
    if "name" not in fields:
        raise RuleBroken(words.refusal_of_file("no_name", {}))
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        columns = ", ".join(f"« {column} »" for column, field in mapping.items() if field == twice)
        raise RuleBroken(
            _("Plusieurs colonnes sont lues comme « %(field)s » : %(columns)s. N'en garder qu'une.")
            % {"field": words.field_name(twice), "columns": columns}
        )


def _columns(
    batch: ImportBatch,
    opened: Opened,
    connector: Connector | None,
    mapping: Mapping[str, str],
    sample: list[Mapping[str, Any]],
) -> list[ImportColumn]:
    """Describe each column; the example of one that is about persons is not kept."""
    made = []
    for position, name in enumerate(opened.columns):
        field = mapping.get(name, "")
        is_read = bool(field) or bool(connector and connector.reads(name))
        why = (
            ""
            if is_read
            else (connector.why_left(name) if connector else "") or ("person" if is_personal(name) else "")
        )
        is_shown = why not in {"person", "private_contact", "correspondence"}
        example = _example(field, name, sample) if is_shown else ""
        made.append(
            ImportColumn(batch=batch, position=position, name=name[:300], field=field or (READ_WITH_OTHERS if is_read else ""), why=why, example=example[:EXAMPLE])
        )  # fmt: skip
    return made


def _example(field: str, column: str, sample: list[Mapping[str, Any]]) -> str:
    """Give the first cell that says something and is not, as far as one can tell, a person's."""
    for row in sample:
        cell = row.get(column)
        if cell in (None, "", []):
            continue
        problem = read(BY_NAME[field], cell, column)[1] if field in BY_NAME else None
        if not problem or problem.code not in PERSONAL:
            return str(cell)
    return ""


READ_WITH_OTHERS = "*"
"""Field of a column that a known shape reads together with others (the parts of an address)."""


def _name_of(connector: Connector | None, file_name: str) -> str:
    return connector.source if connector else PurePath(file_name).stem


def _digest(file: Any) -> str:
    sha = hashlib.sha256()
    for chunk in file.chunks():
        sha.update(chunk)
    file.seek(0)
    return sha.hexdigest()


def _first_nature(territory: Territory) -> Nature | None:
    natures = Nature.objects.of(territory)
    return natures.filter(key="association").first() or natures.in_order().first()
