import datetime as dt
import io
import time
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from terreau.kernel import files
from terreau.kernel.errors import RuleBroken
from terreau.kernel.files import archives, documents, extracting, naming, storing
from terreau.kernel.files.kinds import BY_EXTENSION
from terreau.kernel.testing import files as made

HTML = b"  <!doctype html><script>alert(1)</script>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def check(content, name="fichier.pdf"):
    return files.checked(io.BytesIO(content), name)


def refusal(content, name="fichier.pdf"):
    """Give the words of a refusal, spaces and apostrophes made plain."""
    with pytest.raises(RuleBroken) as refused:
        check(content, name)
    return refused.value.message.replace("\u00a0", " ").replace("’", "'")


# What a file is


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        ("pdf", made.pdf("un mot")),
        ("odt", made.odt("un mot")),
        ("docx", made.docx("un mot")),
        ("ods", made.archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})),
        ("odp", made.archive({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<a/>"})),
        ("xlsx", made.archive({"[Content_Types].xml": "", "xl/workbook.xml": ""})),
        ("pptx", made.archive({"[Content_Types].xml": "", "ppt/presentation.xml": ""})),
        ("epub", made.archive({"mimetype": "application/epub+zip", "a.xhtml": "<p/>"})),
        ("png", made.png()),
        ("jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("mp3", made.mp3()),
        ("mp3", b"ID3\x04\x00\x00"),
        ("ogg", b"OggS\x00\x02" + b"\x00" * 20 + b"\x01vorbis"),
        ("m4a", b"\x00\x00\x00\x20ftypM4A \x00\x00"),
        ("mp4", b"\x00\x00\x00\x20ftypisom\x00\x00"),
        ("webm", b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm"),
        ("txt", "Où l'on écrit".encode()),
        ("txt", "Où l'on écrit".encode("cp1252")),
    ],
)  # fmt: skip
def test_the_content_says_what_a_file_is_whatever_its_name(extension, content):
    found = check(content, "mensonge.exe")

    assert (found.kind.extension, found.name) == (extension, f"mensonge.{extension}")


@pytest.mark.parametrize("name", ["notes.md", "liste.csv"])
def test_the_name_tells_texts_apart(name):
    assert check(b"a;b\n1;2\n", name).name == name


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (HTML, "du HTML, du SVG"),
        (SVG, "du HTML, du SVG"),
        (b"\xef\xbb\xbf<html>", "du HTML, du SVG"),
        (b"MZ\x90\x00", "un programme pour Windows"),
        (b"#!/bin/sh\nrm", "un script"),
        (b"GIF89a", "une image GIF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancienne génération"),
        (made.archive({"a.txt": "a", "b.txt": "b"}), "une archive ZIP"),
        (b"\x00\x00\x00\x20ftypheic", "d'un autre format"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x88matroska", "Matroska"),
        (b"OggS\x00\x02" + b"\x00" * 20 + b"\x80theora", "pas reconnu"),
        (b"\x00\x01\x02\x03", "pas reconnu"),
        (b"", "il est vide"),
        (b"PK\x05\x06" + b"\x00" * 18, "une archive ZIP"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_file_what_it_holds_and_what_is_admitted(content, found):
    message = refusal(content, "rapport.pdf")

    assert "« rapport.pdf »" in message
    assert found in message
    assert "PDF, ODT" in message


@given(st.binary(max_size=300))
def test_no_bytes_make_the_check_fail_otherwise_than_by_a_refusal(content):
    try:
        found = check(content)
    except RuleBroken:
        return
    assert found.kind in BY_EXTENSION.values()


def test_a_text_that_begins_with_markup_is_refused_under_any_name():
    assert "du HTML" in refusal(HTML, "notes.txt")


# Size, bombs, names


def test_a_file_beyond_the_limit_is_refused_with_both_sizes(settings):
    settings.TERREAU_FILE_LIMIT = 1000
    assert "pèse 2 ko, et la limite est de 1 ko" in refusal(b"a" * 2000)


def test_an_archive_that_unpacks_beyond_reason_is_refused():
    content = made.bomb()

    assert len(content) < 200_000
    assert "comme un fichier piégé" in refusal(content, "petit.odt")


@pytest.mark.parametrize(("limit", "value"), [("MOST_ENTRIES", 1), ("MOST_UNPACKED", 10), ("MOST_PER_ENTRY", 10)])
def test_each_limit_of_an_archive_is_held(monkeypatch, limit, value):
    monkeypatch.setattr(archives, limit, value)
    assert "fichier piégé" in refusal(made.odt("un mot"))


def test_a_document_with_macros_is_refused():
    content = made.archive({"[Content_Types].xml": "", "word/document.xml": "<a/>", "word/vbaProject.bin": b"x"})
    assert "contient des macros" in refusal(content)


def test_a_cut_document_is_refused():
    assert "une archive ZIP" in refusal(made.odt("un mot")[:-30])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "a/b.pdf", "a\\b.pdf", "a\x00.pdf", "a\n.pdf", "rapport\u202efdp.exe", ""]
)
def test_a_name_that_is_a_path_or_hides_signs_is_refused(name):
    assert "contient un chemin ou un signe invisible" in refusal(b"bonjour", name)


def test_a_name_of_300_characters_keeps_its_beginning_and_its_ending():
    name = check(made.pdf("un mot"), "é" * 300 + ".pdf").name

    assert (len(name), name[-4:]) == (naming.LONGEST, ".pdf")


@pytest.mark.parametrize(
    ("given", "kept"), [("Guide  v2.1.pdf", "Guide v2.1.pdf"), ("compte rendu du 12.03", "compte rendu du 12.pdf"), (".pdf", "fichier.pdf"), ("J. Dupont et autres", "J. Dupont et autres.pdf")],
)  # fmt: skip
def test_names_stay_readable(given, kept):
    assert check(made.pdf("un mot"), given).name == kept


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (1000, "1 ko"),
        (3_400_000, "3,4 Mo"),
        (52_000_000, "52 Mo"),
        (2_000_000_000, "2 Go"),
    ],
)
def test_sizes_are_said_as_people_say_them(size, words):
    assert files.size_in_words(size).replace("\u00a0", " ") == words


# Words inside


def extracted(content, name="fichier.pdf"):
    found = check(content, name)
    return files.extract(found.file, found.kind.media_type)


def test_the_words_of_a_pdf_are_found_on_every_page():
    assert extracted(made.pdf("Première page", "La maturation coopérative", "Fin")).split("\n") == [
        "Première page",
        "La maturation coopérative",
        "Fin",
    ]


def test_a_scanned_pdf_has_no_words():
    assert extracted(made.pdf("", "")) == ""


@pytest.mark.parametrize("made_by", [made.odt, made.docx])
def test_the_words_of_office_documents_are_found(made_by):
    assert extracted(made_by("Un paragraphe.", "Un tiers-lieu &amp; co")) == "Un paragraphe.\nUn tiers-lieu & co"


def test_the_words_of_slides_and_of_an_e_book_are_found():
    slide = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>Diapo {}</a:t></a:r></a:p></p:sld>'
    parts = {"[Content_Types].xml": "", "ppt/presentation.xml": "<p/>"}
    parts |= {f"ppt/slides/slide{number}.xml": slide.format(number) for number in (10, 2)}
    page = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://example.org/x.dtd"><html><head><style>p{}</style></head><body><p>Un&nbsp;verger</p></body></html>'

    assert extracted(made.archive(parts)) == "Diapo 2\nDiapo 10"
    assert extracted(made.archive({"mimetype": "application/epub+zip", "a.xhtml": page})) == "Un verger"


def test_an_xml_that_declares_entities_is_not_read():
    doctype = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert extracted(made.odt("&b;", doctype=doctype)) == ""


def test_an_xml_fetches_nothing(tmp_path):
    (tmp_path / "secret").write_text("secret")
    doctype = f'<!DOCTYPE a [<!ENTITY a SYSTEM "file://{tmp_path}/secret">]>'
    assert "secret" not in extracted(made.odt("&a;", doctype=doctype))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_is_read_in_the_usual_encodings(encoding):
    assert extracted("Une forêt-jardin".encode(encoding), "a.txt") == "Une forêt-jardin"


def test_a_broken_pdf_gives_no_words_and_no_error():
    assert extracted(b"%PDF-1.7\nrien qui vaille") == ""


@given(st.binary(max_size=400))
def test_no_pdf_makes_the_reading_fail(content):
    assert isinstance(files.extract(io.BytesIO(b"%PDF-1.4\n" + content), "application/pdf"), str)


def test_reading_stops_in_time_and_keeps_what_it_read(monkeypatch):
    monkeypatch.setattr(extracting, "SLOWEST", -1.0)
    started = time.monotonic()

    assert extracted(made.pdf("Première", "Deuxième")) == ""
    assert time.monotonic() - started < 5


def test_words_stop_at_the_limit(monkeypatch):
    for module in (extracting, documents):
        monkeypatch.setattr(module, "MOST_CHARACTERS", 50)
    assert len(extracted(made.odt(*["mot " * 20] * 20))) <= 50


# Keeping and serving


@pytest.fixture
def storage(settings, tmp_path, db):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(tmp_path)}},
    }
    return tmp_path


