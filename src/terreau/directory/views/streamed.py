"""What leaves as a file: written line by line as it is read, in the words of who asked."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import translation

from terreau.kernel.pure.csv_lines import csv_lines


def csv_file(name: str, header: Sequence[str], rows: Callable[[], Iterable[Sequence[Any]]]) -> HttpResponse:
    """Answer a CSV file, streamed. rows: asked once the answer has started, in the language of the reader."""
    return _file(name, "text/csv; charset=utf-8", lambda: csv_lines(header, rows()))


def json_file(
    name: str, about: dict[str, Any], key: str, items: Callable[[], Iterable[dict[str, Any]]]
) -> HttpResponse:
    """Answer a JSON object, streamed: what is said about the list, then the list under `key`."""

    def written() -> Iterator[str]:
        yield json.dumps(about, ensure_ascii=False)[:-1] + f', "{key}": ['
        separator = "\n"
        for item in items():
            yield separator + json.dumps(item, ensure_ascii=False)
            separator = ",\n"
        yield "\n]}\n"

    return _file(name, "application/json; charset=utf-8", written)


def _file(name: str, content_type: str, written: Callable[[], Iterable[str]]) -> HttpResponse:
    language = translation.get_language() or "fr"

    def spoken() -> Iterator[str]:
        with translation.override(language):
            yield from written()

    response = StreamingHttpResponse(spoken(), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast("HttpResponse", response)  # what the decorators of views and the middlewares take it for
