"""evenements.yaml: events and what came of them."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from terreau.agenda.enums import EventSort, EventState, OutcomeSort
from terreau.agenda.models import Event, EventOutcome
from terreau.kernel import dossier as d
from terreau.kernel.enums import Certainty


class OutcomeDoc(d.Doc):
    type: Annotated[OutcomeSort, d.Column("sort")]
    beneficiaire: Annotated[d.Slug | None, d.Key("beneficiary", "organisation")] = None
    resume: Annotated[d.Text, d.Column("summary")]
    certitude: Annotated[Certainty, d.Column("certainty")] = Certainty.ESTABLISHED
    sources: d.Sources = []


class EventDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    autres_noms: Annotated[d.Strings, d.Column("other_names")] = []
    type: Annotated[EventSort, d.Column("sort")]
    statut: Annotated[EventState | None, d.Column("state")] = None
    date: Annotated[d.EdtfValue | None, d.Column("when")] = None
    lieu: Annotated[d.Text | None, d.Column("place")] = None
    organisateurs: Annotated[list[d.Slug], d.Keys("organisers", "organisation")] = []
    organisateurs_certitude: Annotated[Certainty, d.Column("organisers_certainty")] = Certainty.ESTABLISHED
    participants: Annotated[d.Text | None, d.Column("participants")] = None
    public: Annotated[d.Text | None, d.Column("audience")] = None
    formats: Annotated[d.Strings, d.Column("formats")] = []
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    chiffres: Annotated[list[d.Slug], d.Linked("figure", ("figure",))] = []
    retombees: Annotated[list[OutcomeDoc], d.Rows(EventOutcome, "event")] = []
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


d.register(
    d.Section(
        "evenements", "evenements", EventDoc, Event, _("Les événements : ce qui a réuni, et ce qui en est sorti.")
    ),
)
