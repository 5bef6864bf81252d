"""8. The audit chain, and imprecise dates."""

import hashlib
from pathlib import Path
from uuid import uuid4

from django.db import transaction

from benchmarks.measure import Row, one_run
from terreau.kernel import audit
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure import date_words, edtf
from terreau.kernel.pure.actor import SYSTEM

EVENTS = 1000
DATES = 10_000


def audit_chain(data: Path, quick: bool) -> list[Row]:
    """Write a thousand events in one go, one by one in one transaction, and verify the chain."""
    together, apart = uuid4(), uuid4()
    changes = [audit.Change("benchmark.change", None, {"name": ["before", f"after {at}"]}) for at in range(EVENTS)]

    def one_by_one() -> None:
        with transaction.atomic():
            for change in changes:
                audit.record(SYSTEM, change.action, None, change.changes, territory_id=apart)

    def bare(chain: str = "bare") -> None:
        with transaction.atomic():
            AuditEvent.objects.bulk_create(
                [
                    AuditEvent(
                        chain=chain, sequence=at, action="a", changes={"name": ["before", str(at)]}, hash="0" * 64
                    )
                    for at in range(EVENTS)
                ]
            )

    def hashes() -> None:
        for at in range(EVENTS):
            hashlib.sha256(b"%d" % at * 40).hexdigest()

    def verify() -> None:
        if audit.broken_link(str(together)) is not None:
            raise RuntimeError("the chain does not hold")

    bare("warm-up")
    inserted = {"bulk_create alone": 1000 * one_run(bare)}
    return [
        Row(
            "write 1 000 events together",
            1000 * one_run(lambda: audit.record_all(SYSTEM, changes, territory_id=together)),
            "ms",
            None,
            inserted,
        ),
        Row("write 1 000 events one by one", 1000 * one_run(one_by_one), "ms", None, inserted),
        Row("verify 1 000 events", 1000 * one_run(verify), "ms", None, {"SHA-256 alone": 1000 * one_run(hashes)}),
    ]


def dates(data: Path, quick: bool) -> list[Row]:
    """Read and say ten thousand different imprecise dates, none of them met before."""
    shapes = ("{y}-{m:02}-{d:02}", "{y}-{m:02}~", "{y}~", "{y}/{e}", "{y}-{m:02}-{d:02}/..", "{y}-{m:02}?")
    texts = [
        shapes[at % 6].format(y=1000 + at // 6, m=at % 12 + 1, d=at % 28 + 1, e=1001 + at // 6) for at in range(DATES)
    ]
    values: list[edtf.Edtf] = []
    plain = [f"{1000 + at // 6}-{at % 12 + 1:02}-{at % 28 + 1:02}" for at in range(DATES)]
    from datetime import date  # noqa: PLC0415 -- only what this one is compared with

    iso = {"date.fromisoformat": 1000 * one_run(lambda: [date.fromisoformat(text) for text in plain])}
    read = 1000 * one_run(lambda: values.extend(edtf.parse(text) for text in texts))
    said = 1000 * one_run(lambda: [date_words.say(value, "fr") for value in values])
    return [Row("read 10 000 EDTF dates", read, "ms", None, iso), Row("say them in French", said, "ms", None, iso)]
