from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from terreau.geography.models import Commune, Department, Intercommunality, Membership, Region, Shape
from terreau.geography.services import load_code
from terreau.geography.tests import cog_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes(tmp_path):
    load_code(folder=cog_sample.write(tmp_path / "cog"))


def commune(**values):
    return Commune(**{"code": "59001", "name": "Abancourt", "department_id": "59", **values})


IMPOSSIBLE = [
    (lambda: Region(code="X", name="Nulle part"), "geography_region_code"),
    (lambda: Department(code="2C", name="Nulle part", region_id="32"), "geography_department_code"),
    (lambda: commune(code="5900A"), "geography_commune_code"),
    (lambda: commune(siren="123"), "geography_commune_siren"),
    (lambda: commune(siren="215906064"), "geography_commune_one_siren"),
    (lambda: commune(postal_codes="59300,59301"), "geography_commune_postal_codes"),
    (lambda: commune(longitude=3.5), "geography_commune_point"),
    (lambda: commune(longitude=3.5, latitude=95), "geography_commune_point"),
    (lambda: commune(longitude=736000, latitude=50), "geography_commune_point"),
    (lambda: commune(area_km2=0), "geography_commune_area"),
    (lambda: commune(kind="former"), "geography_commune_succession"),
    (lambda: commune(succeeded_by_id="59606"), "geography_commune_succession"),
    (lambda: commune(kind="former", succeeded_by_id="59001"), "geography_commune_not_its_own"),
    (lambda: commune(name=""), "geography_commune_name"),
    (lambda: commune(since_year=2020, until_year=2019), "geography_commune_period"),
    (lambda: Intercommunality(siren="12345", name="X", kind="CC"), "geography_intercommunality_siren"),
    (lambda: Intercommunality(siren="200043322", name="X", kind="SIVOM"), "geography_intercommunality_kind"),
    (
        lambda: Intercommunality(
            siren="200043322", name="X", kind="CC", since_on=date(2020, 1, 1), until_on=date(2019, 1, 1)
        ),
        "geography_intercommunality_period",
    ),
    (
        lambda: Membership(commune_id="59606", intercommunality_id="200043321", vintage="COG 2026"),
        "geography_membership_one_at_a_time",
    ),
    (
        lambda: Membership(
            commune_id="59606",
            intercommunality_id="200043321",
            vintage="COG 2026",
            since_on=date(2020, 1, 1),
            until_on=date(2019, 1, 1),
        ),
        "geography_membership_period",
    ),
    (lambda: Shape(code="59", geojson={}, source="Essai"), "geography_shape_code"),
    (lambda: Shape(code="59606", geojson={}, source=""), "geography_shape_source"),
]


@pytest.mark.parametrize(
    ("build", "name"), IMPOSSIBLE, ids=[f"{name}-{rank}" for rank, (_, name) in enumerate(IMPOSSIBLE)]
)
def test_the_database_refuses_what_is_impossible_and_says_it_in_words(communes, build, name):
    row = build()
    constraint = next(constraint for constraint in row._meta.constraints if constraint.name == name)
    with pytest.raises(ValidationError) as told:
        constraint.validate(type(row), row)
    assert told.value.messages == [str(constraint.violation_error_message)]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_plain_commune_is_accepted_and_can_be_found_by_its_folded_name(communes):
    commune(name="Hérin-les-Bains", longitude=3.5, latitude=50.3, area_km2=4.2).save()
    assert Commune.objects.get(folded_name="herin les bains").code == "59001"
