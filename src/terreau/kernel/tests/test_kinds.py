import pytest
from django.apps import apps

from terreau.kernel import kinds
from terreau.kernel.models import Record, Referable, Source


def test_every_table_that_can_be_pointed_to_has_a_kind_of_its_own():
    models = [model for model in apps.get_models() if issubclass(model, Referable)]

    assert len({model.KIND for model in models}) == len(models)
    assert all(model.KIND for model in models)


def test_a_kind_leads_to_its_model_and_back():
    assert kinds.model_of("source") is Source
    with pytest.raises(KeyError):
        kinds.model_of("licorne")


def test_only_records_are_named_by_their_bare_key():
    for kind in kinds.linkable_kinds():
        model = kinds.model_of(kind)
        assert issubclass(model, Record)
        assert model.LINKABLE


def test_two_models_that_claim_one_kind_stop_the_house(monkeypatch):
    monkeypatch.setattr(apps, "get_models", lambda: [Source, Source])

    with pytest.raises(RuntimeError, match="share the kind 'source'"):
        kinds.models_by_kind.__wrapped__()
