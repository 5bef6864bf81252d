"""What calls and supports tell the house."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.grants.models import Call, CallOutcome, CallTarget, SupportScheme
from terreau.kernel import facts
from terreau.kernel.enums import Visibility


def _organisations(*pks: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(("organisation", pk) for pk in pks if pk)


def _describe_call(call: Call) -> facts.Described:
    body = " ".join(filter(None, [call.candidates, call.selection_rule, call.rhythm_note, call.note]))
    return facts.Described(
        title=call.name, subtitle=gettext("Appel à projets"), names=tuple(call.other_names), body=body, weight=2
    )


def _tell_call(call: Call) -> Iterator[facts.Told]:
    scale = call.owner.scale.key if call.owner.scale else ""
    if call.start:
        title = gettext("Ouverture : %(call)s") % {"call": call.name}
        yield facts.Told(call.start, "grants.call_opened", title, who=_organisations(call.owner_id), scale=scale)
    if call.end and call.end.latest:
        title = gettext("Fin : %(call)s") % {"call": call.name}
        yield facts.Told(call.end, "grants.call_closed", title, who=_organisations(call.owner_id), scale=scale)


def _describe_inside(record: CallTarget | CallOutcome) -> facts.Described | None:
    """Describe what a call holds, unless it would show what the call keeps from the same readers."""
    if record.call.visibility not in {Visibility.PUBLIC, record.visibility}:
        return None
    return facts.Described(title=record.name, subtitle=record.call.name)


def _describe_support(support: SupportScheme) -> facts.Described:
    return facts.Described(
        title=support.name, subtitle=gettext("Autre appui"), body=f"{support.summary} {support.note}".strip()
    )


def _tell_support(support: SupportScheme) -> Iterator[facts.Told]:
    if support.period:
        who = _organisations(support.owner_id, support.beneficiary_id)
        yield facts.Told(support.period, "grants.support", support.name, detail=support.summary, who=who)


facts.register(
    facts.Teller(Call, _describe_call, _tell_call, lambda rows: rows.select_related("owner__scale")),
    facts.Teller(CallTarget, _describe_inside, prefetch=lambda rows: rows.select_related("call")),
    facts.Teller(CallOutcome, _describe_inside, prefetch=lambda rows: rows.select_related("call")),
    facts.Teller(SupportScheme, _describe_support, _tell_support),
    sorts={
        "grants.call_opened": _("Ouverture d'un appel"),
        "grants.call_closed": _("Fin d'un appel"),
        "grants.support": _("Appui reçu"),
    },
)
