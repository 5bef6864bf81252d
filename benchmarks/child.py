"""One case in a process of its own: `python -m benchmarks.child CASE DATA OUT [--quick]`."""

import signal
import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks.catalogue import CASES
from benchmarks.measure import written


def main(name: str, data: str, out: str, *options: str) -> None:
    # Stopped from outside, a case still ends its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped: it takes too long"))
    django.setup()
    case = CASES[name]
    rows = getattr(import_module(f"benchmarks.cases.{case.module}"), case.function)(Path(data), "--quick" in options)
    Path(out).write_text(written(rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
