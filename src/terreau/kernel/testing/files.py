"""Small real files for tests, made by hand: nothing of them comes from anybody."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

ODT = "application/vnd.oasis.opendocument.text"
_ODF_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
)


def pdf(*pages: str) -> bytes:
    """Write a PDF of one line a page; a page without words stands for a scanned one."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for words in pages:
        text = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        drawn = b"BT /F1 12 Tf 40 700 Td (" + text + b") Tj ET" if words else b"0 0 10 10 re f"
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(drawn), drawn))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % content
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    out, places = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Write a ZIP archive, its members packed but the first, as office documents want their `mimetype`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for place, (name, content) in enumerate(parts.items()):
            # A date of its own, so that the same parts are the same bytes a second later.
            member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            packed.writestr(member, content, zipfile.ZIP_DEFLATED if place else zipfile.ZIP_STORED)
    return out.getvalue()


def odt(*paragraphs: str, doctype: str = "") -> bytes:
    body = "".join(f"<text:p>{words}</text:p>" for words in paragraphs)
    return archive({"mimetype": ODT, "content.xml": _ODF_CONTENT.format(doctype=doctype, body=body)})


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def bomb() -> bytes:
    """Write an ODT of some kilobytes that unpacks to 150 megabytes."""
    return archive({"mimetype": ODT, "content.xml": b"0" * 150_000_000})


def png() -> bytes:
    """Draw one red point."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xc0\x20\x20")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def mp3(frames: int = 40) -> bytes:
    """Write frames of silence: MPEG 1, layer III, 128 kbit/s, 44 100 Hz."""
    return (b"\xff\xfb\x90\x64" + b"\x00" * 413) * frames
