"""Every small row of the page of an organisation, read at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from terreau.directory.models import (
    Distinction,
    Identifier,
    Initiative,
    InitiativeCarrier,
    Offer,
    OfferProvider,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Person,
    Purchase,
    Resource,
    Role,
    Staffing,
    Tie,
    TieKind,
)  # fmt: skip
from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import together
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import source_line
from terreau.territory.models import Theme


@dataclass(frozen=True)
class PageRows:
    """What one query brings, before it is sorted into lines.

    organisations: those that the page may name, by identifier: whoever is not there is not named.
    roles: the functions held here, and those of the same people in organisations that may be named.
    """

    names: list[OrganisationName]
    identifiers: list[Identifier]
    links: list[OrganisationLink]
    staffing: list[Any]
    themes: list[Theme]
    carriers: list[InitiativeCarrier]
    initiatives: list[Initiative]
    roles: list[Role]
    ties: list[Tie]
    offers: list[Offer]
    purchases: list[Purchase]
    distinctions: list[Distinction]
    resources: list[Resource]
    organisations: Mapping[UUID, Organisation]
    sources: Mapping[UUID, Source]

    def said_by(self, row: Any) -> list[SourceLine]:
        """Give where a row says that it comes from, if it does."""
        source = self.sources.get(row.source_id)
        return [source_line(source, getattr(row, "locator", ""))] if source else []


def page_rows(reader: Actor, organisation: Organisation) -> PageRows:
    """Read all that is kept in small tables about an organisation. One query.

    Nothing here asks whether *every* organisation of a country may be seen: rows come with the organisations that they
    name, and those that the reader may not see are left out afterwards, with the rows that name them.
    """
    territory = organisation.territory

    def seen(model: Any) -> Any:
        return model.objects.of(territory).visible_to(reader)

    here = {"organisation": organisation}
    names, identifiers, staffing = (model.objects.filter(**here) for model in (OrganisationName, Identifier, Staffing))
    carriers = InitiativeCarrier.objects.filter(**here)
    initiatives = seen(Initiative).filter(
        _in(Initiative.objects.filter(**here).values("pk"), carriers.values("initiative"))
    )
    roles = seen(Role).filter(person__in=seen(Role).filter(**here).values("person"))
    ties = seen(Tie).filter(Q(origin=organisation) | Q(target=organisation))
    offers = seen(Offer).filter(
        _in(Offer.objects.filter(**here).values("pk"), OfferProvider.objects.filter(**here).values("offer"))
    )
    purchases = seen(Purchase).filter(Q(buyer=organisation) | Q(supplier=organisation))
    distinctions = seen(Distinction).filter(**here)
    named = seen(Organisation).filter(
        _in(
            Organisation.objects.filter(Q(parent=organisation) | Q(pk=organisation.parent_id)).values("pk"),
            roles.values("organisation"), ties.values("origin"), ties.values("target"), offers.values("organisation"),
            purchases.values("buyer"), purchases.values("supplier"), distinctions.values("giver"),
        )
    )  # fmt: skip
    quoted = Source.objects.filter(_in(*(rows.values("source") for rows in (names, identifiers, staffing))))
    tables = together(
        territory, names, identifiers, OrganisationLink.objects.filter(**here), staffing, Theme.objects.filter(organisations=organisation),
        carriers, initiatives, roles, Person.objects.filter(pk__in=roles.values("person")), ties, TieKind.objects.filter(pk__in=ties.values("kind")),
        offers, purchases, distinctions, seen(Resource).filter(organisations=organisation).defer("content", "transcript"),
        named.defer("summary", "description", "note", "start_note"), quoted,
    )  # fmt: skip
    return _joined(organisation, *tables)


def _in(*keys: QuerySet[Any]) -> Q:
    """Match rows whose key is in any of these lists: a union, which both databases answer from the primary key."""
    first, *others = (rows.order_by() for rows in keys)
    return Q(pk__in=first.union(*others))


def _joined(
    organisation: Organisation, names: Any, identifiers: Any, links: Any, staffing: Any, themes: Any, carriers: Any, initiatives: Any, roles: Any,
    people: Any, ties: Any, kinds: Any, offers: Any, purchases: Any, distinctions: Any, resources: Any, named: Any, sources: Any,
) -> PageRows:  # fmt: skip
    """Put on each row the records that it names, and leave out the rows that name what is not seen."""
    organisations = {row.pk: row for row in named} | {organisation.pk: organisation}
    by_person, by_kind = ({row.pk: row for row in rows} for rows in (people, kinds))
    for tie in ties:
        tie.kind = by_kind[tie.kind_id]
    shown_roles = [role for role in roles if role.organisation_id in organisations]
    for role in shown_roles:
        role.person, role.organisation = by_person[role.person_id], organisations[role.organisation_id]
    return PageRows(
        names=names, identifiers=identifiers, links=links, staffing=staffing, themes=themes, carriers=carriers, initiatives=initiatives,
        roles=shown_roles,
        ties=_between_seen(ties, organisations, "origin", "target"),
        offers=_between_seen(offers, organisations, "organisation"),
        purchases=_between_seen(purchases, organisations, "buyer", "supplier"),
        distinctions=distinctions, resources=resources, organisations=organisations, sources={source.pk: source for source in sources},
    )  # fmt: skip


def _between_seen(rows: Any, organisations: Mapping[UUID, Organisation], *ends: str) -> list[Any]:
    """Keep the rows whose organisations may all be named, with them."""
    shown = [row for row in rows if all(getattr(row, f"{end}_id") in organisations for end in ends)]
    for row in shown:
        for end in ends:
            setattr(row, end, organisations[getattr(row, f"{end}_id")])
    return shown
