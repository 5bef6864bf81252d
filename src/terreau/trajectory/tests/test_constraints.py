import pytest
from django.db import IntegrityError, transaction

from terreau.trajectory.models import IntensityPeriod
from terreau.trajectory.tests.factories import IntensityPeriodFactory, MilestoneFactory, PhaseFactory


@pytest.mark.parametrize(
    ("factory", "fields", "constraint"),
    [
        (MilestoneFactory, {"when": ""}, "trajectory_milestone_is_dated"),
        (MilestoneFactory, {"lane": "ailleurs"}, "trajectory_milestone_lane"),
        (PhaseFactory, {"start": "2020", "end": "2012"}, "trajectory_phase_start_end"),
        (IntensityPeriodFactory, {"level": "extreme"}, "trajectory_intensity_level"),
        (IntensityPeriodFactory, {"start": "2020", "end": "2012"}, "trajectory_intensityperiod_start_end"),
    ],
)
def test_the_database_refuses_what_cannot_be(valenciennois, factory, fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        factory.create(territory=valenciennois, **fields)


def test_a_key_is_taken_once_in_a_territory(valenciennois, elsewhere):
    MilestoneFactory.create(territory=valenciennois, key="j")
    MilestoneFactory.create(territory=elsewhere, key="j")
    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneFactory.create(territory=valenciennois, key="j")


def test_an_intensity_that_goes_on_comes_back_as_such(valenciennois):
    period = IntensityPeriod.objects.get(pk=IntensityPeriodFactory.create(territory=valenciennois, end="..").pk)
    assert (str(period.end), period.end.end_open, period.end_latest) == ("..", True, None)  # type: ignore[attr-defined]
    assert (
        str(IntensityPeriod.objects.get(pk=IntensityPeriodFactory.create(territory=valenciennois, end=None).pk).end)
        == "None"
    )
