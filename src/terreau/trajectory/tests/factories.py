from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from terreau.accounts.testing import TerritoryFactory
from terreau.trajectory.enums import IntensityLevel, Lane
from terreau.trajectory.models import IntensityPeriod, Milestone, Phase


class PhaseFactory(DjangoModelFactory[Phase]):
    class Meta:
        model = Phase

    territory = SubFactory(TerritoryFactory)
    key = Sequence(lambda number: f"phase-{number}")
    title = Sequence(lambda number: f"Phase {number}")
    start = "2012"
    end = "2016"


class MilestoneFactory(DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    territory = SubFactory(TerritoryFactory)
    key = Sequence(lambda number: f"jalon-{number}")
    when = "2014"
    title = Sequence(lambda number: f"Jalon {number}")
    lane = Lane.ACTORS


class IntensityPeriodFactory(DjangoModelFactory[IntensityPeriod]):
    class Meta:
        model = IntensityPeriod

    territory = SubFactory(TerritoryFactory)
    key = Sequence(lambda number: f"intensite-{number}")
    start = "2012"
    end = ".."
    level = IntensityLevel.MODERATE
