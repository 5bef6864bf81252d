"""temoignages.yaml: what people said, summed up, with the page."""

from collections.abc import Iterator
from typing import Annotated

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terreau.kernel import dossier as d
from terreau.stories.enums import Genre
from terreau.stories.models import Testimony


class TestimonyDoc(d.RecordDoc):
    genre: Annotated[Genre, d.Column("genre")] = Genre.QUOTE
    personne: Annotated[d.Slug | None, d.Key("person", "person")] = None
    organisation: Annotated[d.Slug | None, d.Key("organisation", "organisation")] = None
    fonction: Annotated[d.Text, d.Column("function")]
    date: Annotated[d.EdtfValue | None, d.Column("said_on")] = None
    themes: Annotated[list[d.Slug], d.Keys("themes", "theme")] = []
    source: Annotated[d.Slug, d.Key("source", "source")]
    page: Annotated[d.Page | None, d.Column("locator")] = None
    resume: Annotated[d.Text, d.Column("summary")]
    cosigne_avec: Annotated[d.Slug | None, d.Key("cosigned_with", "testimony")] = None
    note: Annotated[d.Text | None, d.Column("note")] = None
    contradictions: d.Disputes = []


def not_cosigned_with_itself(folder: d.Folder) -> Iterator[d.Problem]:
    for place, testimony in enumerate(folder.of("temoignages")):
        if testimony.cosigne_avec == testimony.id:
            message = gettext("le témoignage « %(key)s » se cosigne lui-même : désigner l'autre signature.")
            yield d.Problem("", 0, message % {"key": testimony.id}, (place, "cosigne_avec"))


d.register(
    d.Section(
        "temoignages",
        "temoignages",
        TestimonyDoc,
        Testimony,
        _("Ce que des personnes ont dit, résumé et jamais recopié, avec leur fonction et la page."),
        inherits=("source",),
        checks=(not_cosigned_with_itself,),
    ),
)
