"""One offer: who makes it, for what needs, what was bought of it, where it is known from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Offer, Organisation, Purchase
from terreau.directory.queries.offers import Asked, OfferRow, rows_of
from terreau.kernel import policy
from terreau.kernel.clock import today
from terreau.kernel.components import Pair, SourceLine
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.ends import period_of
from terreau.kernel.pure.periods import Presence
from terreau.kernel.references import DisputeLine, GapLine, ref, surroundings
from terreau.territory.models import Territory

SHOWN_PURCHASES = 100


@dataclass(frozen=True)
class OfferPage:
    """Everything that `offer_detail.html` reads.

    is_over: it surely ended before today. purchases: those that the reader may see, the latest first.
    """

    row: OfferRow
    pairs: list[Pair]
    is_over: bool
    purchases: Sequence[Purchase]
    sources: list[SourceLine]
    disputes: list[DisputeLine]
    gaps: list[GapLine]
    may_change: bool
    may_record: bool

    @property
    def offer(self) -> Offer:
        return self.row.offer


def offer_for(reader: Actor, territory: Territory, key: str) -> Offer:
    """Give an offer that the reader may see, its organisation too, or a 404. One query."""
    offers: Any = Offer.objects.of(territory)
    sellers: Any = Organisation.objects.of(territory)
    if not policy.allows("directory.read_private", reader, territory):
        offers, sellers = offers.visible_to(reader), sellers.visible_to(reader)
    rows = offers.select_related("organisation", "organisation__territory")
    return get_object_or_404(rows, key=key, organisation__in=sellers)


def offer_page(reader: Actor, offer: Offer) -> OfferPage:
    """Gather the page of an offer. Four queries, whatever there is to say."""
    territory = offer.territory
    [row] = rows_of(reader, territory, [offer], Asked.of({}).when)
    around = surroundings(territory, reader, [offer])
    return OfferPage(
        row=row,
        pairs=[
            Pair(term=_("Type"), value=offer.get_sort_display()),
            Pair(term=_("Capacité"), value=offer.capacity),
            Pair(term=_("Zone desservie"), value=offer.area),
        ],
        is_over=period_of(offer.start, offer.end).at(today()) is Presence.OUTSIDE and offer.end is not None,
        purchases=list(purchases_seen(reader, territory).filter(offer=offer)[:SHOWN_PURCHASES]),
        sources=around.sources.get(ref(offer), []),
        disputes=around.disputes.get(ref(offer), []),
        gaps=around.gaps.get(ref(offer), []),
        may_change=policy.allows("directory.offer", reader, offer.organisation),
        may_record=policy.allows("directory.purchase", reader, territory),
    )


def purchases_seen(reader: Actor, territory: Territory) -> Any:
    """Give the purchases whose two ends the reader may see too, the latest first. No query by itself."""
    seen = Organisation.objects.of(territory).visible_to(reader)
    ends = (Exists(seen.filter(pk=OuterRef(end))) for end in ("buyer_id", "supplier_id"))
    rows: Any = Purchase.objects.of(territory).visible_to(reader)
    rows = rows.filter(*ends).select_related("buyer", "supplier", "sector", "offer")
    return rows.order_by("-start_latest", "title", "pk")
