"""What organisations, functions, ties, initiatives, acronyms, sources and doubts tell the house.

Titles are what people wrote, never translated words: the read model is the same for every language. What a row says
of several records is shown only to those who may see all of them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Acronym, Initiative, InitiativeCarrier, Organisation, Person, Role, Tie
from terreau.kernel import facts
from terreau.kernel.enums import Visibility
from terreau.kernel.facts import Described, Teller, Told
from terreau.kernel.models import Dispute, Gap, Record, Source

CREATED, ENDED = "directory.organisation_created", "directory.organisation_ended"
ROLE_STARTED, ROLE_ENDED = "directory.role_started", "directory.role_ended"
TIE_STARTED, TIE_ENDED = "directory.tie_started", "directory.tie_ended"
INITIATIVE_STARTED, INITIATIVE_ENDED = "directory.initiative_started", "directory.initiative_ended"
PUBLISHED = "directory.source_published"

WIDTHS: list[str] = [Visibility.PRIVATE, Visibility.TEAM, Visibility.MEMBERS, Visibility.PUBLIC]
"""From the narrowest to the widest."""


def narrowest(*records: Record) -> str:
    """Give the visibility of a sentence that names all these records."""
    return str(min((record.visibility for record in records), key=WIDTHS.index))


def tellings_around(organisation: Organisation) -> list[Record]:
    """Give the records that name an organisation: tell them again when it is renamed or hidden. Three queries."""
    return [
        *Role.objects.filter(organisation=organisation),
        *Tie.objects.filter(Q(origin=organisation) | Q(target=organisation)),
        *Initiative.objects.filter(Q(organisation=organisation) | Q(carriers__organisation=organisation)).distinct(),
    ]


def ends(record: Any, started: str, ended: str, **told: Any) -> Iterator[Told]:
    """Tell the start and the end of a period, each when it is said."""
    for when, what in ((record.start, started), (record.end, ended)):
        if when:
            yield Told(when=when, what=what, **told)


def describe_organisation(organisation: Organisation) -> Described:
    names = [name.name for name in organisation.names.all()]
    numbers = [identifier.value for identifier in organisation.identifiers.all()]
    themes = [theme.name for theme in organisation.themes.all()]
    return Described(
        title=organisation.name,
        subtitle=" · ".join(filter(None, (organisation.nature.name, organisation.commune))),
        names=(*names, *numbers),
        body=" ".join(
            [organisation.summary, organisation.description, *organisation.activities, *themes, organisation.commune]
        ),
        weight=0,
    )


def tell_organisation(organisation: Organisation) -> Iterator[Told]:
    scale = organisation.scale.key if organisation.scale else ""
    who = ((Organisation.KIND, organisation.pk),)
    yield from ends(
        organisation, CREATED, ENDED, title=organisation.name, detail=organisation.start_note, who=who, scale=scale
    )


def describe_person(person: Person) -> Described | None:
    """Only a name that may be public is ever told; without one, nothing is."""
    return Described(title=person.public_name, weight=6) if person.public_name else None


def describe_role(role: Role) -> Described:
    return Described(
        title=role.function, subtitle=role.organisation.name, weight=6, visibility=narrowest(role, role.organisation)
    )


def tell_role(role: Role) -> Iterator[Told]:
    who = ((Organisation.KIND, role.organisation_id), (Person.KIND, role.person_id))
    yield from ends(
        role, ROLE_STARTED, ROLE_ENDED, title=role.function, detail=role.note, who=who, certainty=role.certainty,
        visibility=narrowest(role, role.organisation),
    )  # fmt: skip


def sentence_of(tie: Tie) -> str:
    return f"{tie.origin.name} {tie.kind.name} {tie.target.name}"


def describe_tie(tie: Tie) -> Described:
    visibility = narrowest(tie, tie.origin, tie.target)
    return Described(title=sentence_of(tie), body=tie.note, weight=7, visibility=visibility)


def tell_tie(tie: Tie) -> Iterator[Told]:
    who = ((Organisation.KIND, tie.origin_id), (Organisation.KIND, tie.target_id))
    yield from ends(
        tie, TIE_STARTED, TIE_ENDED, title=sentence_of(tie), detail=tie.note, who=who, certainty=tie.certainty,
        visibility=narrowest(tie, tie.origin, tie.target),
    )  # fmt: skip


def shown_around(initiative: Initiative) -> list[Organisation]:
    """Give the organisations that whoever sees an initiative may see: the one born of it, then its carriers."""
    carriers = [carrier.organisation for carrier in initiative.carriers.all()]
    around = [initiative.organisation, *carriers] if initiative.organisation else carriers
    return [organisation for organisation in around if narrowest(initiative, organisation) == initiative.visibility]


def place_of(initiative: Initiative) -> str:
    around = shown_around(initiative)
    return f"{around[0].get_absolute_url()}#{initiative.key}" if around else ""


def describe_initiative(initiative: Initiative) -> Described:
    names = dict.fromkeys(organisation.name for organisation in shown_around(initiative))
    return Described(
        title=initiative.name, subtitle=", ".join(names), body=initiative.summary, weight=1, url=place_of(initiative)
    )


def tell_initiative(initiative: Initiative) -> Iterator[Told]:
    who = tuple(dict.fromkeys((Organisation.KIND, organisation.pk) for organisation in shown_around(initiative)))
    yield from ends(
        initiative,
        INITIATIVE_STARTED,
        INITIATIVE_ENDED,
        title=initiative.name,
        detail=initiative.summary,
        who=who,
        url=place_of(initiative),
    )


def describe_acronym(acronym: Acronym) -> Described:
    return Described(
        title=acronym.acronym, subtitle=acronym.expansion, names=tuple(filter(None, (acronym.expansion, acronym.former))),
        body=acronym.note, weight=4,
    )  # fmt: skip


def describe_source(source: Source) -> Described:
    words = [
        source.subtitle,
        *source.authors,
        source.publisher,
        source.collection,
        source.part_of,
        source.method,
        source.note,
    ]
    return Described(
        title=source.title, subtitle=", ".join(source.authors) or source.publisher, body=" ".join(words), weight=3
    )


def tell_source(source: Source) -> Iterator[Told]:
    if source.year:
        yield Told(when=source.year, what=PUBLISHED, title=source.title, detail=source.year_note)


def describe_dispute(dispute: Dispute) -> Described:
    statements = [statement.text for statement in dispute.statements.all()]
    return Described(title=dispute.subject, body=" ".join([*statements, dispute.reading]), weight=6)


def describe_gap(gap: Gap) -> Described:
    return Described(title=gap.subject, body=f"{gap.ask} {gap.answer}", weight=6)


def with_organisation(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Fetch the organisation of functions, whose address ends with the territory's."""
    return rows.select_related("organisation", "organisation__territory")


