"""Dull rows for tests: valid, minimal, unique. `told` makes a row and tells its facts, as a service or a load does."""

from typing import Any, TypeVar

from factory.declarations import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from terreau.accounts.testing import TerritoryFactory
from terreau.directory.enums import NameSort
from terreau.directory.models import (
    Acronym,
    Distinction,
    Identifier,
    Initiative,
    InitiativeCarrier,
    Nature,
    Offer,
    OfferProvider,
    Organisation,
    OrganisationName,
    Person,
    Purchase,
    Resource,
    Role,
    Sector,
    Tie,
    TieKind,
)  # fmt: skip
from terreau.kernel import facts
from terreau.kernel.enums import Certainty, DisputeKind, DisputeOrigin, Severity, SourceGenre
from terreau.kernel.models import Citation, Dispute, Gap, Link, Record, Source, Statement
from terreau.territory.models import Scale, Theme

Row = TypeVar("Row", bound=Record)


class RecordFactory(DjangoModelFactory[Row]):
    class Meta:
        abstract = True

    territory = SubFactory(TerritoryFactory)
    key = Sequence(lambda number: f"cle-{number}")


def _here(name: str) -> Any:
    """Make the sub-row in the same territory."""
    return SelfAttribute(f"..{name}")


class NatureFactory(RecordFactory[Nature]):
    class Meta:
        model = Nature

    name = "Association"


class ThemeFactory(RecordFactory[Theme]):
    class Meta:
        model = Theme

    name = Sequence(lambda number: f"Thème {number}")


class ScaleFactory(RecordFactory[Scale]):
    class Meta:
        model = Scale

    name = Sequence(lambda number: f"Échelle {number}")
    rank = 1


class OrganisationFactory(RecordFactory[Organisation]):
    class Meta:
        model = Organisation

    name = Sequence(lambda number: f"Structure {number}")
    nature = SubFactory(NatureFactory, territory=_here("territory"))


class NameFactory(DjangoModelFactory[OrganisationName]):
    class Meta:
        model = OrganisationName

    organisation = SubFactory(OrganisationFactory)
    name = Sequence(lambda number: f"Autre nom {number}")
    sort = NameSort.VARIANT


class IdentifierFactory(DjangoModelFactory[Identifier]):
    class Meta:
        model = Identifier

    organisation = SubFactory(OrganisationFactory)
    scheme = "siren"
    value = Sequence(lambda number: f"{number:09}")


class PersonFactory(RecordFactory[Person]):
    class Meta:
        model = Person


class RoleFactory(RecordFactory[Role]):
    class Meta:
        model = Role

    person = SubFactory(PersonFactory, territory=_here("territory"))
    organisation = SubFactory(OrganisationFactory, territory=_here("territory"))
    function = "directrice"


class TieKindFactory(RecordFactory[TieKind]):
    class Meta:
        model = TieKind

    name = "finance"
    inverse = "est financée par"


class TieFactory(RecordFactory[Tie]):
    class Meta:
        model = Tie

    origin = SubFactory(OrganisationFactory, territory=_here("territory"))
    target = SubFactory(OrganisationFactory, territory=_here("territory"))
    kind = SubFactory(TieKindFactory, territory=_here("territory"))


class InitiativeFactory(RecordFactory[Initiative]):
    class Meta:
        model = Initiative

    name = Sequence(lambda number: f"Initiative {number}")


class CarrierFactory(DjangoModelFactory[InitiativeCarrier]):
    class Meta:
        model = InitiativeCarrier

    initiative = SubFactory(InitiativeFactory)
    organisation = SubFactory(OrganisationFactory)


class SectorFactory(RecordFactory[Sector]):
    class Meta:
        model = Sector

    name = Sequence(lambda number: f"Secteur {number}")
    group = "Restauration"


class OfferFactory(RecordFactory[Offer]):
    class Meta:
        model = Offer

    organisation = SubFactory(OrganisationFactory, territory=_here("territory"))
    title = Sequence(lambda number: f"Offre {number}")


