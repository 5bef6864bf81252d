"""Facts: what each record tells the house, and how the shared read model is kept.

An app registers one Teller per model that has something to tell, in its `facts.py` (found by the kernel when the
house opens). Services call `refresh` on what they wrote, in the same transaction; `rebuild` starts again from the
records, and gives the same rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation
from django.utils.functional import Promise

from terreau.kernel.collecting import uncollected
from terreau.kernel.enums import Certainty
from terreau.kernel.inserting import insert_all, new_row
from terreau.kernel.models import Entry, Fact, FactActor, Record
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.search.folding import fold

CHUNK = 1000


@dataclass(frozen=True)
class Described:
    """How a record is called and found. names: other names, acronyms, misspellings; body: the rest of its words.

    url and visibility: those of the record unless said.
    """

    title: str
    subtitle: str = ""
    names: tuple[str, ...] = ()
    body: str = ""
    weight: int = 5
    url: str | None = None
    visibility: str | None = None


@dataclass(frozen=True)
class Told:
    """One fact of a record. who: (kind, UUID) of the organisations, bodies or people that took part.

    what: code of a registered sort; url and visibility: those of the record unless said.
    """

    when: Edtf | None
    what: str
    title: str
    detail: str = ""
    who: tuple[tuple[str, Any], ...] = ()
    scale: str = ""
    lane: str = ""
    certainty: str = Certainty.ESTABLISHED
    url: str | None = None
    visibility: str | None = None


@dataclass(frozen=True)
class Teller:
    """What a model tells. prefetch: turns a queryset into one that `describe` and `tell` read without more queries."""

    model: type[Record]
    describe: Callable[[Any], Described | None]
    tell: Callable[[Any], Iterable[Told]] = lambda _record: ()
    prefetch: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] = lambda rows: rows


_tellers: dict[type[Record], Teller] = {}
_sorts: dict[str, str | Promise] = {}


def register(*tellers: Teller, sorts: dict[str, str | Promise] | None = None) -> None:
    """Add an app's tellers, and the words of its sorts of fact (code → label)."""
    for teller in tellers:
        _tellers[teller.model] = teller
    _sorts.update(sorts or {})


def tellers() -> tuple[Teller, ...]:
    """Give every teller, in the order of registration."""
    return tuple(_tellers.values())


def label_of(what: str) -> str:
    return str(_sorts.get(what, what))


def sorts() -> dict[str, str | Promise]:
    return dict(_sorts)


@transaction.atomic
def refresh(*records: Record) -> None:
    """Tell again what these records say; a deleted record (no longer in its table) takes its rows away."""
    by_model: dict[type[Record], list[Any]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    for model, pks in by_model.items():
        _forget(model, pks)
        if teller := _tellers.get(model):
            _write(teller, list(teller.prefetch(model._default_manager.filter(pk__in=pks).select_related("territory"))))


@transaction.atomic
def tell(*records: Record) -> None:
    """Tell what records that were just made say: `refresh`, with nothing to forget and nothing to read again.

    records: all of one model, carrying in memory what the teller's `prefetch` would fetch.
    """
    if records and (teller := _tellers.get(type(records[0]))):
        _write(teller, list(records))


@uncollected()
@transaction.atomic
def rebuild(territory: Any) -> dict[str, int]:
    """Forget and tell again everything of a territory. Gives the number of entries by kind."""
    FactActor.objects.filter(fact__territory=territory).delete()
    Fact.objects.filter(territory=territory).delete()
    Entry.objects.filter(territory=territory).delete()
    counts = {}
    for model, teller in _tellers.items():
        count = 0
        rows = teller.prefetch(model._default_manager.filter(territory=territory).select_related("territory"))
        for chunk in _chunks(rows):
            _write(teller, chunk)
            count += len(chunk)
        counts[model.KIND] = count
    return counts


def _chunks(rows: models.QuerySet[Any]) -> Iterable[list[Any]]:
    chunk = []
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _forget(model: type[Record], pks: list[Any]) -> None:
    FactActor.objects.filter(fact__kind=model.KIND, fact__record_id__in=pks).delete()
    Fact.objects.filter(kind=model.KIND, record_id__in=pks).delete()
    Entry.objects.filter(kind=model.KIND, record_id__in=pks).delete()


def _write(teller: Teller, records: list[Any]) -> None:
    """Write what records tell, in the language of the instance whatever that of the reader who changed them."""
    with translation.override(settings.LANGUAGE_CODE):
        _write_told(teller, records)


def _write_told(teller: Teller, records: list[Any]) -> None:
    entries, facts = [], []
    actors: list[tuple[Fact, str, Any, int]] = []
    for record in records:
        kind, url = record.KIND, record.get_absolute_url()
        if described := teller.describe(record):
            entries.append(_entry(record, described, url))
        for told in teller.tell(record):
            columns = {
                "territory_id": record.territory_id, "kind": kind, "record_id": record.pk, "what": told.what, "when": told.when,
                "title": told.title[:400], "detail": told.detail, "url": url if told.url is None else told.url, "scale": told.scale,
                "lane": told.lane, "certainty": told.certainty, "visibility": told.visibility or record.visibility,
            }  # fmt: skip
            fact = new_row(Fact, columns)
            facts.append(fact)
            actors += [(fact, who, pk, place) for place, (who, pk) in enumerate(told.who)]
    insert_all(entries)
    insert_all(facts, keys=True)
    insert_all([
        new_row(FactActor, {"fact_id": fact.pk, "kind": who, "record_id": pk, "position": place})
        for fact, who, pk, place in actors
    ])  # fmt: skip


def _entry(record: Any, described: Described, url: str) -> Entry:
    names = [described.title, *described.names]
    return new_row(Entry, {
        "territory_id": record.territory_id, "kind": record.KIND, "record_id": record.pk, "key": record.key,
        "title": described.title[:400], "subtitle": described.subtitle[:400], "url": url if described.url is None else described.url,
        "names": "\n".join(dict.fromkeys(fold(name) for name in names if name)), "body": fold(described.body),
        "weight": described.weight, "visibility": described.visibility or record.visibility,
    })  # fmt: skip
