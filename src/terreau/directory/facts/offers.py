"""What offers, purchases and distinctions tell the house.

An offer or a purchase is found by whoever sees the organisations that it names; an amount is never told.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from terreau.directory.facts.organisations import ends, narrowest
from terreau.directory.models import Distinction, Offer, OfferProvider, Organisation, Purchase
from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller, Told

DISTINGUISHED = "directory.distinction"
OFFER_STARTED, OFFER_ENDED = "directory.offer_started", "directory.offer_ended"
PURCHASED = "directory.purchase"


def offerers(offer: Offer) -> list[Organisation]:
    """Give the organisations that whoever sees an offer and who answers for it may see."""
    own = narrowest(offer, offer.organisation)
    others = [provider.organisation for provider in offer.providers.all()]
    return [offer.organisation, *(one for one in others if narrowest(offer, offer.organisation, one) == own)]


def describe_offer(offer: Offer) -> Described:
    sectors = offer.sectors.all()
    makers = [organisation.name for organisation in offerers(offer)]
    words = [offer.description, offer.capacity, offer.area, *makers, *(sector.group for sector in sectors)]
    return Described(
        title=offer.title,
        subtitle=", ".join(makers),
        names=tuple(sector.name for sector in sectors),
        body=" ".join(words),
        weight=3,
        visibility=narrowest(offer, offer.organisation),
    )


def tell_offer(offer: Offer) -> Iterator[Told]:
    yield from ends(
        offer,
        OFFER_STARTED,
        OFFER_ENDED,
        title=offer.title,
        detail=offer.description,
        who=tuple((Organisation.KIND, organisation.pk) for organisation in offerers(offer)),
        visibility=narrowest(offer, offer.organisation),
    )


def describe_purchase(purchase: Purchase) -> Described:
    return Described(
        title=purchase.title,
        subtitle=f"{purchase.buyer.name} · {purchase.supplier.name}",
        weight=7,
        visibility=_seen_with_both(purchase),
    )


def tell_purchase(purchase: Purchase) -> Iterator[Told]:
    if purchase.start:
        who = ((Organisation.KIND, purchase.buyer_id), (Organisation.KIND, purchase.supplier_id))
        yield Told(purchase.start, PURCHASED, purchase.title, who=who, visibility=_seen_with_both(purchase))


def _seen_with_both(purchase: Purchase) -> str:
    named = [purchase, purchase.buyer, purchase.supplier]
    return narrowest(*named, *([purchase.offer, purchase.offer.organisation] if purchase.offer else []))


def describe_distinction(distinction: Distinction) -> Described:
    holder = distinction.organisation or distinction.initiative
    return Described(
        title=distinction.name, subtitle=str(holder), body=distinction.summary, visibility=_seen_with_all(distinction)
    )


def tell_distinction(distinction: Distinction) -> Iterator[Told]:
    if distinction.start:
        pks = (distinction.organisation_id, distinction.giver_id)
        who = tuple((Organisation.KIND, pk) for pk in pks if pk)
        yield Told(
            distinction.start, DISTINGUISHED, distinction.name, detail=distinction.summary, who=who,
            visibility=_seen_with_all(distinction),
        )  # fmt: skip


def _seen_with_all(distinction: Distinction) -> str:
    holder = distinction.organisation or distinction.initiative
    return narrowest(distinction, *filter(None, (holder, distinction.giver)))


def with_holders(rows: Any) -> Any:
    return rows.select_related(
        "organisation__territory", "initiative__territory", "initiative__organisation__territory", "giver"
    )


def with_makers(rows: Any) -> Any:
    providers = Prefetch("providers", OfferProvider.objects.select_related("organisation"))
    return rows.select_related("organisation").prefetch_related(providers, "sectors")


def with_ends(rows: Any) -> Any:
    return rows.select_related("buyer", "supplier__territory", "offer__territory", "offer__organisation")


facts.register(
    Teller(Offer, describe_offer, tell_offer, with_makers),
    Teller(Purchase, describe_purchase, tell_purchase, with_ends),
    Teller(Distinction, describe_distinction, tell_distinction, with_holders),
    sorts={
        OFFER_STARTED: _("Nouvelle offre"),
        OFFER_ENDED: _("Fin d'une offre"),
        PURCHASED: _("Achat"),
        DISTINGUISHED: _("Distinction"),
    },
)
