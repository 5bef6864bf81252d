"""What may happen to an offer: it is made, corrected, ended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.models import Offer, OfferProvider, Organisation, Sector
from terreau.directory.services.rules import (
    check_here,
    check_period,
    check_visibility,
    check_written,
    cite,
    free_key,
)
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.errors import RuleBroken
from terreau.kernel.locks import hold
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.territory.models import Territory

CHANGEABLE = frozenset({"title", "sort", "description", "capacity", "area", "start", "end", "visibility"})


@dataclass(frozen=True)
class Share:
    """Another organisation of a grouped offer, and what it brings to it."""

    organisation: Organisation
    part: str = ""


@dataclass(frozen=True)
class Quote:
    """A source to add to a record, and the page where it says it."""

    source: Source | None = None
    locator: str = ""


@transaction.atomic
def create_offer(
    organisation: Organisation,
    *,
    by: Actor,
    values: Mapping[str, Any],
    sectors: Collection[Sector] = (),
    shares: Sequence[Share] = (),
    quote: Quote = Quote(),
) -> Offer:
    """Make an offer of an organisation, alone or with others.

    In order: policy, rules, key, record, sectors, shares, source, audit, facts.
    values: field of CHANGEABLE → value. Raises NotAllowed, RuleBroken; nothing is written then.
    """
    policy.require("directory.offer", by, organisation)
    territory: Territory = organisation.territory
    offer = Offer(territory=territory, organisation=organisation)
    _check(offer, values, by)
    hold_sectors(territory)
    _check_sectors(offer, sectors)
    _check_shares(offer, shares)
    for name, value in values.items():
        setattr(offer, name, value)
    offer.key = free_key(territory, offer.title)
    offer.save(force_insert=True)
    offer.sectors.set(sectors)
    _write_shares(offer, shares)
    written: dict[str, Any] = {"title": [None, offer.title], "organisation": [None, organisation.key]}
    if cited := cite(offer, quote.source, quote.locator):
        written["sources"] = [None, cited]
    audit.record(by, "directory.offer.create", offer, written)
    facts.refresh(offer)
    return offer


@transaction.atomic
def update_offer(
    offer: Offer,
    *,
    by: Actor,
    version: int,
    changes: Mapping[str, Any],
    sectors: Collection[Sector] | None = None,
    shares: Sequence[Share] | None = None,
    quote: Quote = Quote(),
) -> dict[str, list[Any]]:
    """Correct an offer. When nothing changes, nothing is written.

    sectors, shares: the whole set, None to leave it. version: the one that the form was opened on.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("directory.offer", by, offer.organisation)
    _check(offer, changes, by)
    hold_sectors(offer.territory)
    before = {"sectors": sorted(sector.key for sector in offer.sectors.all()), "shares": shares_of(offer)}
    after = dict(before)
    if sectors is not None:
        _check_sectors(offer, sectors)
        after["sectors"] = sorted({sector.key for sector in sectors})
    if shares is not None:
        _check_shares(offer, shares)
        after["shares"] = [[share.organisation.key, share.part] for share in shares]
    cited = cite(offer, quote.source, quote.locator)
    beside = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    written = versions.save(offer, seen=version, changes=dict(changes), force=bool(beside or cited))
    if sectors is not None and "sectors" in beside:
        offer.sectors.set(sectors)
    if shares is not None and "shares" in beside:
        offer.providers.all().delete()
        _write_shares(offer, shares)
    written |= beside
    if cited:
        written["sources"] = [None, cited]
    if written:
        audit.record(by, "directory.offer.change", offer, written)
        facts.refresh(offer)
    return written


def end_offer(offer: Offer, *, by: Actor, version: int, on: Edtf) -> dict[str, list[Any]]:
    """Say that an offer ended: it leaves the buyers' list from then on, its page stays. Raises as update_offer."""
    return update_offer(offer, by=by, version=version, changes={"end": on})


def hold_sectors(territory: Territory) -> None:
    """Make who uses sectors wait for who removes some. Call inside a transaction."""
    hold(f"sectors.{territory.pk}")


def shares_of(offer: Offer) -> list[list[str]]:
    """Give the others of a grouped offer, as [key, part]. One query."""
    return [list(pair) for pair in offer.providers.order_by("position", "pk").values_list("organisation__key", "part")]


def _check(offer: Offer, values: Mapping[str, Any], by: Actor) -> None:
    if unknown := set(values) - CHANGEABLE:
        raise ValueError(unknown)
    check_written(
        values.get("title", offer.title), _("Une offre porte un intitulé : dire ce qui se vend."), field="title"
    )
    check_period(values.get("start", offer.start), values.get("end", offer.end))
    check_visibility(values.get("visibility"), offer.visibility, by, offer.organisation)


def _check_sectors(offer: Offer, sectors: Collection[Sector]) -> None:
    check_here(offer.territory_id, "sectors", *sectors)
    pks = {sector.pk for sector in sectors}
    if Sector.objects.filter(pk__in=pks).count() != len(pks):
        raise RuleBroken(_("Un secteur vient d'être retiré de la liste : choisir à nouveau."), field="sectors")


def _check_shares(offer: Offer, shares: Sequence[Share]) -> None:
    check_here(offer.territory_id, "shares", *(share.organisation for share in shares))
    seen = {offer.organisation_id}
    for share in shares:
        if share.organisation.pk in seen:
            message = _("« %(name)s » est déjà dans cette offre : ne la nommer qu'une fois.")
            raise RuleBroken(message % {"name": share.organisation.name}, field="shares")
        seen.add(share.organisation.pk)


def _write_shares(offer: Offer, shares: Sequence[Share]) -> None:
    OfferProvider.objects.bulk_create(
        OfferProvider(offer=offer, organisation=share.organisation, part=share.part, position=place)
        for place, share in enumerate(shares)
    )
