"""What bodies tell the house: when they were created, ended, became something else; the turns of governance."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.governance.models import Body, GovernanceChange, HubFunction
from terreau.kernel import facts
from terreau.kernel.enums import Visibility
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Link

NARROWER = list(Visibility)
"""From the widest circle of readers to the narrowest."""


def _describe_body(body: Body) -> facts.Described:
    subtitle = f"{str(body.get_sort_display()).capitalize()}, {body.organisation.name}"
    return facts.Described(
        title=body.name, subtitle=subtitle, names=tuple(body.other_names), body=f"{body.purpose} {body.note}", weight=3
    )


def _tell_body(body: Body) -> Iterator[facts.Told]:
    """Tell the life of a body. One query for each of what it became, and one to name it."""
    organisation = ("organisation", body.organisation_id)
    scale = body.organisation.scale.key if body.organisation.scale else ""
    if body.start:
        title = gettext("Création : %(body)s") % {"body": body.name}
        yield facts.Told(
            body.start, "governance.body_created", title, detail=body.purpose, who=(organisation,), scale=scale
        )
    if body.end and body.end.latest:
        title = gettext("Fin : %(body)s") % {"body": body.name}
        yield facts.Told(body.end, "governance.body_ended", title, who=(organisation,), scale=scale)
    for succession in body.successions.all():
        if not succession.when:
            continue
        for link in Link.objects.filter(from_kind=succession.KIND, from_id=succession.pk, role="successor").order_by(
            "position", "pk"
        ):
            successor: Any = model_of(link.to_kind)._default_manager.get(pk=link.to_id)
            title = f"{body.name} {succession.get_sort_display()} {successor}"
            who = (organisation, (link.to_kind, link.to_id))
            # A name that not everybody may see is not put into a fact that they may.
            circle = max(body.visibility, successor.visibility, key=NARROWER.index)
            yield facts.Told(
                succession.when,
                "governance.body_became",
                title,
                detail=succession.note,
                who=who,
                scale=scale,
                visibility=circle,
            )


def _describe_function(function: HubFunction) -> facts.Described:
    return facts.Described(title=function.name, subtitle=gettext("Fonction du pôle"))


def _describe_change(change: GovernanceChange) -> facts.Described:
    return facts.Described(title=change.summary, subtitle=gettext("Évolution de la gouvernance"))


def _tell_change(change: GovernanceChange) -> Iterator[facts.Told]:
    if change.when:
        who = tuple(("body", body.pk) for body in change.bodies.all())
        yield facts.Told(change.when, "governance.change", change.summary, who=who)


facts.register(
    facts.Teller(
        Body,
        _describe_body,
        _tell_body,
        lambda rows: rows.select_related("organisation__scale").prefetch_related("successions"),
    ),
    facts.Teller(HubFunction, _describe_function),
    facts.Teller(GovernanceChange, _describe_change, _tell_change, lambda rows: rows.prefetch_related("bodies")),
    sorts={
        "governance.body_created": _("Création d'une instance"),
        "governance.body_ended": _("Fin d'une instance"),
        "governance.body_became": _("Devenir d'une instance"),
        "governance.change": _("Évolution de la gouvernance"),
    },
)
