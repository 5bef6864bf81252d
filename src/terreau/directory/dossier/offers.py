"""Distinctions, which the dossier keeps in the file of calls for projects."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import DistinctionSort
from terreau.directory.models import Distinction
from terreau.kernel import dossier as d


class DistinctionDoc(d.RecordDoc):
    nom: Annotated[d.Text, d.Column("name")]
    type: Annotated[DistinctionSort, d.Column("sort", quiet=True)] = DistinctionSort.PRIZE
    beneficiaire: Annotated[d.Slug | None, d.Key("organisation", "organisation")] = None
    initiative: Annotated[d.Slug | None, d.Key("initiative", "initiative")] = None
    remise_par: Annotated[d.Slug | None, d.Key("giver", "organisation")] = None
    remise_par_nom: Annotated[d.Text | None, d.Column("given_by")] = None
    date: Annotated[d.EdtfValue | None, d.Column("start")] = None
    fin: Annotated[d.EndValue | None, d.Column("end")] = None
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


d.register(
    d.Section("appels", "distinctions", DistinctionDoc, Distinction, _("Les prix et distinctions reçus."), order=3),
)
