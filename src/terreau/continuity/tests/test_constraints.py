import pytest
from django.db import IntegrityError

from terreau.continuity.models import ConclusionPoint, Contribution, Ingredient, IngredientIndicator, OpenTopic, Stake
from terreau.continuity.tests.test_dossier import CONTRIBUTIONS, INGREDIENTS, STAKES, TESTIMONIES
from terreau.stories.testing import load


@pytest.fixture
def handover(db, tmp_path):
    return load(tmp_path, ingredients=INGREDIENTS, temoignages=TESTIMONIES, apports=CONTRIBUTIONS, enjeux=STAKES)


@pytest.mark.parametrize("model", [Ingredient, IngredientIndicator, ConclusionPoint, Contribution, Stake, OpenTopic])
def test_what_is_handed_over_always_has_a_name(handover, model):
    with pytest.raises(IntegrityError, match="_has_name"):
        model.objects.update(name="")


@pytest.mark.parametrize("model", [Ingredient, Contribution])
def test_a_rank_starts_at_one(handover, model):
    with pytest.raises(IntegrityError, match="_rank"):
        model.objects.update(rank=0)


@pytest.mark.parametrize("model", [Ingredient, IngredientIndicator, ConclusionPoint, Contribution, Stake, OpenTopic])
def test_two_records_of_a_kind_never_share_a_key(handover, model):
    record = model.objects.order_by("key").first()
    record.pk = None
    record._state.adding = True

    with pytest.raises(IntegrityError):
        record.save(force_insert=True)


def test_an_indicator_goes_with_its_ingredient(handover):
    Ingredient.objects.all().delete()

    assert IngredientIndicator.objects.count() == 0
