"""instances.yaml: bodies and who sits there, what they become, the functions of the hub, the turns of governance."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.pure.lineage import cycle_in
from terreau.governance.enums import Becoming, BodySort, BodyState
from terreau.governance.models import Body, GovernanceChange, HubFunction, Seat, Succession
from terreau.kernel import dossier as d
from terreau.kernel.enums import Certainty


class SeatDoc(d.Doc):
    organisation: Annotated[d.Slug | None, d.Key("organisation", "organisation")] = None
    personne: Annotated[d.Slug | None, d.Key("person", "person")] = None
    collectif: Annotated[d.Text | None, d.Column("college")] = None
    qualite: Annotated[d.Text | None, d.Column("capacity")] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    certitude: Annotated[Certainty, d.Column("certainty")] = Certainty.ESTABLISHED


class SuccessionDoc(d.Doc):
    type: Annotated[Becoming, d.Column("sort")]
    vers: Annotated[d.Slug, d.Linked("successor", ("body", "organisation"))]
    date: Annotated[d.EdtfValue | None, d.Column("when")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []


class BodyDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    autres_noms: Annotated[d.Strings, d.Column("other_names")] = []
    organisation: Annotated[d.Slug, d.Key("organisation", "organisation")]
    organisation_certitude: Annotated[Certainty, d.Column("organisation_certainty")] = Certainty.ESTABLISHED
    organisation_instance: Annotated[d.Slug | None, d.Key("organisation_itself", "organisation")] = None
    type: Annotated[BodySort, d.Column("sort")]
    statut: Annotated[BodyState | None, d.Column("state")] = None
    debut: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    composition: Annotated[list[SeatDoc], d.Rows(Seat, "body")] = []
    role: Annotated[d.Text | None, d.Column("purpose")] = None
    themes: Annotated[list[d.Slug], d.Keys("themes", "theme")] = []
    devenir: Annotated[list[SuccessionDoc], d.Rows(Succession, "body")] = []
    note: Annotated[d.Text | None, d.Column("note")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class HubFunctionDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    perimetre: Annotated[d.Slug | None, d.Key("perimeter", "special_perimeter")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


class ChangeDoc(d.RecordDoc):
    date: Annotated[d.EdtfValue | None, d.Column("when")] = None
    resume: Annotated[d.Text, d.Column("summary")]
    instances: Annotated[list[d.Slug], d.Keys("bodies", "body")] = []
    sources: d.Sources = []
    contradictions: d.Disputes = []


def someone_sits(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a line of composition that names nobody."""
    for place, body in enumerate(folder.of("instances")):
        for index, seat in enumerate(body.composition):
            if not (seat.organisation or seat.personne or seat.collectif):
                message = gettext(
                    "cette ligne ne dit pas qui siège : ajouter « organisation », « personne » ou « collectif »."
                )
                yield d.Problem("", 0, message, (place, "composition", index))


def planned_goes_on(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse the end of a body that does not exist yet."""
    for place, body in enumerate(folder.of("instances")):
        if body.statut == BodyState.PLANNED and body.fin:
            yield d.Problem(
                "",
                0,
                gettext("une instance en projet n'a pas de fin : retirer « fin » ou changer « statut »."),
                (place, "fin"),
            )


def no_circle(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse bodies that become one another in a circle."""
    bodies = folder.of("instances")
    edges = [(place, body.id, succession.vers) for place, body in enumerate(bodies) for succession in body.devenir]
    if circle := cycle_in((origin, target) for _place, origin, target in edges):
        turns = set(pairwise(circle))
        place = next(place for place, origin, target in edges if (origin, target) in turns or (target, origin) in turns)
        message = gettext("les devenirs tournent en rond (%(circle)s) : retirer ou retourner l'un d'eux.")
        yield d.Problem("", 0, message % {"circle": " → ".join(circle)}, (place, "devenir"))


d.register(
    d.Section(
        "instances", "instances", BodyDoc, Body, _("Les instances : qui s'y trouve, ce qui s'y fait, ce qu'elles deviennent."), order=1,
        checks=(someone_sits, planned_goes_on, no_circle),
    ),
    d.Section("instances", "fonctions_du_ptce", HubFunctionDoc, HubFunction, _("Les fonctions que remplit le pôle."), order=2),
    d.Section("instances", "evolutions", ChangeDoc, GovernanceChange, _("Les tournants de la gouvernance."), order=3),
)  # fmt: skip
