"""What may happen to a distinction: it is recorded, corrected."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.models import Distinction
from terreau.directory.services.offers import Quote
from terreau.directory.services.rules import (
    check_here,
    check_period,
    check_visibility,
    check_written,
    cite,
    free_key,
)
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.clock import today
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

FIELDS = frozenset({
    "organisation", "initiative", "sort", "name", "giver", "given_by", "summary", "start", "end", "visibility",
})  # fmt: skip


@transaction.atomic
def record_distinction(
    *,
    territory: Territory,
    by: Actor,
    values: Mapping[str, Any],
    quote: Quote = Quote(),  # noqa: B008 -- frozen
) -> Distinction:
    """Record a prize, a label, a habilitation or an approval of an organisation or of an initiative.

    values: field of FIELDS → value. Raises NotAllowed, RuleBroken; nothing is written then.
    """
    distinction = Distinction(territory=territory)
    _check(distinction, values, by)
    for name, value in values.items():
        setattr(distinction, name, value)
    distinction.key = free_key(territory, distinction.name)
    distinction.save(force_insert=True)
    written: dict[str, Any] = {"name": [None, distinction.name], "holder": [None, _holder(values).key]}
    if cited := cite(distinction, quote.source, quote.locator):
        written["sources"] = [None, cited]
    audit.record(by, "directory.distinction.record", distinction, written)
    facts.refresh(distinction)
    return distinction


@transaction.atomic
def update_distinction(
    distinction: Distinction,
    *,
    by: Actor,
    version: int,
    values: Mapping[str, Any],
    quote: Quote = Quote(),  # noqa: B008 -- frozen
) -> dict[str, list[Any]]:
    """Correct a distinction. When nothing changes, nothing is written.

    version: the one that the form was opened on.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("directory.distinction", by, distinction.organisation or distinction.initiative)
    _check(distinction, values, by)
    cited = cite(distinction, quote.source, quote.locator)
    written = versions.save(distinction, seen=version, changes=dict(values), force=bool(cited))
    if cited:
        written["sources"] = [None, cited]
    if written:
        audit.record(by, "directory.distinction.change", distinction, written)
        facts.refresh(distinction)
    return written


def _holder(values: Mapping[str, Any]) -> Any:
    return values.get("organisation") or values.get("initiative")


def _check(distinction: Distinction, values: Mapping[str, Any], by: Actor) -> None:
    if unknown := set(values) - FIELDS:
        raise ValueError(unknown)
    now = {name: getattr(distinction, name) for name in FIELDS} | dict(values)
    if bool(now["organisation"]) == bool(now["initiative"]):
        raise RuleBroken(
            _("Une distinction va à une organisation ou à une initiative, et à une seule : dire laquelle."),
            field="holder",
        )
    policy.require("directory.distinction", by, _holder(now))
    check_here(distinction.territory_id, "holder", _holder(now))
    check_here(distinction.territory_id, "giver", now["giver"])
    check_written(now["name"], _("Une distinction porte un nom : l'écrire."), field="name")
    if now["giver"] and now["giver"] == now["organisation"]:
        raise RuleBroken(
            _("« %(name)s » ne se distingue pas elle-même : dire qui remet la distinction, ou laisser vide.")
            % {"name": now["giver"].name},
            field="giver",
        )
    check_period(now["start"], now["end"])
    if now["start"] and now["start"].earliest and now["start"].earliest > today():
        message = _("« %(date)s » est dans l'avenir : une distinction s'enregistre une fois reçue.")
        raise RuleBroken(message % {"date": now["start"].text}, field="start")
    check_visibility(values.get("visibility"), distinction.visibility, by, _holder(now))
