"""Measure the house: `python -m benchmarks [CASE...] [--quick]`, from the root of a checkout."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import instance
from benchmarks.catalogue import CASES
from benchmarks.measure import Row, machine, read, table


def run(name: str, data: Path, *, quick: bool) -> list[Row]:
    """Run a case on a copy of an instance, in a process that is stopped with all its children when it takes too long.

    Raises RuntimeError when it fails or takes too long.
    """
    out = data / "rows.json"
    command = [sys.executable, "-m", "benchmarks.child", name, str(data), str(out), *["--quick"] * quick]
    with subprocess.Popen(command, env=instance.environment(data), cwd=instance.ROOT, start_new_session=True) as child:
        try:
            code: int | str = child.wait(CASES[name].most)
        except subprocess.TimeoutExpired:
            code = f"none after {CASES[name].most} s"
        finally:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGTERM)
                child.wait(instance.GRACE)
    if code != 0:
        raise RuntimeError(f"case {name}: exit code {code}")
    return read(out.read_text(encoding="utf-8"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the cases and print their tables. Gives 1 when a case could not run; a missed target is only said."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="How fast the house is, beside what it stands on."
    )
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"all unless named: {', '.join(CASES)}")
    parser.add_argument("--quick", action="store_true", help="smaller measures, under a minute in all")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    print(f"{time.strftime('%Y-%m-%d')}, {machine()}", flush=True)
    failed = 0
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="terreau-benchmarks-") as folder:
        prepared = Path(folder) / "prepared"
        instance.prepare(prepared)
        for name in chosen.cases or CASES:
            print(f"\n## {CASES[name].about} (`{name}`)\n", flush=True)
            began = time.monotonic()
            try:
                rows = run(name, instance.copy(prepared, Path(folder) / name), quick=chosen.quick)
            except RuntimeError as error:
                print(f"could not be measured: {error}", file=sys.stderr)
                failed += 1
                continue
            print(f"{table(rows)}\n\n{time.monotonic() - began:.0f} s", flush=True)
    print(f"\n{time.monotonic() - start:.0f} s in all")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
