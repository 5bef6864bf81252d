"""One organisation and all that is known around it, in seven queries whatever there is to say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import CarrierPart, IdentifierScheme, NameSort, TieFamily
from terreau.directory.models import (
    Identifier,
    Initiative,
    InitiativeCarrier,
    Organisation,
    OrganisationName,
    Role,
    Tie,
)
from terreau.directory.pure.pages import page_rank
from terreau.kernel import policy
from terreau.kernel.components import FactLine, Pair, SourceLine, Tag
from terreau.kernel.enums import Certainty
from terreau.kernel.facts import label_of
from terreau.kernel.kinds import model_of
from terreau.kernel.models import Entry, Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.date_words import say
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import (
    DisputeLine,
    GapLine,
    Surroundings,
    facts_about,
    page_words,
    ref,
    source_line,
    surroundings,
)
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory, Theme

SHOWN_FACTS = 200


@dataclass(frozen=True)
class NameLine:
    """Another name: its type, when it was used, at which page it is met (empty for an alias of the search)."""

    name: str
    sort: NameSort
    start: Edtf | None
    end: Edtf | None
    page: str
    source: SourceLine | None


@dataclass(frozen=True)
class SamePerson:
    """Another function of the same person. organisation: empty when it is held here too."""

    function: str
    start: Edtf | None
    end: Edtf | None
    organisation: str
    url: str


@dataclass(frozen=True)
class RoleLine:
    """A function held here. name: only a public one. elsewhere: the other functions that the same person holds."""

    key: str
    function: str
    name: str
    start: Edtf | None
    end: Edtf | None
    certainty: str
    note: str
    elsewhere: list[SamePerson]
    sources: list[SourceLine]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class TieLine:
    """A tie as this page reads it: with whom, from when to when, how sure."""

    key: str
    other: Organisation
    start: Edtf | None
    end: Edtf | None
    certainty: str
    note: str
    sources: list[SourceLine]
    disputes: list[DisputeLine]


@dataclass(frozen=True)
class TieFamilyGroup:
    """The ties of one family, by wording (« finance ou soutient », « est soutenu par »)."""

    label: str
    wordings: list[tuple[str, list[TieLine]]]


@dataclass(frozen=True)
class InitiativeLine:
    key: str
    name: str
    part: str
    summary: str
    start: Edtf | None
    end: Edtf | None


@dataclass(frozen=True)
class NamedGroup:
    """Records of one kind that name this organisation."""

    label: str
    entries: list[Entry]


@dataclass(frozen=True)
class OrganisationPage:
    """Everything that `organisation_detail.html` reads.

    disputes: those of the organisation, then those of its functions and ties, each once.
    """

    organisation: Organisation
    acronym: str
    pairs: list[Pair]
    names: list[NameLine]
    themes: list[Tag]
    initiatives: list[InitiativeLine]
    roles: list[RoleLine]
    families: list[TieFamilyGroup]
    ties_count: int
    facts: list[FactLine]
    named_by: list[NamedGroup]
    sources: list[SourceLine]
    disputes: list[DisputeLine]
    gaps: list[GapLine]
    may_change: bool


@dataclass
class Parts:
    """The small rows of an organisation, sorted out of one query."""

    names: list[NameLine] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    themes: list[Tag] = field(default_factory=list)
    initiatives: list[InitiativeLine] = field(default_factory=list)


def organisation_for(reader: Actor, territory: Territory, key: str) -> Organisation:
    """Give an organisation that the reader may see, or a 404: managers see theirs, public or not. One query."""
    rows: Any = Organisation.objects.of(territory)
    if not policy.allows("directory.read_private", reader, territory):
        rows = rows.visible_to(reader) | rows.filter(pk__in=reader.records)
    return get_object_or_404(rows.select_related("nature", "scale", "territory"), key=key)


def organisation_page(reader: Actor, organisation: Organisation) -> OrganisationPage:
    """Gather the page of an organisation. Six queries, whatever there is to say."""
    territory = organisation.territory
    parts = _parts(reader, organisation)
    roles = _roles(reader, organisation)
    ties = _ties(reader, organisation)
    held_here = [role for role in roles if role.organisation_id == organisation.pk]
    around = surroundings(territory, reader, [organisation, *held_here, *ties])
    here = organisation.get_absolute_url()
    return OrganisationPage(
        organisation=organisation,
        acronym=", ".join(line.name for line in parts.names if line.sort == NameSort.ACRONYM),
        pairs=[*_identity(organisation), *parts.pairs],
        names=parts.names,
        themes=parts.themes,
        initiatives=parts.initiatives,
        roles=_role_lines(territory, held_here, roles, around),
        families=_families(organisation, ties, around),
        ties_count=len(ties),
        facts=[_fact_line(fact, here) for fact in facts_about(organisation, reader, limit=SHOWN_FACTS)],
        named_by=_named_by(around.named_by.get(ref(organisation), [])),
        sources=sorted(around.sources.get(ref(organisation), []), key=_bound),
        disputes=_each_once(around, [organisation, *held_here, *ties]),
        gaps=_gaps(around, [organisation, *held_here, *ties]),
        may_change=policy.allows("directory.change", reader, organisation),
    )


def _identity(organisation: Organisation) -> list[Pair]:
    language = get_language() or "fr"

    def doubt(is_deduced: bool) -> str:  # noqa: FBT001 -- reads as a sentence
        return Certainty.DEDUCED if is_deduced else ""

    pairs = [Pair(term=_("Nature"), value=organisation.nature.name, certainty=doubt(organisation.nature_is_deduced))]
    if organisation.scale:
        pairs.append(
            Pair(term=_("Échelle"), value=organisation.scale.name, certainty=doubt(organisation.scale_is_deduced))
        )
    created = (
        say(organisation.start, language, capital=True) if organisation.start else gettext("Aucune source ne la donne.")
    )
    note = (
        f" : {organisation.start_note}" if organisation.start and organisation.start_note else organisation.start_note
    )
    pairs.append(Pair(term=_("Création"), value=f"{created}{note}" if organisation.start else note or created))
    pairs.append(Pair(term=_("Fin"), value=say(organisation.end, language, capital=True) if organisation.end else ""))
    pairs.append(Pair(term=_("Commune"), value=organisation.commune))
    return pairs


def _parts(reader: Actor, organisation: Organisation) -> Parts:
    """Read names, identifiers, themes and initiatives: alike rows (a word, its sort, a period), hence one query."""
    names = OrganisationName.objects.filter(organisation=organisation)
    identifiers = Identifier.objects.filter(organisation=organisation)
    themes = Theme.objects.filter(organisations=organisation)
    shown = Initiative.objects.of(organisation.territory).visible_to(reader)
    carried = InitiativeCarrier.objects.filter(organisation=organisation, initiative__in=shown)
    born = shown.filter(organisation=organisation)
    rows = _alike(names, "name", "name", sort=F("sort"), source="source__", locator=F("locator")).union(
        _alike(identifiers, "identifier", "value", sort=F("scheme"), source="source__"),
        _alike(themes, "theme", "name", key=F("key"), dated=False, placed=False),
        _alike(
            carried,
            "initiative",
            "initiative__name",
            sort=F("part"),
            key=F("initiative__key"),
            text=F("initiative__summary"),
        ),
        _alike(born, "initiative", "name", sort=Value("born"), key=F("key"), text=F("summary"), placed=False),
        all=True,
    )
    parts = Parts()
    themes_url = reverse("directory:organisation_list", kwargs={"territory": organisation.territory.slug}) + "?theme="
    for row in sorted(rows, key=lambda row: (row["rank"], fold(row["word"]))):
        sources = _where(organisation.territory, row)
        match row["what"]:
            case "name":
                page = page_words(row["place"]) if row["place"] else ""
                parts.names.append(
                    NameLine(
                        row["word"],
                        NameSort(row["kind"]),
                        row["since"],
                        row["till"],
                        page,
                        sources[0] if sources else None,
                    )
                )
            case "identifier":
                parts.pairs.append(Pair(term=IdentifierScheme(row["kind"]).label, value=row["word"], sources=sources))
            case "theme":
                parts.themes.append(Tag(label=row["word"], url=f"{themes_url}{row['address']}"))
            case _:
                part = gettext("dont elle est née") if row["kind"] == "born" else str(CarrierPart(row["kind"]).label)
                parts.initiatives.append(
                    InitiativeLine(row["address"], row["word"], part, row["body"], row["since"], row["till"])
                )
    return parts


def _where(territory: Territory, row: dict[str, Any]) -> list[SourceLine]:
    if not row["source_key"]:
        return []
    source = Source(
        territory=territory, key=row["source_key"], title=row["source_title"], short_title=row["source_short"]
    )
    return [source_line(source, row["place"])]


def _alike(
    rows: QuerySet[Any], what: str, word: str, *, sort: Any = None, key: Any = None, text: Any = None, locator: Any = None, source: str = "",
    dated: bool = True, placed: bool = True,
) -> QuerySet[Any, dict[str, Any]]:  # fmt: skip
    """Give rows of different tables under the same columns, so that a union reads them together."""
    nothing = Value("")
    return rows.order_by().values(
        what=Value(what), word=F(word), kind=sort or nothing, address=key or nothing, body=text or nothing, place=locator or nothing,
        source_key=F(f"{source}key") if source else nothing, source_title=F(f"{source}title") if source else nothing, source_short=F(f"{source}short_title") if source else nothing,
        since=F("start") if dated else nothing, till=F("end") if dated else nothing, rank=F("position") if placed else Value(0),
    )  # fmt: skip


def _shown_with(reader: Actor, organisation: Organisation) -> QuerySet[Any]:
    """Give the organisations that this page may name."""
    return Organisation.objects.of(organisation.territory).visible_to(reader)


def _roles(reader: Actor, organisation: Organisation) -> list[Role]:
    """Give the functions held here, and those of the same people elsewhere. One query."""
    seen: Any = Role.objects.of(organisation.territory).visible_to(reader)
    here = seen.filter(organisation=organisation)
    return list(
        seen.filter(person__in=here.values("person"))
        .filter(Q(organisation=organisation) | Q(organisation__in=_shown_with(reader, organisation)))
        .select_related("person", "organisation")
        .order_by(F("start_earliest").asc(nulls_last=True), "position", "key")
    )


def _role_lines(territory: Territory, held_here: list[Role], roles: list[Role], around: Surroundings) -> list[RoleLine]:
    by_person: dict[Any, list[Role]] = defaultdict(list)
    for role in roles:
        role.organisation.territory = territory
        by_person[role.person_id].append(role)
    return [
        RoleLine(
            key=role.key, function=role.function, name=role.person.public_name, start=role.start, end=role.end, certainty=_shown_certainty(role),
            note=role.note, elsewhere=[_same_person(other, role) for other in by_person[role.person_id] if other.pk != role.pk],
            sources=around.sources.get(ref(role), []), disputes=around.disputes.get(ref(role), []),
        )
        for role in held_here
    ]  # fmt: skip


def _same_person(other: Role, role: Role) -> SamePerson:
    is_here = other.organisation_id == role.organisation_id
    name, url = ("", f"#{other.key}") if is_here else (other.organisation.name, other.get_absolute_url())
    return SamePerson(other.function, other.start, other.end, name, url)


def _ties(reader: Actor, organisation: Organisation) -> list[Tie]:
    """Give the ties with organisations that the reader may see, both ways. One query."""
    others = _shown_with(reader, organisation)
    ties: Any = Tie.objects.of(organisation.territory).visible_to(reader)
    return list(
        ties.filter(Q(origin=organisation, target__in=others) | Q(target=organisation, origin__in=others))
        .select_related("kind", "origin", "target")
        .order_by("kind__position", "kind__key", F("start_earliest").asc(nulls_last=True), "position", "key")
    )


def _families(organisation: Organisation, ties: Iterable[Tie], around: Surroundings) -> list[TieFamilyGroup]:
    groups: dict[str, dict[str, list[TieLine]]] = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        goes_out = tie.origin_id == organisation.pk
        other = tie.target if goes_out else tie.origin
        other.territory = organisation.territory
        words = tie.kind.name if goes_out else tie.kind.inverse
        line = TieLine(
            key=tie.key, other=other, start=tie.start, end=tie.end, certainty=_shown_certainty(tie), note=tie.note,
            sources=around.sources.get(ref(tie), []), disputes=around.disputes.get(ref(tie), []),
        )  # fmt: skip
        groups[tie.kind.family][words].append(line)
    return [TieFamilyGroup(str(family.label), list(groups[family].items())) for family in TieFamily if family in groups]


def _shown_certainty(record: Role | Tie) -> str:
    """Give the certainty when it is worth a mark: what is written is the rule."""
    return "" if record.certainty == Certainty.ESTABLISHED else record.certainty


def _fact_line(fact: Any, here: str) -> FactLine:
    url = "" if fact.url == here else fact.url.removeprefix(here)
    return FactLine(
        on=fact.when.text if fact.when else "", title=fact.title, url=url, kind=label_of(fact.what),
        certainty="" if fact.certainty == Certainty.ESTABLISHED else fact.certainty,
    )  # fmt: skip


def _named_by(entries: list[Entry]) -> list[NamedGroup]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.kind].append(entry)
    return [
        NamedGroup(capfirst(str(model_of(kind)._meta.verbose_name_plural)), lines) for kind, lines in groups.items()
    ]


def _bound(line: SourceLine) -> tuple[str, tuple[int, str]]:
    return line.url, page_rank(line.locator)


def _each_once(around: Surroundings, records: Iterable[Any]) -> list[DisputeLine]:
    lines = (line for record in records for line in around.disputes.get(ref(record), []))
    return list({line.key: line for line in lines}.values())


def _gaps(around: Surroundings, records: Iterable[Any]) -> list[GapLine]:
    lines = (line for record in records for line in around.gaps.get(ref(record), []))
    return list({line.key: line for line in lines}.values())
