"""The pages of the format: public, the same for everyone."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from terreau.kernel.http import Request, reads

if TYPE_CHECKING:
    from terreau.dossier.reference import FileReference

ONE_HOUR = 3600


@dataclass(frozen=True)
class FormatPage:
    """files: the whole format, `territoire` first."""

    files: tuple["FileReference", ...]


@reads("dossier.format")
def format_page(request: Request) -> HttpResponse:
    from terreau.dossier import reference  # noqa: PLC0415 -- slow import

    return render(request, "dossier/format.html", {"page": FormatPage(reference.files())})


@reads("dossier.format")
def schema(request: Request, file: str) -> HttpResponse:
    """Give the JSON Schema of a file; it may be kept for an hour, then asked again by its ETag."""
    from terreau.dossier import reference  # noqa: PLC0415 -- slow import
    from terreau.kernel import dossier as d  # noqa: PLC0415 -- slow import

    if file not in d.file_models():
        raise Http404(_("Aucun fichier du dossier ne porte ce nom."))
    text = reference.schema_text(file)
    etag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
    response = HttpResponse(text, content_type="application/schema+json; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={ONE_HOUR}"
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'inline; filename="{file}.schema.json"'
    return get_conditional_response(request, etag=etag, response=response) or HttpResponseNotModified()
