"""Small files of each shape, invented, and ways to import them in a test."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from terreau.directory.models import Identifier, Organisation, OrganisationName
from terreau.kernel.pure.actor import Actor
from terreau.opendata import services
from terreau.opendata.models import ImportBatch, OutsideRecord
from terreau.territory.models import Territory

SAMPLES = next(
    (
        folder
        for parent in Path(__file__).resolve().parents
        if (folder := parent / "shared" / "data" / "samples").is_dir()
    ),
    None,
)
needs_samples = pytest.mark.skipif(SAMPLES is None, reason="the real samples of ../shared/data are not here")
SIRET, OTHER_SIRET = "39286602600017", "78956615500014"


def opened(
    territory: Territory, by: Actor, content: bytes | str, name: str = "structures.csv", **given: Any
) -> ImportBatch:
    data = content.encode() if isinstance(content, str) else content
    return services.open_import(territory, by=by, file=ContentFile(data, name=name), **given)


def imported(
    territory: Territory, by: Actor, content: bytes | str, name: str = "structures.csv", **given: Any
) -> ImportBatch:
    """Import a file to its end."""
    return services.run(opened(territory, by, content, name, **{"source": "Essai"} | given), by=by)


def state_of(territory: Territory) -> list[Any]:
    """Give all that an import may write, without instants nor identifiers made by chance."""
    organisations = Organisation.objects.filter(territory=territory).order_by("key")
    return [
        list(organisations.values_list("key", "name", "version", "commune", "address", "site", "start", "longitude")),
        list(Identifier.objects.order_by("organisation__key", "scheme").values_list("organisation__key", "scheme", "value")),
        list(OrganisationName.objects.order_by("organisation__key", "name").values_list("organisation__key", "name", "sort")),
        list(OutsideRecord.objects.order_by("source", "outside_id").values_list("source", "outside_id", "values", "organisation__key")),
    ]  # fmt: skip


def xlsx(rows: Any, *, merged: str = "") -> bytes:
    """Write a workbook of one sheet, by hand."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            f'<c r="{_letters(place)}{number}"><v>{value}</v></c>'
            if isinstance(value, (int, float))
            else f'<c r="{_letters(place)}{number}" t="inlineStr"><is><t>{value}</t></is></c>'
            for place, value in enumerate(row)
            if value not in (None, "")
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    sheet = (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{merged}</worksheet>'
    )
    return packed({**FRAME, "xl/worksheets/sheet1.xml": sheet})


def packed(files: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return ods_of(lines)


def ods_of(lines: str) -> bytes:
    content = f'<?xml version="1.0"?><office:document-content {OFFICE}><office:body><office:spreadsheet><table:table table:name="Feuille">{lines}</table:table></office:spreadsheet></office:body></office:document-content>'
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def as_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False)


def _letters(place: int) -> str:
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
FRAME: dict[str, str | bytes] = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="Structures" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
