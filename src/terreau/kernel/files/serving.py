"""A kept file sent to a browser: downloaded, or shown when its sort is one that cannot act."""

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header, parse_etags

from terreau.kernel.files.kinds import kind_of
from terreau.kernel.files.storing import open_kept
from terreau.kernel.models import WithFile

CHUNK = 1 << 16
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
_VIEWER = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
"""For a PDF that is read on the spot: browsers refuse their own reader in a sandbox."""


def served(request: HttpRequest, record: WithFile, *, shown: bool = False) -> HttpResponseBase:
    """Answer with the file of a record that the reader may see: the caller has checked it, at each request.

    shown: in the browser, when its sort has a player; otherwise it is downloaded. Never an active type, whatever was
    kept: an unknown sort goes as bytes. One range of bytes may be asked, as players do. Nobody may keep it for others.
    Raises FileNotFoundError when the bytes are not there.
    """
    kind = kind_of(record.media_type)
    is_shown = shown and kind is not None and bool(kind.player)
    tag = f'"{record.sha256}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _content(request, open_kept(record.sha256), record.size or 0, tag)
        response["Content-Type"] = kind.media_type if kind else "application/octet-stream"
        if response["Content-Type"].startswith("text/"):
            response["Content-Type"] = "text/plain; charset=utf-8"
        response["Accept-Ranges"] = "bytes"
        # GZipMiddleware would change the lengths that the ranges speak of.
        response["Content-Encoding"] = "identity"
        disposition = content_disposition_header(not is_shown, record.file_name)
        response["Content-Disposition"] = disposition or "attachment"
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    is_read = is_shown and kind is not None and kind.player == "document"
    response["Content-Security-Policy"] = _VIEWER if is_read else _SANDBOX
    return response


def _content(request: HttpRequest, file: IO[bytes], size: int, tag: str) -> HttpResponseBase:
    asked = _range(request, size, tag)
    if asked is None:
        return _stream(file, 0, size, status=200)
    first, last = asked
    if first > last or first >= size:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = _stream(file, first, last - first + 1, status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _range(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """Give the first and last byte that are asked, None for all (RFC 9110, section 14)."""
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if not found or request.headers.get("If-Range", tag) != tag or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1


def _stream(file: IO[bytes], first: int, length: int, *, status: int) -> StreamingHttpResponse:
    file.seek(first)
    response = StreamingHttpResponse(_Pieces(file, length), status=status)
    response["Content-Length"] = str(length)
    return response


class _Pieces:
    """Reads a stretch of an open file, which the response closes even when nobody reads it."""

    def __init__(self, file: IO[bytes], length: int) -> None:
        self.file, self.left = file, length

    def __iter__(self) -> Iterator[bytes]:
        while self.left > 0 and (piece := self.file.read(min(CHUNK, self.left))):
            self.left -= len(piece)
            yield piece

    def close(self) -> None:
        self.file.close()
