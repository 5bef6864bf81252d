"""From the short name of a kind to its model, and back: what generic references (kind, UUID) rely on."""

from functools import cache

from django.apps import apps

from terreau.kernel.models import Record, Referable


@cache
def models_by_kind() -> dict[str, type[Referable]]:
    """Give every concrete model that carries a kind. Raises RuntimeError when two models claim one."""
    found: dict[str, type[Referable]] = {}
    for model in apps.get_models():
        if issubclass(model, Referable) and model.KIND:
            if model.KIND in found:
                message = f"{model.__name__} and {found[model.KIND].__name__} share the kind {model.KIND!r}"
                raise RuntimeError(message)
            found[model.KIND] = model
    return found


def model_of(kind: str) -> type[Referable]:
    return models_by_kind()[kind]


@cache
def linkable_kinds() -> tuple[str, ...]:
    """Give the kinds whose records a dossier may name by their bare key: keys share one namespace per territory."""
    return tuple(kind for kind, model in models_by_kind().items() if issubclass(model, Record) and model.LINKABLE)
