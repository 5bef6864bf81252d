"""Dull rows for tests: valid, minimal, unique. `told` makes a row and tells its facts, as a service or a load does."""

from typing import Any

import factory

from terreau.accounts.testing import TerritoryFactory
from terreau.directory.enums import NameSort
from terreau.directory.models import (
    Acronym,
    Identifier,
    Initiative,
    InitiativeCarrier,
    Nature,
    Organisation,
    OrganisationName,
    Person,
    Role,
    Tie,
    TieKind,
)  # fmt: skip
from terreau.kernel import facts
from terreau.kernel.enums import Certainty, DisputeKind, DisputeOrigin, Severity, SourceGenre
from terreau.kernel.models import Citation, Dispute, Gap, Link, Source, Statement
from terreau.territory.models import Scale, Theme


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    territory = factory.SubFactory(TerritoryFactory)
    key = factory.Sequence(lambda number: f"cle-{number}")


def _here(name: str) -> Any:
    """Make the sub-row in the same territory."""
    return factory.SelfAttribute(f"..{name}")


class NatureFactory(RecordFactory):
    class Meta:
        model = Nature

    name = "Association"


class ThemeFactory(RecordFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda number: f"Thème {number}")


class ScaleFactory(RecordFactory):
    class Meta:
        model = Scale

    name = factory.Sequence(lambda number: f"Échelle {number}")
    rank = 1


class OrganisationFactory(RecordFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda number: f"Structure {number}")
    nature = factory.SubFactory(NatureFactory, territory=_here("territory"))


class NameFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda number: f"Autre nom {number}")
    sort = NameSort.VARIANT


class IdentifierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Identifier

    organisation = factory.SubFactory(OrganisationFactory)
    scheme = "siren"
    value = factory.Sequence(lambda number: f"{number:09}")


class PersonFactory(RecordFactory):
    class Meta:
        model = Person


class RoleFactory(RecordFactory):
    class Meta:
        model = Role

    person = factory.SubFactory(PersonFactory, territory=_here("territory"))
    organisation = factory.SubFactory(OrganisationFactory, territory=_here("territory"))
    function = "directrice"


class TieKindFactory(RecordFactory):
    class Meta:
        model = TieKind

    name = "finance"
    inverse = "est financée par"


class TieFactory(RecordFactory):
    class Meta:
        model = Tie

    origin = factory.SubFactory(OrganisationFactory, territory=_here("territory"))
    target = factory.SubFactory(OrganisationFactory, territory=_here("territory"))
    kind = factory.SubFactory(TieKindFactory, territory=_here("territory"))


class InitiativeFactory(RecordFactory):
    class Meta:
        model = Initiative

    name = factory.Sequence(lambda number: f"Initiative {number}")


class CarrierFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InitiativeCarrier

    initiative = factory.SubFactory(InitiativeFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class AcronymFactory(RecordFactory):
    class Meta:
        model = Acronym

    acronym = factory.Sequence(lambda number: f"SG{number}")
    origin = "livret"


class SourceFactory(RecordFactory):
    class Meta:
        model = Source

    title = factory.Sequence(lambda number: f"Livret {number}")
    genre = SourceGenre.BOOKLET


class DisputeFactory(RecordFactory):
    class Meta:
        model = Dispute

    subject = factory.Sequence(lambda number: f"Désaccord {number}")
    sort = DisputeKind.DATE
    severity = Severity.HIGH
    origin = DisputeOrigin.INTERNAL


class StatementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Statement

    dispute = factory.SubFactory(DisputeFactory)
    text = factory.Sequence(lambda number: f"Énoncé {number}")
    source = factory.SubFactory(SourceFactory, territory=factory.SelfAttribute("..dispute.territory"))


class GapFactory(RecordFactory):
    class Meta:
        model = Gap

    subject = factory.Sequence(lambda number: f"Lacune {number}")


def told(row: Any) -> Any:
    """Tell the facts of a row, then give it."""
    facts.refresh(row)
    return row


def cite(row: Any, source: Source, locator: str = "", value: str = "") -> Citation:
    return Citation.objects.create(
        territory=row.territory, kind=row.KIND, record_id=row.pk, source=source, locator=locator, value=value, certainty=Certainty.ESTABLISHED
    )


def link(origin: Any, target: Any, role: str = "object") -> Link:
    return Link.objects.create(
        territory=origin.territory, from_kind=origin.KIND, from_id=origin.pk, role=role, to_kind=target.KIND, to_id=target.pk
    )


def crowded(territory: Any, size: int) -> Organisation:
    """Give an organisation with `size` of everything that its page shows."""
    organisation = OrganisationFactory(territory=territory, key="centre", name="Le centre", start="2001", summary="Elle relie.")
    source = told(SourceFactory(territory=territory, key="livret", title="Le livret"))
    cite(organisation, source, "4")
    for number in range(size):
        NameFactory(organisation=organisation, source=source, locator=str(number))
        IdentifierFactory(organisation=organisation)
        organisation.themes.add(ThemeFactory(territory=territory))
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