def held(content, name):
    found = check(content, name)
    files.keep(found)
    return SimpleNamespace(file_name=found.name, media_type=found.kind.media_type, size=found.size, sha256=found.sha256)


def body(response):
    with closing(response):
        return b"".join(response.streaming_content)


def test_equal_contents_are_kept_once(storage):
    held(b"bonjour", "a.txt"), held(b"bonjour", "b.txt")

    assert len([path for path in storage.rglob("*") if path.is_file()]) == 1


def test_what_a_crash_left_half_written_is_written_again(storage):
    found = check(b"bonjour tout le monde", "a.txt")
    files.keep(found)
    place = storage / storing.place_of(found.sha256)
    place.write_bytes(b"bonj")

    files.keep(found)

    assert place.read_bytes() == b"bonjour tout le monde"


@pytest.mark.parametrize("shown", [False, True])
def test_a_text_is_only_downloaded_and_cannot_act(storage, shown):
    response = files.served(RequestFactory().get("/"), held(b"bonjour", "un été.txt"), shown=shown)

    assert response["Content-Disposition"].startswith("attachment; filename")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-cache"
    assert (body(response), response["Content-Length"]) == (b"bonjour", "7")


@pytest.mark.parametrize(
    ("content", "name"), [(made.png(), "a.png"), (made.mp3(), "a.mp3"), (made.pdf("mot"), "a.pdf")]
)
def test_an_image_a_sound_or_a_pdf_is_shown_when_asked(storage, content, name):
    row = held(content, name)

    for shown, word in ((True, "inline"), (False, "attachment")):
        with closing(files.served(RequestFactory().get("/"), row, shown=shown)) as response:
            assert response["Content-Disposition"].startswith(word)


def test_a_sort_that_is_not_known_any_more_goes_as_bytes(storage):
    row = held(b"bonjour", "a.txt")
    row.media_type = "text/html"

    with closing(files.served(RequestFactory().get("/"), row, shown=True)) as response:
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "status", "sent", "told"),
    [
        ("bytes=0-3", 206, b"bonj", "bytes 0-3/7"),
        ("bytes=4-", 206, b"our", "bytes 4-6/7"),
        ("bytes=-2", 206, b"ur", "bytes 5-6/7"),
        ("bytes=2-900", 206, b"njour", "bytes 2-6/7"),
        ("bytes=0-1,3-4", 200, b"bonjour", None),
        ("lines=1", 200, b"bonjour", None),
    ],
)
def test_a_player_asks_for_a_range(storage, asked, status, sent, told):
    response = files.served(RequestFactory().get("/", headers={"range": asked}), held(b"bonjour", "a.txt"))

    assert (response.status_code, body(response), response.get("Content-Range")) == (status, sent, told)


@pytest.mark.parametrize("asked", ["bytes=7-", "bytes=-0", "bytes=5-2"])
def test_a_range_outside_of_the_file_is_refused(storage, asked):
    response = files.served(RequestFactory().get("/", headers={"range": asked}), held(b"bonjour", "a.txt"))

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */7")


def test_a_copy_that_the_browser_has_is_not_sent_again(storage):
    row = held(b"bonjour", "a.txt")
    response = files.served(RequestFactory().get("/", headers={"if-none-match": f'"{row.sha256}"'}), row)

    assert (response.status_code, getattr(response, "content", None)) == (304, b"")


@pytest.mark.django_db
def test_only_old_files_that_no_record_holds_are_orphans(storage):
    found = check(b"personne", "a.txt")
    files.keep(found)

    assert list(files.orphans()) == []
    assert list(files.orphans(quiet=dt.timedelta(0))) == [found.sha256]
    assert files.remove_orphans() == 0
    assert default_storage.exists(storing.place_of(found.sha256))