class ProviderFactory(DjangoModelFactory[OfferProvider]):
    class Meta:
        model = OfferProvider

    offer = SubFactory(OfferFactory)
    organisation = SubFactory(OrganisationFactory, territory=SelfAttribute("..offer.territory"))


class PurchaseFactory(RecordFactory[Purchase]):
    class Meta:
        model = Purchase

    buyer = SubFactory(OrganisationFactory, territory=_here("territory"))
    supplier = SubFactory(OrganisationFactory, territory=_here("territory"))
    title = Sequence(lambda number: f"Achat {number}")
    start = "2024"


class DistinctionFactory(RecordFactory[Distinction]):
    class Meta:
        model = Distinction

    organisation = SubFactory(OrganisationFactory, territory=_here("territory"))
    name = Sequence(lambda number: f"Prix {number}")


class AcronymFactory(RecordFactory[Acronym]):
    class Meta:
        model = Acronym

    acronym = Sequence(lambda number: f"SG{number}")
    origin = "livret"


class SourceFactory(RecordFactory[Source]):
    class Meta:
        model = Source

    title = Sequence(lambda number: f"Livret {number}")
    genre = SourceGenre.BOOKLET


class ResourceFactory(RecordFactory[Resource]):
    class Meta:
        model = Resource

    title = Sequence(lambda number: f"Guide {number}")
    sort = "guide"
    url = "https://example.org/guide"


class DisputeFactory(RecordFactory[Dispute]):
    class Meta:
        model = Dispute

    subject = Sequence(lambda number: f"Désaccord {number}")
    sort = DisputeKind.DATE
    severity = Severity.HIGH
    origin = DisputeOrigin.INTERNAL


class StatementFactory(DjangoModelFactory[Statement]):
    class Meta:
        model = Statement

    dispute = SubFactory(DisputeFactory)
    text = Sequence(lambda number: f"Énoncé {number}")
    source = SubFactory(SourceFactory, territory=SelfAttribute("..dispute.territory"))


class GapFactory(RecordFactory[Gap]):
    class Meta:
        model = Gap

    subject = Sequence(lambda number: f"Lacune {number}")


def told(row: Any) -> Any:
    """Tell the facts of a row, then give it."""
    facts.refresh(row)
    return row


def cite(row: Any, source: Source, locator: str = "", value: str = "") -> Citation:
    return Citation.objects.create(
        territory=row.territory,
        kind=row.KIND,
        record_id=row.pk,
        source=source,
        locator=locator,
        value=value,
        certainty=Certainty.ESTABLISHED,
    )


def link(origin: Any, target: Any, role: str = "object") -> Link:
    return Link.objects.create(
        territory=origin.territory,
        from_kind=origin.KIND,
        from_id=origin.pk,
        role=role,
        to_kind=target.KIND,
        to_id=target.pk,
    )


def crowded(territory: Any, size: int) -> Organisation:
    """Give an organisation with `size` of everything that its page shows."""
    organisation = OrganisationFactory.create(
        territory=territory, key="centre", name="Le centre", start="2001", summary="Elle relie."
    )
    source = told(SourceFactory(territory=territory, key="livret", title="Le livret"))
    cite(organisation, source, "4")
    for number in range(size):
        NameFactory(organisation=organisation, source=source, locator=str(number))
        IdentifierFactory(organisation=organisation)
        organisation.themes.add(ThemeFactory.create(territory=territory))
        carrier = CarrierFactory(initiative=InitiativeFactory(territory=territory), organisation=organisation)
        role = RoleFactory(territory=territory, organisation=organisation, start="2012")
        told(RoleFactory(territory=territory, person=role.person, function="trésorière"))
        tie = TieFactory(territory=territory, origin=organisation, start="2018")
        back = TieFactory(territory=territory, target=organisation, kind=tie.kind)
        dispute, gap = DisputeFactory(territory=territory), GapFactory(territory=territory)
        StatementFactory(dispute=dispute, source=source)
        for target in (organisation, role, tie):
            cite(target, source, "12")
            link(dispute, target)
        link(gap, organisation)
        link(told(AcronymFactory(territory=territory)), organisation, "stands_for")
        for row in (role, tie, back, dispute, gap, carrier.initiative):
            told(row)
    return told(organisation)
