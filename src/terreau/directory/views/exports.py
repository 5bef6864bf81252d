"""The list as files: written as they leave, so that a country weighs no more than a village."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from terreau.directory import queries
from terreau.directory.queries.exports import COLUMNS, LICENCE, LICENCE_URL, Extract, cells_of, feature_of, lines
from terreau.kernel.http import Request, reads
from terreau.kernel.pure.csv_lines import csv_lines, guarded
from terreau.territory.models import Territory

MOST_IN_SHEET = 50_000
"""Rows of a spreadsheet: beyond, it would take minutes to write, and few programs would open it."""
LONGEST_CELL = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _extract(request: Request, territory: Territory) -> Extract:
    wanted = queries.Wanted.of(request.GET)
    return queries.extract(request.actor, territory, wanted, request.build_absolute_uri("/").rstrip("/"))


def _named(response: Any, extract: Extract, ending: str) -> Any:
    response.headers["Content-Disposition"] = f'attachment; filename="{extract.name}.{ending}"'
    response.headers["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return response


@reads("directory.read")
def export_csv(request: Request, territory: Territory) -> HttpResponse:
    """Write the list as CSV: UTF-8 with its mark and semicolons, which spreadsheets in French open as they are."""
    taken = _extract(request, territory)

    rows = (cells_of(line, taken.provenance) for line in lines(taken))
    return _named(
        StreamingHttpResponse(csv_lines(COLUMNS, rows, separator=";"), content_type="text/csv; charset=utf-8"),
        taken,
        "csv",
    )


@reads("directory.read")
def export_geojson(request: Request, territory: Territory) -> HttpResponse:
    """Write the list as GeoJSON (RFC 7946), with where it comes from; what has no point has no geometry."""
    taken = _extract(request, territory)
    about = {
        "territoire": territory.name,
        "extrait_le": taken.on.isoformat(),
        "filtres": taken.filters,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "source": taken.root + taken.address,
    }

    def parts() -> Iterator[str]:
        yield f'{{"type": "FeatureCollection", "provenance": {json.dumps(about, ensure_ascii=False)}, "features": ['
        for place, line in enumerate(lines(taken)):
            yield ("," if place else "") + "\n" + json.dumps(feature_of(line), ensure_ascii=False)
        yield "\n]}\n"

    return _named(StreamingHttpResponse(parts(), content_type="application/geo+json"), taken, "geojson")


@reads("directory.read")
def export_xlsx(request: Request, territory: Territory) -> HttpResponse:
    """Write the list as a spreadsheet, with a sheet that says where it comes from; up to MOST_IN_SHEET rows."""
    taken = _extract(request, territory)
    file = BytesIO()
    _write_sheet(taken, file)
    return _named(HttpResponse(file.getvalue(), content_type=XLSX), taken, "xlsx")


def _write_sheet(taken: Extract, file: IO[bytes]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Annuaire"))
    sheet.freeze_panes = "C2"
    columns = COLUMNS[:-1]
    sheet.append(columns)
    written, is_cut = 0, False
    for line in lines(taken):
        if written == MOST_IN_SHEET:
            is_cut = True
            break
        sheet.append([_cell(sheet, value) for value in cells_of(line, "")[:-1]])
        written += 1
    about = book.create_sheet(_("À propos"))
    told = [
        (_("Territoire"), taken.territory.name),
        (_("Extrait le"), taken.on.isoformat()),
        (_("Filtres"), taken.filters),
        (_("Organisations"), written),
        (_("Licence"), LICENCE),
        (_("Source"), taken.root + taken.address),
    ]
    if is_cut:
        told.append(
            (
                _("Attention"),
                _("Les %(most)s premières seulement : le fichier CSV les donne toutes.") % {"most": MOST_IN_SHEET},
            )
        )
    for row in told:
        about.append([_cell(about, value) for value in row])
    book.save(file)


def _cell(sheet: Any, value: Any) -> Any:
    """Write texts as texts: never a formula."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=guarded(value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell
