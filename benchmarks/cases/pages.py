"""7. The time that the server takes for every page that a visitor may see."""

from collections import defaultdict
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import instance
from benchmarks.addresses import Address, pages, unvisited
from benchmarks.measure import Row, processor_ms, share

MOST_MS = 60
MOST_SHOWN = 40
SEARCHES = [
    Address(f"/{instance.TERRITORY}/recherche/?q={words}", "site:search, with words")
    for words in ("apes", "ooscaar", "centre+social")
]
TRANSACTION_WORDS = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


def every_page(data: Path, quick: bool) -> list[Row]:
    """Ask each page of the real territory in this process, as in production, and count its queries."""
    from terreau.territory.models import Territory  # noqa: PLC0415 -- app ready

    found = [*pages(Territory.objects.get(slug=instance.TERRITORY)), *SEARCHES]
    visitor = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="fr", raise_request_exception=False)
    times, one = (3, 2) if quick else (5, 400)
    by_view: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    closed: list[str] = []
    for address in found:
        if len(by_view[address.view]) >= one:
            continue
        with CaptureQueriesContext(connection) as queries:
            status = visitor.get(address.path).status_code
        if status != 200:  # noqa: PLR2004 -- the status of a page that is shown
            closed.append(f"{address.path} {status}")
            continue
        count = sum(not query["sql"].startswith(TRANSACTION_WORDS) for query in queries.captured_queries)
        by_view[address.view].append(
            (processor_ms(lambda path=address.path: visitor.get(path), times), count, address.path)
        )
    rows = []
    for view, measures in by_view.items():
        if measures:
            worst, _count, path = max(measures)
            count = max(count for _time, count, _path in measures)
            typical = share([time for time, _count, _path in measures], 0.5)
            note = (
                f"{len(measures)} pages, slowest {path}, at most {count} queries"
                if len(measures) > 1
                else f"{path}, {count} queries"
            )
            rows.append(
                Row(view, worst, "ms", MOST_MS, {"its median page": typical} if len(measures) > 1 else {}, note)
            )
    rows.sort(key=lambda row: -row.measured)
    rows = rows[:MOST_SHOWN]
    visitors = [view for view in unvisited(found) if not view.startswith(("accounts:", "account_"))]
    print(f"  not shown to a visitor: {', '.join(closed) or 'none'}")
    print(f"  views without an address here: {', '.join(visitors) or 'none'}")
    return rows
