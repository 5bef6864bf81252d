"""What may happen to a purchase: it is recorded, corrected."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.models import Offer, Organisation, Purchase
from terreau.directory.services.offers import Quote, hold_sectors
from terreau.directory.services.rules import (
    check_here,
    check_period,
    check_visibility,
    check_written,
    cite,
    free_key,
)
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.clock import today
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf, surely_after
from terreau.territory.models import Territory

FIELDS = frozenset({
    "buyer", "supplier", "offer", "sector", "title", "amount", "procedure", "note", "start", "end", "visibility",
})  # fmt: skip
OLDEST_YEAR = 1900
"""Before it, a year is a slip of the hand (« 0202 »)."""
MOST = Decimal(10) ** 10


@transaction.atomic
def record_purchase(
    *,
    territory: Territory,
    by: Actor,
    values: Mapping[str, Any],
    quote: Quote = Quote(),  # noqa: B008 -- frozen
) -> Purchase:
    """Record what one organisation bought from another.

    values: field of FIELDS → value; amount: euros before tax, None when it is not known. The date is obligatory here,
    since sums are by year; files may leave it out.
    Raises NotAllowed, RuleBroken; nothing is written then.
    """
    purchase = Purchase(territory=territory)
    _check(purchase, values, by)
    for name, value in values.items():
        setattr(purchase, name, value)
    purchase.key = free_key(territory, purchase.title)
    purchase.save(force_insert=True)
    written: dict[str, list[Any]] = {
        name: [None, _word(value)] for name, value in values.items() if value not in (None, "")
    }
    if cited := cite(purchase, quote.source, quote.locator):
        written["sources"] = [None, cited]
    audit.record(by, "directory.purchase.record", purchase, written)
    facts.refresh(purchase)
    return purchase


@transaction.atomic
def update_purchase(
    purchase: Purchase,
    *,
    by: Actor,
    version: int,
    values: Mapping[str, Any],
    quote: Quote = Quote(),  # noqa: B008 -- frozen
) -> dict[str, list[Any]]:
    """Correct a purchase. When nothing changes, nothing is written.

    version: the one that the form was opened on.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("directory.purchase", by, purchase.buyer)
    _check(purchase, values, by)
    cited = cite(purchase, quote.source, quote.locator)
    written = versions.save(purchase, seen=version, changes=dict(values), force=bool(cited))
    if cited:
        written["sources"] = [None, cited]
    if written:
        audit.record(by, "directory.purchase.change", purchase, written)
        facts.refresh(purchase)
    return written


def _word(value: Any) -> str:
    return str(getattr(value, "key", value))


def _check(purchase: Purchase, values: Mapping[str, Any], by: Actor) -> None:
    if unknown := set(values) - FIELDS:
        raise ValueError(unknown)
    kept = {name: getattr(purchase, name) for name in FIELDS - {"buyer", "supplier"}}
    if purchase.buyer_id is not None:
        kept |= {"buyer": purchase.buyer, "supplier": purchase.supplier}
    now = kept | dict(values)
    buyer, supplier = now["buyer"], now["supplier"]
    policy.require("directory.purchase", by, buyer)
    for field in ("buyer", "supplier", "offer", "sector"):
        check_here(purchase.territory_id, field, now[field])
    check_written(now["title"], _("Un achat a un objet : dire ce qui a été acheté."), field="title")
    if buyer.pk == supplier.pk:
        raise RuleBroken(
            _("« %(name)s » ne peut pas s'acheter à elle-même : changer l'acheteur ou le fournisseur.")
            % {"name": buyer.name},
            field="supplier",
        )
    check_visibility(values.get("visibility"), purchase.visibility, by, buyer)
    _check_amount(now["amount"])
    _check_dates(now["start"], now["end"], buyer, supplier)
    _check_offer(now["offer"], supplier)
    if now["sector"]:
        hold_sectors(purchase.territory)


def _check_amount(amount: Decimal | None) -> None:
    if amount is not None and not 0 <= amount < MOST:
        message = _("Un montant va de 0 à dix milliards d'euros : revoir « %(amount)s », ou le laisser vide s'il n'est pas connu.")  # fmt: skip
        raise RuleBroken(message % {"amount": amount}, field="amount")


def _check_dates(start: Edtf | None, end: Edtf | None, buyer: Organisation, supplier: Organisation) -> None:
    if start is None:
        raise RuleBroken(_("Un achat a une date, même imprécise : écrire au moins l'année."), field="start")
    check_period(start, end)
    if start.earliest and start.earliest > today():
        message = _("« %(date)s » est dans l'avenir : un achat s'enregistre une fois commencé.")
        raise RuleBroken(message % {"date": start.text}, field="start")
    if start.latest and start.latest.year < OLDEST_YEAR:
        raise RuleBroken(_("« %(date)s » est trop ancien : vérifier l'année.") % {"date": start.text}, field="start")
    for one in (buyer, supplier):
        if one.end and surely_after(start, one.end):
            message = _("« %(name)s » a pris fin avant cet achat (%(end)s) : vérifier la date, ou l'organisation.")
            raise RuleBroken(message % {"name": one.name, "end": one.end.text}, field="start")


def _check_offer(offer: Offer | None, supplier: Organisation) -> None:
    if offer is None or offer.organisation_id == supplier.pk:
        return
    if not offer.providers.filter(organisation=supplier).exists():
        message = _("« %(name)s » n'est pas de ceux qui font l'offre « %(offer)s » : choisir l'un d'eux.")
        raise RuleBroken(message % {"name": supplier.name, "offer": offer.title}, field="supplier")
