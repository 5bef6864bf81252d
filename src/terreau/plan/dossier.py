"""plans.yaml: the local plans, how the way of drafting them changed, and their regional and national context."""

from collections.abc import Iterator
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from terreau.kernel import dossier as d
from terreau.plan.enums import DraftingMode
from terreau.plan.models import (
    MethodChange,
    NationalContext,
    Plan,
    PlanAction,
    PlanAmbition,
    PlanAxis,
    PlanCondition,
    PlanSponsor,
    PlanStaff,
    PlanStep,
    RegionalContext,
)  # fmt: skip


class StepDoc(d.Doc):
    date: Annotated[d.EdtfValue | None, d.Column("when")] = None
    resume: Annotated[d.Text, d.Column("summary")]
    acteurs: Annotated[list[d.Slug], d.Linked("actor", ("organisation",))] = []
    sources: d.Sources = []


class AxisDoc(d.RecordDoc):
    rang: Annotated[Annotated[int, Field(ge=1)], d.Column("rank")]
    intitule: Annotated[d.Text, d.Column("name")]
    court: Annotated[d.Text | None, d.Column("short_name")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ActionDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    objet: Annotated[d.Slug | None, d.Linked("object")] = None
    jalon: Annotated[d.Slug | None, d.Linked("milestone", ("milestone",))] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class HandDoc(d.Doc):
    fonction: Annotated[d.Slug, d.Key("role", "role")]


class PlanDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    sigle: Annotated[d.Text | None, d.Column("acronym")] = None
    pilote: Annotated[d.Slug, d.Key("lead", "organisation")]
    periode: Annotated[d.EdtfValue | None, d.Column("period")] = None
    note_periode: Annotated[d.Text | None, d.Column("period_note")] = None
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    elaboration: Annotated[list[StepDoc], d.Rows(PlanStep, "plan")] = []
    mode_elaboration: Annotated[DraftingMode | None, d.Column("drafting")] = None
    axes: Annotated[list[AxisDoc], d.Rows(PlanAxis, "plan")] = []
    actions: Annotated[list[ActionDoc], d.Rows(PlanAction, "plan")] = []
    moyens_humains: Annotated[list[HandDoc], d.Rows(PlanStaff, "plan")] = []
    portage_politique: Annotated[list[HandDoc], d.Rows(PlanSponsor, "plan")] = []
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class MethodChangeDoc(d.Doc):
    resume: Annotated[d.Text, d.Column("summary")]
    sources: d.Sources = []


class ConditionDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    satisfaite_le: Annotated[d.EdtfValue | None, d.Column("met_on")] = None
    jalon: Annotated[d.Slug | None, d.Linked("milestone", ("milestone",))] = None
    instance: Annotated[d.Slug | None, d.Linked("body", ("body",))] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class AmbitionDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ContextDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    acteurs: Annotated[list[d.Slug], d.Keys("actors", "organisation")] = []
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    jalon: Annotated[d.Slug | None, d.Linked("milestone", ("milestone",))] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class RegionalContextDoc(ContextDoc):
    conditions: Annotated[list[ConditionDoc], d.Rows(PlanCondition, "context")] = []
    ambitions: Annotated[list[AmbitionDoc], d.Rows(PlanAmbition, "context")] = []


def ranks_once(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse two axes of one rank in a plan."""
    for place, plan in enumerate(folder.of("plans")):
        taken: set[int] = set()
        for index, axis in enumerate(plan.axes):
            if axis.rang in taken:
                yield d.Problem(
                    "",
                    0,
                    gettext("deux axes du plan ont le rang %(rank)s : en changer un.") % {"rank": axis.rang},
                    (place, "axes", index, "rang"),
                )
            taken.add(axis.rang)


def hands_once(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a function written twice in one list of a plan."""
    for place, plan in enumerate(folder.of("plans")):
        for name in ("moyens_humains", "portage_politique"):
            taken: set[str] = set()
            for index, hand in enumerate(getattr(plan, name)):
                if hand.fonction in taken:
                    message = gettext(
                        "la fonction « %(key)s » est écrite deux fois dans cette liste : en retirer une."
                    ) % {"key": hand.fonction}
                    yield d.Problem("", 0, message, (place, name, index, "fonction"))
                taken.add(hand.fonction)


d.register(
    d.Section(
        "plans",
        "plans",
        PlanDoc,
        Plan,
        _("Les plans locaux : élaboration, axes, actions, moyens."),
        order=1,
        checks=(ranks_once, hands_once),
    ),
    d.Section(
        "plans",
        "changement_de_methode",
        MethodChangeDoc,
        MethodChange,
        _("Ce qui a changé dans la façon d'écrire un plan."),
        order=2,
        single=True,
    ),
    d.Section(
        "plans",
        "contexte_regional",
        RegionalContextDoc,
        RegionalContext,
        _("Le contexte régional, ses conditions et ses ambitions."),
        order=3,
    ),
    d.Section("plans", "contexte_national", ContextDoc, NationalContext, _("Le contexte national."), order=4),
)
