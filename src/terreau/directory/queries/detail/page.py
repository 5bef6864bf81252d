"""The page of an organisation, put together."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from terreau.directory import ports
from terreau.directory.enums import NameSort
from terreau.directory.models import Organisation
from terreau.directory.ports import PageAction, PageNotice
from terreau.directory.pure.pages import page_rank
from terreau.directory.queries.detail import parts
from terreau.directory.queries.detail.parts import Line, NameLine, Staff
from terreau.directory.queries.detail.questions import Question, questions
from terreau.directory.queries.detail.roles import RoleLine, held_here, role_lines
from terreau.directory.queries.detail.rows import PageRows, page_rows
from terreau.directory.queries.detail.sharing import linked_data
from terreau.directory.queries.detail.ties import TieFamilyGroup, tie_families
from terreau.geography.pure.map_svg import Place, draw
from terreau.geography.queries import outlines
from terreau.kernel import policy
from terreau.kernel.components import FactLine, Pair, SourceLine, Tag
from terreau.kernel.enums import Certainty
from terreau.kernel.facts import label_of
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import DisputeLine, Surroundings, facts_about, ref, surroundings
from terreau.territory.models import Territory

SHOWN_FACTS = 200
MOST_MERGES = 20
"""Pages that took one another's place in a row: beyond, the chain is broken."""


@dataclass(frozen=True)
class OrganisationPage:
    """Everything that `organisation_detail.html` reads.

    description: its paragraphs. parent: the house of which it is a branch, when the reader may see it.
    sold, bought: purchases as supplier, then as buyer. map: an SVG, empty when nothing is known of where it is.
    disputes: those of the organisation, then those of its functions and ties, each once.
    linked_data: JSON-LD, of what is public only; empty on a page that is not.
    """

    organisation: Organisation
    acronym: str
    pairs: list[Pair]
    names: list[NameLine]
    themes: list[Tag]
    description: list[str]
    links: list[Any]
    parent: Organisation | None
    branches: list[Organisation]
    staff: Staff | None
    initiatives: list[Line]
    offers: list[Line]
    sold: list[Line]
    bought: list[Line]
    distinctions: list[Line]
    resources: list[Line]
    roles: list[RoleLine]
    families: list[TieFamilyGroup]
    ties_count: int
    facts: list[FactLine]
    named_by: list["NamedGroup"]
    sources: list[SourceLine]
    disputes: list[DisputeLine]
    questions: list[Question]
    map: SafeString
    linked_data: SafeString
    actions: list[PageAction]
    notices: list[PageNotice]
    may_change: bool


@dataclass(frozen=True)
class NamedGroup:
    """Records of one kind that name this organisation."""

    label: str
    entries: list[Entry]


def organisation_for(reader: Actor, territory: Territory, key: str) -> Organisation:
    """Give an organisation that the reader may see, or a 404: managers see theirs, public or not. One query."""
    rows: Any = Organisation.objects.of(territory)
    if not policy.allows("directory.read_private", reader, territory):
        rows = rows.visible_to(reader) | rows.filter(pk__in=reader.records)
    return get_object_or_404(rows.select_related("nature", "scale", "territory"), key=key)


def replacement_of(reader: Actor, territory: Territory, key: str) -> Organisation | None:
    """Give the record that took the place of a merged one, at the end of the chain, when the reader may see it.

    None for a key that was never merged. One query for each merge.
    """
    row = Organisation.objects.of(territory).filter(key=key).select_related("merged_into").first()
    if row is None or row.merged_into is None:
        return None
    for _merge in range(MOST_MERGES):
        row = row.merged_into
        if row.merged_into_id is None:
            seen = Organisation.objects.of(territory).visible_to(reader).filter(pk=row.pk)
            return seen.first()
    return None


