"""What events tell the house: what was held, announced, put off or cancelled, where, by whom."""

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.agenda.enums import EventState
from terreau.agenda.models import Event
from terreau.kernel import facts
from terreau.kernel.enums import Certainty

SORTS: dict[str, str] = {
    EventState.PLANNED: "agenda.planned",
    EventState.ANNOUNCED: "agenda.announced",
    EventState.POSTPONED: "agenda.postponed",
    EventState.CANCELLED: "agenda.cancelled",
}
"""What a state other than held makes of the fact; the words of the state are said in its title too."""


def _describe(event: Event) -> facts.Described:
    outcomes = [outcome.summary for outcome in event.outcomes.all()]
    body = " ".join(
        filter(
            None,
            [event.summary, event.place, event.participants, event.audience, *event.formats, *outcomes, event.note],
        )
    )
    subtitle = str(event.get_sort_display()).capitalize()
    return facts.Described(title=event.name, subtitle=subtitle, names=tuple(event.other_names), body=body, weight=4)


def _tell(event: Event) -> Iterator[facts.Told]:
    if not event.when:
        return
    organisers = tuple(("organisation", organisation.pk) for organisation in event.organisers.all())
    title = f"{event.name} ({event.get_state_display()})" if event.state in SORTS else event.name
    detail = [event.place, event.summary]
    if organisers and event.organisers_certainty != Certainty.ESTABLISHED:
        detail.append(gettext("Qui organise n'est pas écrit : c'est déduit ou rapporté."))
    yield facts.Told(
        event.when,
        SORTS.get(event.state, "agenda.event"),
        title,
        detail=" · ".join(filter(None, detail)),
        who=organisers,
    )


facts.register(
    facts.Teller(Event, _describe, _tell, lambda rows: rows.prefetch_related("organisers", "outcomes")),
    sorts={
        "agenda.event": _("Événement"),
        "agenda.planned": _("Événement en projet"),
        "agenda.announced": _("Événement annoncé"),
        "agenda.postponed": _("Événement reporté"),
        "agenda.cancelled": _("Événement annulé"),
    },
)