def with_both_ends(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("kind", "origin", "origin__territory", "target")


def with_carriers(rows: QuerySet[Any]) -> QuerySet[Any]:
    carriers = InitiativeCarrier.objects.select_related("organisation", "organisation__territory")
    return rows.select_related("organisation", "organisation__territory").prefetch_related(
        Prefetch("carriers", carriers)
    )


def with_all_names(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("nature", "scale").prefetch_related("names", "identifiers", "themes")


def with_statements(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.prefetch_related("statements")


TELLERS: Iterable[Teller] = (
    Teller(Organisation, describe_organisation, tell_organisation, with_all_names),
    Teller(Person, describe_person),
    Teller(Role, describe_role, tell_role, with_organisation),
    Teller(Tie, describe_tie, tell_tie, with_both_ends),
    Teller(Initiative, describe_initiative, tell_initiative, with_carriers),
    Teller(Acronym, describe_acronym),
    Teller(Source, describe_source, tell_source),
    Teller(Dispute, describe_dispute, prefetch=with_statements),
    Teller(Gap, describe_gap),
)

facts.register(
    *TELLERS,
    sorts={
        CREATED: _("Création"),
        ENDED: _("Fin d'activité"),
        ROLE_STARTED: _("Prise de fonction"),
        ROLE_ENDED: _("Fin de fonction"),
        TIE_STARTED: _("Lien noué"),
        TIE_ENDED: _("Lien dénoué"),
        INITIATIVE_STARTED: _("Lancement d'une initiative"),
        INITIATIVE_ENDED: _("Fin d'une initiative"),
        PUBLISHED: _("Parution"),
    },
)