def organisation_page(reader: Actor, organisation: Organisation, site: str = "") -> OrganisationPage:
    """Gather the page of an organisation. Five queries at most, whatever there is to say.

    site: scheme and host of this site, which addresses that travel begin with.
    """
    rows = page_rows(reader, organisation)
    told = [organisation, *held_here(organisation, rows), *rows.ties]
    around = surroundings(organisation.territory, reader, told)
    here = organisation.get_absolute_url()
    names = parts.name_lines(rows)
    sold, bought = parts.purchase_lines(organisation, rows)
    return OrganisationPage(
        organisation=organisation,
        acronym=", ".join(line.name for line in names if line.sort == NameSort.ACRONYM),
        pairs=parts.identity_pairs(organisation, rows),
        names=names,
        themes=parts.theme_tags(organisation, rows),
        description=organisation.description.split("\n\n") if organisation.description else [],
        links=sorted(rows.links, key=lambda link: link.position),
        parent=rows.organisations.get(organisation.parent_id) if organisation.parent_id else None,
        branches=parts.branch_lines(organisation, rows),
        staff=parts.staff(rows),
        initiatives=parts.initiative_lines(organisation, rows),
        offers=parts.offer_lines(organisation, rows),
        sold=sold,
        bought=bought,
        distinctions=parts.distinction_lines(rows.distinctions, rows.organisations),
        resources=parts.resource_lines(rows),
        roles=role_lines(organisation, rows, around),
        families=tie_families(organisation, rows, around),
        ties_count=len(rows.ties),
        facts=[fact_line(fact, here) for fact in facts_about(organisation, reader, limit=SHOWN_FACTS)],
        named_by=named_groups(around.named_by.get(ref(organisation), [])),
        sources=sorted(around.sources.get(ref(organisation), []), key=_bound),
        disputes=disputes_once(around, told),
        questions=questions(reader, organisation, rows, around, told),
        map=_map(organisation),
        linked_data=_as_data(organisation, rows, site),
        actions=ports.page_actions(reader, organisation),
        notices=ports.page_notices(reader, organisation),
        may_change=policy.allows("directory.change", reader, organisation) and not organisation.merged_into_id,
    )


def _map(organisation: Organisation) -> SafeString:
    """Draw the outline of its commune with its point. One query when a commune or a point is known."""
    if not organisation.commune_code:
        return mark_safe("")
    drawn = outlines([organisation.commune_code])
    place = []
    if organisation.longitude is not None and organisation.latitude is not None:
        place = [
            Place(
                organisation.commune_code,
                organisation.name,
                organisation.longitude,
                organisation.latitude,
                caption=organisation.name,
            )
        ]
    if not drawn:
        return mark_safe("")
    said = {"name": organisation.name, "commune": organisation.commune}
    title = gettext("Où se trouve %(name)s") % said
    description = (
        gettext("Le contour de la commune (%(commune)s) ; un point dit l'adresse quand elle est connue.") % said
    )
    svg = draw(place, outlines=drawn, title=title, description=description, width=320, tallest=320, labels=0)
    return mark_safe(svg)  # noqa: S308 -- texts are escaped by `draw`


def _as_data(organisation: Organisation, rows: PageRows, site: str) -> SafeString:
    """Write the JSON-LD of the page so that no text of it can close the element that holds it."""
    text = linked_data(organisation, rows, site)
    escaped = text.replace("&", "\\u0026").replace("<", "\\u003C").replace(">", "\\u003E")
    return mark_safe(escaped)  # noqa: S308 -- escaped on the line above


def fact_line(fact: Any, here: str) -> FactLine:
    """Write a fact for the page at an address, whose own address goes without saying."""
    url = "" if fact.url == here else fact.url.removeprefix(here)
    return FactLine(
        on=fact.when.text if fact.when else "", title=fact.title, url=url, kind=label_of(fact.what),
        certainty="" if fact.certainty == Certainty.ESTABLISHED else fact.certainty,
    )  # fmt: skip


def named_groups(entries: Iterable[Entry]) -> list[NamedGroup]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.kind].append(entry)
    return [
        NamedGroup(capfirst(str(model_of(kind)._meta.verbose_name_plural)), lines) for kind, lines in groups.items()
    ]


def _bound(line: SourceLine) -> tuple[str, tuple[int, str]]:
    return line.url, page_rank(line.locator)


def disputes_once(around: Surroundings, records: Iterable[Any]) -> list[DisputeLine]:
    lines = (line for record in records for line in around.disputes.get(ref(record), []))
    return list({line.key: line for line in lines}.values())
