"""What a case measures, how it is timed, and the table that says it."""

import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of the table. target: the most that is accepted, None when nothing was promised; unit: of both.

    beside: measures of the same run that this one is divided by, {name: value in the same unit}; the table shows
    the ratios. faster_is_more: a rate, where the target is the least accepted and a ratio is theirs over ours.
    """

    what: str
    measured: float
    unit: str
    target: float | None = None
    beside: dict[str, float] = field(default_factory=dict)
    note: str = ""
    faster_is_more: bool = False

    @property
    def verdict(self) -> str:
        if self.target is None:
            return "-"
        held = self.measured >= self.target if self.faster_is_more else self.measured <= self.target
        return "holds" if held else "MISSES"

    def ratio(self, other: float) -> float:
        """How many times dearer this is than the other; a rate is turned over."""
        first, second = (other, self.measured) if self.faster_is_more else (self.measured, other)
        return first / second if second else float("inf")


@dataclass
class Timed:
    """Seconds on the clock, and seconds of processor of this process: other programs slow the first one only."""

    seconds: float = 0.0
    processor: float = 0.0


@contextmanager
def timed() -> Iterator[Timed]:
    found = Timed()
    clock, processor = time.perf_counter(), time.process_time()
    yield found
    found.seconds, found.processor = time.perf_counter() - clock, time.process_time() - processor


def median(run: Callable[[], object], times: int) -> float:
    """Give the median of the seconds of `times` runs."""
    return statistics.median(one_run(run) for _ in range(times))


def processor_ms(run: Callable[[], object], times: int) -> float:
    """Give the median of the milliseconds of processor of `times` runs: other programs of the machine do not count."""

    def once() -> float:
        start = time.process_time()
        run()
        return 1000 * (time.process_time() - start)

    return statistics.median(once() for _ in range(times))


def one_run(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def share(values: Sequence[float], part: float) -> float:
    """Give the value under which a share (0 to 1) of the values lies, the nearest of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def shown(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if abs(value) >= 100 else f"{value:.3g}"  # noqa: PLR2004 -- three digits are enough


def table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    lines = ["| What | Target | Measured | Times dearer than | Verdict |", "|---|---:|---:|---|---|"]
    for row in rows:
        sign = "≥" if row.faster_is_more else "≤"
        target = f"{sign} {shown(row.target)} {row.unit}" if row.target is not None else ""
        ratios = ", ".join(f"{shown(row.ratio(value))} × {name} ({shown(value)})" for name, value in row.beside.items())
        what = f"{row.what} ({row.note})" if row.note else row.what
        lines.append(f"| {what} | {target} | {shown(row.measured)} {row.unit} | {ratios} | {row.verdict} |")
    return "\n".join(lines)


def machine() -> str:
    """Say the kind of machine: processor, cores, how busy it was, memory, Python."""
    names = (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name"))
    memory = next(
        (int(line.split()[1]) // 1024**2 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0
    )
    python = ".".join(map(str, __import__("sys").version_info[:3]))
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores ({next(names, 'unknown processor')}), {memory} GiB, Python {python}, load {load:.1f} at the start"


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


def written(rows: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in rows])


def read(text: str) -> list[Row]:
    found: list[dict[str, Any]] = json.loads(text)
    return [Row(**row) for row in found]
