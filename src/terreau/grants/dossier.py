"""appels.yaml: calls for projects, other supports, distinctions."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from terreau.grants.enums import CapPer, Rhythm, SupportSort
from terreau.grants.models import EURO, Call, CallOutcome, CallTarget, ReportedEffect, SupportScheme
from terreau.kernel import dossier as d

Amount = Annotated[d.Number, Field(gt=0, max_digits=12, decimal_places=2)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class CapDoc(d.Doc):
    montant: Annotated[Amount, d.Column("cap")]
    devise: Annotated[Currency, d.Column("currency")] = EURO
    par: Annotated[CapPer | None, d.Column("cap_per")] = None
    chiffre: Annotated[d.Slug | None, d.Linked("figure", ("figure",))] = None


class TargetDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    sources: d.Sources = []


class OutcomeDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    type: Annotated[SupportSort, d.Column("sort")]
    sources: d.Sources = []


class SelectionDoc(d.Doc):
    instance: Annotated[d.Slug | None, d.Linked("jury", ("body",))] = None
    principe: Annotated[d.Text | None, d.Column("selection_rule")] = None


class EffectDoc(d.Doc):
    resume: Annotated[d.Text, d.Column("summary")]
    sources: d.Sources = []


class CallDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    autres_noms: Annotated[d.Strings, d.Column("other_names")] = []
    porteur: Annotated[d.Slug, d.Key("owner", "organisation")]
    plans: Annotated[list[d.Slug], d.Linked("plan", ("plan",))] = []
    depuis: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    rythme: Annotated[Rhythm | None, d.Column("rhythm")] = None
    rythme_note: Annotated[d.Text | None, d.Column("rhythm_note")] = None
    plafond: Annotated[CapDoc | None, d.Inline()] = None
    budget_annuel: Annotated[Amount | None, d.Column("yearly_budget")] = None
    cibles: Annotated[list[TargetDoc], d.Rows(CallTarget, "call")] = []
    candidats: Annotated[d.Text | None, d.Column("candidates")] = None
    selection: Annotated[SelectionDoc | None, d.Inline()] = None
    issues: Annotated[list[OutcomeDoc], d.Rows(CallOutcome, "call")] = []
    cumul_possible: Annotated[bool | None, d.Column("can_be_combined")] = None
    effets_rapportes: Annotated[list[EffectDoc], d.Rows(ReportedEffect, "call")] = []
    laureats_connus: Annotated[list[d.Slug], d.Keys("laureates", "organisation")] = []
    lacunes: Annotated[d.Strings, d.Column("unknowns")] = []
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class SupportDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    porteur: Annotated[d.Slug | None, d.Key("owner", "organisation")] = None
    beneficiaire: Annotated[d.Slug | None, d.Key("beneficiary", "organisation")] = None
    type: Annotated[SupportSort, d.Column("sort")]
    periode: Annotated[d.EdtfValue | None, d.Column("period")] = None
    montant: Annotated[Amount | None, d.Column("amount")] = None
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


d.register(
    d.Section(
        "appels", "appels", CallDoc, Call, _("Les appels à projets : rythme, plafond, cibles, issues, effets."), order=1
    ),
    d.Section(
        "appels",
        "autres_appuis",
        SupportDoc,
        SupportScheme,
        _("Les autres sources d'argent ou d'appui rencontrées."),
        order=2,
    ),
)
