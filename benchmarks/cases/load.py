"""1. Pages under load. 5. The cold start. 6. The memory of two workers."""

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks import client, instance
from benchmarks.measure import Row

CONNECTIONS = 8
PAGES = {
    "home of the territory": "/{slug}/",
    "directory": "/{slug}/annuaire/",
    "organisation": "/{slug}/annuaire/cavm/",
    "timeline": "/{slug}/frise/",
}
STYLESHEET = "site/css/terreau.css"


def served(data: Path, quick: bool) -> list[Row]:
    """Ask pages of two workers from several connections, beside an empty view and a static file of the same server."""
    requests = 60 if quick else 400
    port, other = instance.free_port(), instance.free_port()
    beside, rows = {}, []
    with instance.running(
        instance.granian("benchmarks.empty:application", other), instance.environment(data)
    ) as server:
        instance.wait_for(other, "/", server)
        client.ask(other, "/", requests, CONNECTIONS)
        beside["empty Django"] = client.ask(other, "/", 5 * requests, CONNECTIONS).rate
    with instance.running(
        instance.granian("benchmarks.empty_view:application", port), instance.environment(data)
    ) as server:
        instance.wait_for(port, "/vide/", server)
        client.ask(port, "/vide/", requests, CONNECTIONS)
        beside["empty view here"] = client.ask(port, "/vide/", 3 * requests, CONNECTIONS).rate
        beside["static file"] = client.ask(port, static_file(data), 3 * requests, CONNECTIONS).rate
        for name, path in PAGES.items():
            address = path.format(slug=instance.TERRITORY)
            if not instance.answered(port, address):
                rows.append(Row(f"{name}: no such page yet", 0, "req/s", faster_is_more=True))
                continue
            client.ask(port, address, 4 * CONNECTIONS, CONNECTIONS)
            found = client.ask(port, address, requests, CONNECTIONS)
            note = f"p50 {found.p50:.0f} ms, p95 {found.p95:.0f} ms, {requests} requests from {CONNECTIONS} connections"
            rows.append(Row(name, found.rate, "req/s", None, beside, note, faster_is_more=True))
    return rows


def shown_pages(port: int) -> dict[str, str]:
    """Give the pages to ask for, by name: those that answer."""
    addresses = {name: path.format(slug=instance.TERRITORY) for name, path in PAGES.items()}
    return {name: path for name, path in addresses.items() if instance.answered(port, path)}


def static_file(data: Path) -> str:
    """Give the address of the style sheet, with its fingerprint."""
    stem, suffix = STYLESHEET.rsplit(".", 1)
    file = next((data / "static" / stem).parent.glob(f"{Path(stem).name}.*.{suffix}"))
    return f"/static/{file.relative_to(data / 'static')}"


def cold_start(data: Path, quick: bool) -> list[Row]:
    """Start `terreau serve` on the loaded site until the first page."""
    times = 1 if quick else 3
    env = instance.environment(data)

    def until(command: list[str], port: int, path: str) -> float:
        start = time.perf_counter()
        with instance.running(command, env) as server:
            instance.wait_for(port, path, server)
            return time.perf_counter() - start

    def serve() -> float:
        port = instance.free_port()
        return until([*instance.TERREAU, "serve", "--port", str(port)], port, f"/{instance.TERRITORY}/")

    def bare() -> float:
        port = instance.free_port()
        return until(instance.granian("terreau.wsgi:application", port), port, f"/{instance.TERRITORY}/")

    def empty() -> float:
        port = instance.free_port()
        return until(instance.granian("benchmarks.empty:application", port), port, "/")

    def setup() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import django; django.setup()"], env=env, check=True)
        return time.perf_counter() - start

    serve()
    beside = {
        name: statistics.median(run() for _ in range(times))
        for name, run in (("django.setup()", setup), ("empty Django served", empty))
    }
    return [
        Row("`terreau serve` to the first page", statistics.median(serve() for _ in range(times)), "s", 1.5, beside),
        Row("granian alone to the first page", statistics.median(bare() for _ in range(times)), "s", None, beside),
    ]


def memory(data: Path, quick: bool) -> list[Row]:
    """Add the memory that belongs to each process of a served site, after a warm-up on every page under load."""
    requests = 40 if quick else 300
    port, other = instance.free_port(), instance.free_port()
    with instance.running(
        instance.granian("benchmarks.empty:application", other), instance.environment(data)
    ) as server:
        instance.wait_for(other, "/", server)
        client.ask(other, "/", requests, CONNECTIONS)
        empty = proportional(server.pid)
    command = [*instance.TERREAU, "serve", "--port", str(port)]
    with instance.running(command, instance.environment(data)) as server:
        instance.wait_for(port, f"/{instance.TERRITORY}/", server)
        fresh = proportional(server.pid)
        for path in (*PAGES.values(), "/{slug}/recherche/?q=maison"):
            if instance.answered(port, address := path.format(slug=instance.TERRITORY)):
                client.ask(port, address, requests, CONNECTIONS)
        warm = proportional(server.pid)
    return [
        Row(
            "two workers and their parent", warm, "MB", 300, {"empty Django": empty, "before the warm-up": fresh}, "PSS"
        )
    ]


def proportional(group: int) -> float:
    """Give the PSS of a process group, in MB: shared pages are counted once, divided among those who share them."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                total += int(re.search(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), re.MULTILINE)[1])  # type: ignore[index]
        except (OSError, TypeError, IndexError):
            continue
    return total * 1024 / 1e6
