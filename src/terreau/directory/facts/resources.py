"""What resources tell the house: their words, those of their files and of their transcripts included."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation, Resource
from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller, Told
from terreau.kernel.search.folding import fold

PUBLISHED = "directory.resource_published"


def describe_resource(resource: Resource) -> Described:
    """Give each word of the texts once: the index keeps no place, and a long file then fits in it.

    The limit is that of `kernel.files.extract`, a million characters; PostgreSQL reads 200 000 of what is left.
    """
    themes = [theme.name for theme in resource.themes.all()]
    words = fold(f"{resource.transcript} {resource.content}").split()
    return Described(
        title=resource.title,
        subtitle=", ".join(resource.authors),
        body=" ".join([resource.summary, *resource.authors, *themes, *dict.fromkeys(words)]),
        weight=2,
    )


def tell_resource(resource: Resource) -> Iterator[Told]:
    if resource.published:
        who = tuple((Organisation.KIND, organisation.pk) for organisation in resource.organisations.all())
        yield Told(resource.published, PUBLISHED, resource.title, detail=", ".join(resource.authors), who=who)


def with_themes(rows: Any) -> Any:
    return rows.prefetch_related("themes", "organisations")


facts.register(
    Teller(Resource, describe_resource, tell_resource, with_themes),
    sorts={PUBLISHED: _("Parution d'une ressource")},
)
