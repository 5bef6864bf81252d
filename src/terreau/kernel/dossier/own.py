"""The kernel's own sections: sources, contradictions and gaps."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from terreau.kernel.dossier.fields import (
    Column,
    Disputes,
    Doc,
    EdtfValue,
    Key,
    Linked,
    Page,
    RecordDoc,
    Rows,
    Slug,
    Sources,
    Stated,
    Strings,
    Text,
)
from terreau.kernel.dossier.sections import Section, register
from terreau.kernel.enums import Certainty, DisputeKind, DisputeOrigin, OpenState, PageCertainty, Severity, SourceGenre
from terreau.kernel.models import Dispute, Gap, Source, SourcePage, Statement


class PageDoc(Doc):
    page: Annotated[Page, Column("page")]
    lignes: Annotated[Stated, Column("lines")]
    certitude: Annotated[PageCertainty, Column("certainty")]
    contenu: Annotated[Text | None, Column("content")] = None


class SourceDoc(RecordDoc):
    titre: Annotated[Text, Column("title")]
    titre_court: Annotated[Text | None, Column("short_title")] = None
    sous_titre: Annotated[Text | None, Column("subtitle")] = None
    auteurs: Annotated[Strings, Column("authors")] = []
    annee: Annotated[EdtfValue | None, Column("year")] = None
    note_date: Annotated[Text | None, Column("year_note")] = None
    editeur: Annotated[Text | None, Column("publisher")] = None
    collection: Annotated[Text | None, Column("collection")] = None
    imprimeur: Annotated[Text | None, Column("printer")] = None
    tirage: Annotated[int | None, Column("print_run")] = None
    soutiens: Annotated[list[Slug], Linked("supporter", ("organisation",))] = []
    url: Annotated[Text | None, Column("address")] = None
    genre: Annotated[SourceGenre, Column("genre")]
    fichier: Annotated[Text | None, Column("file_name")] = None
    methode: Annotated[Text | None, Column("method")] = None
    dans: Annotated[Text | None, Column("part_of")] = None
    note: Annotated[Text | None, Column("note")] = None
    sources: Sources = []
    contradictions: Disputes = []
    pagination: Annotated[list[PageDoc], Rows(SourcePage, "source")] = []


class StatementDoc(Doc):
    enonce: Annotated[Text, Column("text")]
    valeur: Annotated[Stated | None, Column("value")] = None
    source: Annotated[Slug, Key("source", "source")]
    page: Annotated[Page | None, Column("locator")] = None
    certitude: Annotated[Certainty, Column("certainty", quiet=True)] = Certainty.ESTABLISHED


class DisputeDoc(RecordDoc):
    sujet: Annotated[Text, Column("subject")]
    type: Annotated[DisputeKind, Column("sort")]
    gravite: Annotated[Severity, Column("severity")]
    origine: Annotated[DisputeOrigin, Column("origin")]
    enonces: Annotated[list[StatementDoc], Rows(Statement, "dispute")]
    objets: Annotated[list[Slug], Linked("object")] = []
    lecture: Annotated[Text | None, Column("reading")] = None
    etat: Annotated[OpenState, Column("state", quiet=True)] = OpenState.OPEN


class GapDoc(RecordDoc):
    sujet: Annotated[Text, Column("subject")]
    objets: Annotated[list[Slug], Linked("object")] = []
    demander_a: Annotated[Text | None, Column("ask")] = None
    etat: Annotated[OpenState, Column("state", quiet=True)] = OpenState.OPEN
    reponse: Annotated[Text | None, Column("answer")] = None
    sources: Sources = []


register(
    Section("sources", "sources", SourceDoc, Source, _("Les documents d'où viennent les faits.")),
    Section(
        "contradictions",
        "contradictions",
        DisputeDoc,
        Dispute,
        _("Ce sur quoi les sources ne s'accordent pas : chaque énoncé est gardé."),
        order=1,
    ),
    Section("contradictions", "lacunes", GapDoc, Gap, _("Ce qu'on ne sait pas encore, et à qui le demander."), order=2),
)
