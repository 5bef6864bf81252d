import pytest
from django.db import IntegrityError

from terreau.stories import models
from terreau.stories.testing import load

ONE = "source: livret\ntemoignages: [{id: t01, organisation: atelier, fonction: Élue, resume: Oui.}]"


@pytest.fixture
def testimony(db, tmp_path):
    load(tmp_path, temoignages=ONE)
    return models.Testimony.objects.get()


@pytest.mark.parametrize("field", ["summary", "function"])
def test_a_testimony_always_says_what_and_in_what_capacity(testimony, field):
    with pytest.raises(IntegrityError, match="stories_testimony_says_something"):
        models.Testimony.objects.update(**{field: ""})


def test_a_testimony_never_cosigns_itself(testimony):
    with pytest.raises(IntegrityError, match="stories_testimony_cosigns_another"):
        models.Testimony.objects.update(cosigned_with=testimony)


def test_two_testimonies_of_a_territory_never_share_a_key(testimony):
    copy = models.Testimony(
        territory=testimony.territory, key="t01", function="Élu", summary="Non.", source=testimony.source
    )

    with pytest.raises(IntegrityError):
        copy.save(force_insert=True)
