"""Purchases recorded: one by one, and in sums that say what they leave out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, DecimalField, F, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Purchase
from terreau.directory.queries.offer_detail import purchases_seen
from terreau.kernel import policy
from terreau.kernel.components import Facet, Option
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

PAGE_SIZE = 50
UNSAID = "inconnu"
"""Value of a facet for what a purchase does not say: its year, its sector."""
YEAR = Case(
    When(start_earliest__year=ExtractYear("start_latest"), then=ExtractYear("start_earliest")),
    default=None, output_field=IntegerField(null=True),
)  # fmt: skip
"""The year of a purchase, unknown unless its date lies in one year: nothing is counted in a year by guess."""


@dataclass(frozen=True)
class Total:
    """Money spent by some purchases.

    year, sector: of which they are, None and empty when they do not say it. amount: euros before tax, None when no
    amount is known. rows: how many purchases; unknown: how many of them do not tell their amount, left out of it.
    """

    year: int | None
    sector: str
    amount: Decimal | None
    rows: int
    unknown: int

    @property
    def summed(self) -> int:
        return self.rows - self.unknown


@dataclass(frozen=True)
class PurchaseListPage:
    """Everything that `purchase_list.html` reads. totals: by year, the latest first, then by sector."""

    facets: list[Facet]
    overall: Total
    years: str
    totals: list[Total]
    results: Page[Purchase]
    is_narrowed: bool
    may_write: bool


def purchase_list_page(
    reader: Actor, territory: Territory, parameters: Mapping[str, str], number: str | None
) -> PurchaseListPage:
    """Give one page of purchases and their sums. Two queries, whatever their number."""
    year, sector = _asked(parameters)
    groups = _groups(reader, territory)
    kept = [
        total
        for total, key in groups
        if (not year or year == _year_value(total)) and (not sector or sector == (key or UNSAID))
    ]
    paginator: Paginator[Any] = Paginator(_narrowed(reader, territory, year, sector), PAGE_SIZE)
    paginator.count = sum(total.rows for total in kept)  # counted with the sums
    results: Any = paginator.get_page(number)
    results.object_list = list(results.object_list) if paginator.count else []
    for purchase in results.object_list:
        purchase.territory = purchase.buyer.territory = purchase.supplier.territory = territory
        if purchase.offer:
            purchase.offer.territory = territory
    known = sorted({total.year for total in kept if total.year})
    return PurchaseListPage(
        facets=_facets(groups, year, sector),
        overall=_added(kept),
        years=f"{known[0]}-{known[-1]}" if len(known) > 1 else str(known[0]) if known else "",
        totals=kept,
        results=results,
        is_narrowed=bool(year or sector),
        may_write=policy.allows("directory.purchase", reader, territory),
    )


def all_purchases(reader: Actor, territory: Territory, parameters: Mapping[str, str]) -> Iterator[Purchase]:
    """Give all that the filters keep, in the order of the list. One query."""
    yield from _narrowed(reader, territory, *_asked(parameters)).iterator(chunk_size=1000)


def purchase_for(reader: Actor, territory: Territory, key: str) -> Purchase:
    """Give a purchase that the reader may see, or a 404. One query."""
    rows = purchases_seen(reader, territory).select_related(
        "buyer__territory", "supplier__territory", "offer__territory"
    )
    purchase: Purchase = get_object_or_404(rows, key=key)
    return purchase


def _asked(parameters: Mapping[str, str]) -> tuple[str, str]:
    return parameters.get("annee", "").strip()[:10], parameters.get("secteur", "").strip()[:100]


def _narrowed(reader: Actor, territory: Territory, year: str, sector: str) -> Any:
    rows = purchases_seen(reader, territory)
    if year:
        wanted = Q(year=int(year)) if year.isdecimal() else Q(year=None) if year == UNSAID else Q(pk=None)
        rows = rows.annotate(year=YEAR).filter(wanted)
    if sector:
        rows = rows.filter(sector=None) if sector == UNSAID else rows.filter(sector__key=sector)
    return rows


def _groups(reader: Actor, territory: Territory) -> list[tuple[Total, str]]:
    """Sum by year and sector, with the key of the sector. One query."""
    rows = (
        purchases_seen(reader, territory)
        .order_by()
        .annotate(year=YEAR, sector_key=Coalesce(F("sector__key"), Value("")))
        .values("year", "sector_key", sector_name=Coalesce(F("sector__name"), Value("")))
        .annotate(
            total=Sum("amount", output_field=DecimalField(max_digits=18, decimal_places=2)),
            rows=Count("pk"),
            known=Count("amount"),
        )
    )
    groups = [
        (
            Total(row["year"], row["sector_name"], row["total"], row["rows"], row["rows"] - row["known"]),
            row["sector_key"],
        )
        for row in rows
    ]
    return sorted(groups, key=lambda group: (-(group[0].year or 0), not group[0].sector, fold(group[0].sector)))


def _added(totals: list[Total]) -> Total:
    amounts = [total.amount for total in totals if total.amount is not None]
    return Total(
        year=None,
        sector="",
        amount=sum(amounts, Decimal(0)) if amounts else None,
        rows=sum(total.rows for total in totals),
        unknown=sum(total.unknown for total in totals),
    )


def _year_value(total: Total) -> str:
    return str(total.year) if total.year else UNSAID


def _facets(groups: list[tuple[Total, str]], year: str, sector: str) -> list[Facet]:
    """Offer each year and each sector, with what it would give beside the other choice."""
    years: dict[tuple[str, str], int] = defaultdict(int)
    sectors: dict[tuple[str, str], int] = defaultdict(int)
    for total, key in groups:
        if not sector or sector == (key or UNSAID):
            years[_year_value(total), str(total.year or _("année inconnue"))] += total.rows
        if not year or year == _year_value(total):
            sectors[key or UNSAID, total.sector or str(_("secteur non dit"))] += total.rows
    return [
        Facet(name=name, label=label, single=True, options=[
            Option(value=value, label=words, count=count, selected=value == chosen)
            for (value, words), count in counts.items()
        ])
        for name, label, counts, chosen in (
            ("annee", _("Année"), years, year), ("secteur", _("Secteur d'achat"), sectors, sector)
        )
    ]  # fmt: skip
