"""What is handed over, as its readers may see it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from terreau.continuity.enums import IndicatorStatus, StakeKind
from terreau.continuity.models import ConclusionPoint, Contribution, Ingredient, IngredientIndicator, OpenTopic, Stake
from terreau.directory.models import Organisation
from terreau.kernel.components import SourceLine, Tag
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Dispute, Entry, Gap, Link, Record
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import Ref, citations_of, entries_of, ref
from terreau.stories.models import Testimony


@dataclass(frozen=True, kw_only=True)
class Named:
    """Another record: how it is called, where it is shown, its kind; words: what else tells it apart."""

    title: str
    url: str
    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """What every handed-over thing shows, with where it comes from and what sources do not agree on."""

    key: str
    name: str
    summary: str
    sources: tuple[SourceLine, ...]
    doubts: tuple[Tag, ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """A way of observing an ingredient: never a measure."""

    key: str
    name: str
    status: str
    is_dropped: bool
    observed_in: str


@dataclass(frozen=True, kw_only=True)
class IngredientLine:
    item: Item
    rank: int
    facts: tuple[Named, ...]
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True, kw_only=True)
class HandoverPage:
    """The first page of the handover: ingredients of success, and what the conclusion adds."""

    territory: Any
    ingredients: tuple[IngredientLine, ...]
    conclusion: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceLine:
    """A testimony that shows a contribution: summed up, by function, never by name."""

    function: str
    summary: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ContributionLine:
    item: Item
    rank: int
    voices: tuple[VoiceLine, ...]
    events: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True)
class ContributorGroup:
    """What one organisation brought; name is empty when the reader may not see which."""

    name: str
    url: str
    contributions: tuple[ContributionLine, ...]


@dataclass(frozen=True, kw_only=True)
class ContributionsPage:
    territory: Any
    groups: tuple[ContributorGroup, ...]


@dataclass(frozen=True, kw_only=True)
class StakeLine:
    item: Item
    scale: str
    actors: tuple[Tag, ...]
    bodies: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True)
class StakeGroup:
    kind: str
    label: str
    stakes: tuple[StakeLine, ...]


@dataclass(frozen=True, kw_only=True)
class TopicLine:
    item: Item
    holder: Named | None


@dataclass(frozen=True, kw_only=True)
class StakesPage:
    territory: Any
    groups: tuple[StakeGroup, ...]
    topics: tuple[TopicLine, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class GapLine:
    """Something not known yet. state: in words; answer: once found."""

    item: Item
    ask: str
    state: str
    answer: str
    about: tuple[Named, ...]


@dataclass(frozen=True, kw_only=True)
class GapsPage:
    territory: Any
    gaps: tuple[GapLine, ...]


@dataclass
class _Around:
    """What surrounds the records of a page: where they come from, what they name, what is disputed about them."""

    sources: dict[Ref, list[SourceLine]]
    named: dict[tuple[str, UUID, str], list[Entry]]
    entries: dict[Ref, Entry]
    doubts: dict[Ref, list[Tag]] = field(default_factory=dict)

    def item(self, record: Any, **more: str) -> Item:
        said = {
            "name": str(record),
            "summary": getattr(record, "summary", ""),
            "note": getattr(record, "note", ""),
        } | more
        sources = tuple(self.sources.get(ref(record), ()))
        return Item(key=record.key, sources=sources, doubts=tuple(self.doubts.get(ref(record), ())), **said)

    def named_by(self, record: Record, role: str) -> tuple[Named, ...]:
        return tuple(_named(entry) for entry in self.named.get((record.KIND, record.pk, role), ()))


def handover_page(reader: Actor, territory: Any) -> HandoverPage:
    """Give ingredients and points of the conclusion. Six queries, or seven when something is disputed."""
    indicators = Prefetch("indicators", IngredientIndicator.objects.visible_to(reader).in_order())
    rows = Ingredient.objects.of(territory).visible_to(reader).prefetch_related(indicators)
    ingredients = sorted(rows, key=lambda row: (row.rank, row.key))
    conclusion = list(ConclusionPoint.objects.of(territory).visible_to(reader).in_order())
    around = _around(reader, territory, [*ingredients, *conclusion])
    return HandoverPage(
        territory=territory,
        ingredients=tuple(
            IngredientLine(
                item=around.item(row),
                rank=row.rank,
                facts=around.named_by(row, "fact"),
                indicators=tuple(_indicator(indicator) for indicator in row.indicators.all()),
            )
            for row in ingredients
        ),
        conclusion=tuple(around.item(row) for row in conclusion),
    )


def contributions_page(reader: Actor, territory: Any) -> ContributionsPage:
    """Give what the animation brought, by organisation. Five queries, or six when something is disputed."""
    rows = sorted(Contribution.objects.of(territory).visible_to(reader), key=lambda row: (row.rank, row.key))
    around = _around(reader, territory, rows, [("organisation", row.contributor_id) for row in rows])
    wanted = {entry.record_id for row in rows for entry in around.named.get((row.KIND, row.pk, "testimony"), ())}
    voices = {row.pk: row for row in Testimony.objects.of(territory).visible_to(reader).filter(pk__in=wanted)}
    groups: dict[UUID, list[ContributionLine]] = defaultdict(list)
    for row in rows:
        said = around.named.get((row.KIND, row.pk, "testimony"), ())
        line = ContributionLine(
            item=around.item(row),
            rank=row.rank,
            voices=tuple(_voice(entry, voices[entry.record_id]) for entry in said if entry.record_id in voices),
            events=around.named_by(row, "event"),
        )
        groups[row.contributor_id].append(line)
    return ContributionsPage(
        territory=territory,
        groups=tuple(_contributor(around.entries.get(("organisation", pk)), lines) for pk, lines in groups.items()),
    )


def stakes_page(reader: Actor, territory: Any) -> StakesPage:
    """Give what is left open, by kind, and the regional topics. Six queries, or seven when something is disputed."""
    actors = Prefetch("actors", Organisation.objects.visible_to(reader).order_by("name", "pk"))
    rows = Stake.objects.of(territory).visible_to(reader).select_related("scale").prefetch_related(actors)
    stakes = list(rows.in_order())
    topics = list(OpenTopic.objects.of(territory).visible_to(reader).in_order())
    holders = [("organisation", row.holder_id) for row in topics if row.holder_id]
    around = _around(reader, territory, [*stakes, *topics], holders)
    by_kind: dict[str, list[StakeLine]] = defaultdict(list)
    for row in stakes:
        by_kind[row.sort].append(_stake(row, around, territory))
    return StakesPage(
        territory=territory,
        groups=tuple(
            StakeGroup(kind=kind.value, label=_plural(kind), stakes=tuple(by_kind[kind.value]))
            for kind in StakeKind
            if by_kind[kind.value]
        ),
        topics=tuple(_topic(row, around) for row in topics),
        count=len(stakes),
    )


def gaps_page(reader: Actor, territory: Any) -> GapsPage:
    """Give what is not known yet, whom to ask, and where the search stands. Four queries."""
    gaps = list(Gap.objects.of(territory).visible_to(reader).in_order())
    around = _around(reader, territory, gaps)
    return GapsPage(
        territory=territory,
        gaps=tuple(
            GapLine(
                item=around.item(row),
                ask=row.ask,
                state=row.get_state_display(),
                answer=row.answer,
                about=around.named_by(row, "object"),
            )
            for row in gaps
        ),
    )


def _around(reader: Actor, territory: Any, records: Sequence[Record], refs: Iterable[Ref] = ()) -> _Around:
    """Fetch what surrounds records, and the entries of `refs`. Three queries, four when something is disputed."""
    pks = [record.pk for record in records]
    links = (
        Link.objects.filter(Q(from_id__in=pks) | Q(to_id__in=pks, from_kind=Dispute.KIND, role="object")) if pks else ()
    )
    outward: list[Link] = []
    doubted: list[Link] = []
    for link in links:
        (doubted if link.from_kind == Dispute.KIND else outward).append(link)
    entries = entries_of(territory, reader, [*((link.to_kind, link.to_id) for link in outward), *refs])
    named: dict[tuple[str, UUID, str], list[Entry]] = defaultdict(list)
    for link in outward:
        if entry := entries.get((link.to_kind, link.to_id)):
            named[link.from_kind, link.from_id, link.role].append(entry)
    around = _Around(citations_of(records), dict(named), entries)
    if doubted:
        around.doubts = _doubts(reader, territory, doubted)
    return around


def _doubts(reader: Actor, territory: Any, links: Iterable[Link]) -> dict[Ref, list[Tag]]:
    links = list(links)
    rows = Dispute.objects.of(territory).visible_to(reader).filter(pk__in={link.from_id for link in links})
    disputes = {row.pk: row for row in rows.select_related("territory")}
    found: dict[Ref, list[Tag]] = defaultdict(list)
    for link in links:
        if dispute := disputes.get(link.from_id):
            found[link.to_kind, link.to_id].append(Tag(label=dispute.subject, url=dispute.get_absolute_url()))
    return dict(found)


def _named(entry: Entry) -> Named:
    return Named(
        title=entry.title, url=entry.url, kind=str(model_of(entry.kind)._meta.verbose_name), words=entry.subtitle
    )


def _indicator(indicator: IngredientIndicator) -> IndicatorLine:
    return IndicatorLine(
        key=indicator.key,
        name=indicator.name,
        status=indicator.get_status_display(),
        is_dropped=indicator.status == IndicatorStatus.DROPPED,
        observed_in=indicator.get_observed_in_display() if indicator.observed_in else "",
    )


def _voice(entry: Entry, testimony: Testimony) -> VoiceLine:
    return VoiceLine(function=entry.title, summary=testimony.summary, url=entry.url)


def _contributor(entry: Entry | None, lines: Iterable[ContributionLine]) -> ContributorGroup:
    return ContributorGroup(
        name=entry.title if entry else "", url=entry.url if entry else "", contributions=tuple(lines)
    )


def _stake(stake: Stake, around: _Around, territory: Any) -> StakeLine:
    actors = list(stake.actors.all())
    for actor in actors:
        actor.territory = territory
    return StakeLine(
        item=around.item(stake),
        scale=stake.scale.name if stake.scale else "",
        actors=tuple(Tag(label=actor.name, url=actor.get_absolute_url()) for actor in actors),
        bodies=around.named_by(stake, "body"),
    )


def _topic(topic: OpenTopic, around: _Around) -> TopicLine:
    holder = around.entries.get(("organisation", topic.holder_id)) if topic.holder_id else None
    return TopicLine(item=around.item(topic), holder=_named(holder) if holder else None)


def _plural(kind: StakeKind) -> str:
    return {
        StakeKind.STAKE: _("Enjeux"),
        StakeKind.TENSION: _("Tensions"),
        StakeKind.RISK: _("Risques"),
        StakeKind.OPPORTUNITY: _("Opportunités"),
        StakeKind.PROJECT: _("Projets"),
    }[kind]
