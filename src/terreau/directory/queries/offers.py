"""What can be bought in a territory: searched, filtered, counted, side by side."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import DistinctionSort, OfferSort
from terreau.directory.models import Distinction, Offer, OfferProvider, Organisation, Sector
from terreau.directory.queries.wanted import alive_during
from terreau.kernel import policy
from terreau.kernel.addresses import address
from terreau.kernel.clock import today
from terreau.kernel.components import Facet, Option, Tag
from terreau.kernel.models import Entry
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf, EdtfError, parse
from terreau.kernel.pure.ends import read_end
from terreau.kernel.pure.periods import Period, Presence
from terreau.kernel.search.finding import Hit, Match, Results, find
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

PAGE_SIZE = 30
MOST_FOUND = 200
"""Answers of the search that the filters then narrow; nobody reads further."""
MOST_CHOSEN = 40
"""Offers of a short list: an address stays short enough to be sent."""
EXPORT_CHUNK = 500

FACETS = {
    "groupe": _("Besoin"),
    "secteur": _("Secteur d'achat"),
    "type": _("Produit ou service"),
    "commune": _("Commune"),
    "label": _("Label, agrément"),
    "reponse": _("Qui répond"),
}
"""Parameter → its words."""

ALONE, TOGETHER = "seule", "groupe"
ANSWERS = {ALONE: _("une structure seule"), TOGETHER: _("plusieurs structures ensemble")}
IN_FORCE = (DistinctionSort.LABEL, DistinctionSort.HABILITATION, DistinctionSort.APPROVAL)
"""What a buyer may ask of a supplier; a prize is a memory, not a guarantee."""


@dataclass(frozen=True)
class Asked:
    """What a buyer asks of the list.

    chosen: facet → value, for the facets in force. when: the date at which the offers must hold, today unless typed.
    typed_date, date_error: the date as typed, and why it is not one. picked: keys of the short list so far.
    """

    when: Edtf
    q: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    typed_date: str = ""
    date_error: str = ""
    picked: tuple[str, ...] = ()

    @classmethod
    def of(cls, parameters: Mapping[str, str], picked: Iterable[str] = ()) -> "Asked":
        """Read the parameters of the address; an unreadable date is said, and today stands for it."""
        typed, error = parameters.get("le", "").strip()[:60], ""
        when = parse(today().isoformat())
        try:
            when = parse(typed) if typed else when
        except EdtfError as refused:
            error = refused.en if (get_language() or "fr").startswith("en") else refused.fr
        return cls(
            when=when,
            q=parameters.get("q", "").strip()[:200],
            chosen={name: value for name in FACETS if (value := parameters.get(name, "").strip()[:300])},
            typed_date=typed,
            date_error=error,
            picked=tuple(dict.fromkeys(key[:100] for key in picked))[:MOST_CHOSEN],
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.chosen or self.typed_date)


@dataclass(frozen=True)
class Label:
    """A label, a habilitation or an approval that a supplier holds at the date asked."""

    name: str
    sort: str
    given_by: str
    start: Edtf | None
    end: Edtf | None


@dataclass(frozen=True)
class Supplier:
    """Who answers. part: what it brings to a grouped offer, empty for the one that answers the buyer."""

    organisation: Organisation
    part: str
    is_lead: bool
    labels: tuple[Label, ...] = ()

    @property
    def contacts(self) -> list[Tag]:
        """Give the ways to reach it: telephone, mail, site, each with its address."""
        one = self.organisation
        ways = [(one.telephone, f"tel:{one.telephone.replace(' ', '')}"), (one.email, f"mailto:{one.email}")]
        return [
            *(Tag(label=words, url=url) for words, url in ways if words),
            *([Tag(label=_("son site"), url=one.site)] if one.site else []),
        ]


@dataclass(frozen=True)
class OfferRow:
    """One offer as lists show it.

    suppliers: the one that answers first. is_only_possible: nothing says for sure that it holds at the date asked.
    reason: why the search found it, when it is not by its title. is_picked: it is in the short list.
    """

    offer: Offer
    suppliers: list[Supplier]
    sectors: list[Tag]
    is_only_possible: bool = False
    reason: str = ""
    is_picked: bool = False

    @property
    def labels(self) -> list[str]:
        """Give the names of the labels of all its suppliers, each once."""
        return list(dict.fromkeys(label.name for supplier in self.suppliers for label in supplier.labels))


@dataclass(frozen=True)
class OfferListPage:
    """Everything that `offer_list.html` reads.

    groups: the ways in for who does not know where to start, shown while nothing is asked. elsewhere: keys of the
    short list that this page does not show, carried along. corrected: the name that was meant, when nothing is called
    as typed.
    """

    asked: Asked
    facets: list[Facet]
    groups: list[Option]
    total: int
    results: Page[OfferRow]
    corrected: str
    elsewhere: list[str]
    may_write: bool


@dataclass(frozen=True)
class SectorPage:
    """Who sells in one sector, side by side: those who could answer alone, and those who could answer together.

    suppliers: each once, with its offers of the sector. beside: other sectors of the same group that have offers.
    """

    sector: Sector
    when: Edtf
    suppliers: list[tuple[Supplier, list[OfferRow]]]
    offers_count: int
    beside: list[Tag]


@dataclass(frozen=True)
class SelectionPage:
    """A short list, made by its address alone. missing: how many of the keys lead to nothing that the reader sees."""

    rows: list[OfferRow]
    missing: int
    back: str


@dataclass(frozen=True)
class SectorLoadPage:
    """Everything that the page of the file of sectors reads. groups: (name, its sectors with their offers counted)."""

    groups: list[tuple[str, list[tuple[Sector, int]]]]
    total: int


@dataclass(frozen=True)
class Showcase:
    """What one reader may see for sale in one territory at one date: querysets, no query by itself."""

    reader: Actor
    territory: Territory
    when: Edtf

    @property
    def organisations(self) -> Any:
        return Organisation.objects.of(self.territory).visible_to(self.reader)

    @property
    def offers(self) -> Any:
        """Offers that hold at the date, of organisations that are there and not kept as memory only."""
        limit = self.when.latest or self.when.earliest
        there = self.organisations.filter(alive_during(self.when)).filter(
            Q(archived_on=None) | Q(archived_on__gt=limit)
        )
        return self.every_offer.filter(alive_during(self.when), Exists(there.filter(pk=OuterRef("organisation_id"))))

    @property
    def every_offer(self) -> Any:
        """Offers of any date, of organisations that the reader sees."""
        seen = Exists(self.organisations.filter(pk=OuterRef("organisation_id")))
        return Offer.objects.of(self.territory).visible_to(self.reader).filter(seen)

    @property
    def providers(self) -> Any:
        return OfferProvider.objects.filter(Exists(self.organisations.filter(pk=OuterRef("organisation_id"))))

    @property
    def labels(self) -> Any:
        held = Distinction.objects.of(self.territory).visible_to(self.reader).filter(sort__in=IN_FORCE)
        return held.filter(alive_during(self.when), organisation__isnull=False)

    def condition(self, name: str, value: str) -> Any:
        """Say in the database what a facet asks of an offer."""
        sectors = Sector.objects.filter(offers=OuterRef("pk"))
        providers = self.providers.filter(offer=OuterRef("pk"))
        match name:
            case "groupe":
                return Exists(sectors.filter(group=value))
            case "secteur":
                return Exists(sectors.filter(key=value))
            case "commune":
                return Q(organisation__commune=value) | Q(Exists(providers.filter(organisation__commune=value)))
            case "label":
                named = Exists(self.labels.filter(organisation=OuterRef("organisation_id"), name=value))
                return Q(named) | Q(Exists(providers.filter(named)))
            case "reponse":
                return Exists(providers) if value == TOGETHER else ~Exists(providers) if value == ALONE else Q(pk=None)
            case _:
                return Q(sort=value)

    def matching(self, asked: Asked, found: Results | None, *, but: str = "") -> Any:
        """Give the offers that answer, `but` leaving one facet aside. found: None when nothing is searched."""
        rows = self.offers
        for name, value in asked.chosen.items():
            if name != but:
                rows = rows.filter(self.condition(name, value))
        return rows.filter(pk__in=[hit.record_id for hit in found.hits]) if found else rows


def offer_list_page(reader: Actor, territory: Territory, asked: Asked, number: str | None) -> OfferListPage:
    """Give one page of offers, and what each filter would give. Three queries, and those of the search."""
    case, found = Showcase(reader, territory, asked.when), _found(reader, territory, asked)
    total, facets = _counts(case, asked, found)
    paginator: Paginator[Any] = Paginator(_ordered(case.matching(asked, found), found), PAGE_SIZE)
    paginator.count = total  # counted with the facets
    results: Any = paginator.get_page(number)
    results.object_list = _rows(case, list(results.object_list) if total else [], asked, found)
    shown = {row.offer.key for row in results.object_list}
    return OfferListPage(
        asked=asked,
        facets=facets,
        groups=[] if asked.is_narrowed else list(facets[0].options),
        total=total,
        results=results,
        corrected=found.corrected if found else "",
        elsewhere=[key for key in asked.picked if key not in shown],
        may_write=policy.allows("directory.offer_form", reader, territory),
    )


def sector_page(reader: Actor, territory: Territory, key: str, asked: Asked) -> SectorPage:
    """Give who sells in a sector. Four queries, whatever their number; 404 when the territory has no such sector."""
    case = Showcase(reader, territory, asked.when)
    sector: Sector = get_object_or_404(Sector.objects.of(territory), key=key)
    rows = _rows(case, list(_ordered(case.offers.filter(sectors=sector), None)), asked, None)
    by_supplier: dict[Any, tuple[Supplier, list[OfferRow]]] = {}
    for row in rows:
        for supplier in row.suppliers:
            by_supplier.setdefault(supplier.organisation.pk, (supplier, []))[1].append(row)
    beside = Sector.objects.of(territory).filter(group=sector.group).exclude(pk=sector.pk) if sector.group else None
    sold = beside.filter(Exists(case.offers.filter(sectors=OuterRef("pk")))).order_by("name") if beside else []
    return SectorPage(
        sector=sector,
        when=asked.when,
        suppliers=sorted(by_supplier.values(), key=lambda pair: fold(pair[0].organisation.name)),
        offers_count=len(rows),
        beside=[Tag(label=one.name, url=sector_url(territory, one.key)) for one in sold],
    )


def selection_page(reader: Actor, territory: Territory, keys: Iterable[str]) -> SelectionPage:
    """Give the offers that an address names, in its order. Two queries at most."""
    asked = Asked.of({}, keys)
    case = Showcase(reader, territory, asked.when)
    known = {row.key: row for row in case.every_offer.filter(key__in=asked.picked).select_related("organisation")}
    rows = _rows(case, [known[key] for key in asked.picked if key in known], asked, None)
    back = "&".join(f"choix={row.offer.key}" for row in rows)
    return SelectionPage(rows, len(asked.picked) - len(rows), back)


def all_offers(reader: Actor, territory: Territory, asked: Asked) -> Iterator[OfferRow]:
    """Give all that the filters keep, in the order of the list. Two queries for EXPORT_CHUNK offers."""
    case, found = Showcase(reader, territory, asked.when), _found(reader, territory, asked)
    rows = _ordered(case.matching(asked, found), found)
    one_by_one = rows.iterator(chunk_size=EXPORT_CHUNK)
    while chunk := list(islice(one_by_one, EXPORT_CHUNK)):
        yield from _rows(case, chunk, asked, found)


def rows_of(reader: Actor, territory: Territory, offers: Sequence[Offer], when: Edtf) -> list[OfferRow]:
    """Give offers with their suppliers, sectors and labels. One query, none for none."""
    return _rows(Showcase(reader, territory, when), offers, Asked(when=when), None)


def sector_url(territory: Territory, key: str) -> str:
    return address("directory:sector_detail", territory.slug, key)


def sector_choices(territory: Territory) -> list[tuple[str, list[tuple[str, str]]]]:
    """Give the sectors of a territory by group, for forms. One query."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, name, group in Sector.objects.of(territory).values_list("key", "name", "group"):
        groups[group].append((key, name))
    return [
        (group or str(_("Autres")), sorted(sectors, key=lambda sector: fold(sector[1])))
        for group, sectors in sorted(groups.items(), key=lambda pair: (not pair[0], fold(pair[0])))
    ]


def sector_load_page(territory: Territory) -> SectorLoadPage:
    """Give the sectors of a territory by group, with how many offers use each, past ones too. One query."""
    rows = Sector.objects.of(territory).annotate(used=Count("offers", distinct=True))
    groups: dict[str, list[tuple[Sector, int]]] = defaultdict(list)
    for sector in rows:
        groups[sector.group].append((sector, sector.used))
    ordered = sorted(groups.items(), key=lambda pair: (not pair[0], fold(pair[0])))
    return SectorLoadPage(
        [(group, sorted(sectors, key=lambda pair: fold(pair[0].name))) for group, sectors in ordered],
        sum(len(sectors) for sectors in groups.values()),
    )


def _found(reader: Actor, territory: Territory, asked: Asked) -> Results | None:
    return find(territory, asked.q, reader, kinds=(Offer.KIND,), limit=MOST_FOUND) if asked.q else None


def _ordered(rows: Any, found: Results | None) -> Any:
    """Sort by closeness to what is searched, else by title without regard to accents."""
    order: Any = Subquery(Entry.objects.filter(kind=Offer.KIND, record_id=OuterRef("pk")).values("names")[:1])
    if found and found.hits:
        places = (When(pk=hit.record_id, then=place) for place, hit in enumerate(found.hits))
        order = Case(*places, output_field=IntegerField())
    return rows.select_related("organisation").order_by(order, "title", "pk")


def _counts(case: Showcase, asked: Asked, found: Results | None) -> tuple[int, list[Facet]]:
    """Count what answers, and what each choice of each facet would give with the others as they are. One query."""
    counted = [_count(case.matching(asked, found), "total", Value(""), Value(""))]
    for name in FACETS:
        counted += _counted(case, name, case.matching(asked, found, but=name))
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    labels: dict[tuple[str, str], str] = {}
    rows: Iterable[Any] = counted[0].union(*counted[1:], all=True)
    for row in rows:
        counts[row["facet"]][row["value"]] += row["count"]
        labels[row["facet"], row["value"]] = row["label"]
    facets = [
        Facet(name=name, label=words, single=True, options=_options(name, counts[name], labels, asked))
        for name, words in FACETS.items()
    ]
    date = Facet(
        name="le", label=_("Proposé à cette date"), typed=asked.typed_date, error=asked.date_error,
        help=_("Aujourd'hui si rien n'est écrit. Une année, ou une date imprécise : 2018, 2016-09, 2012~."),
    )  # fmt: skip
    return counts["total"][""], [*facets, date]


def _options(name: str, counts: Mapping[str, int], labels: Mapping[tuple[str, str], str], asked: Asked) -> list[Option]:
    words: Mapping[str, Any] = {"type": dict(OfferSort.choices), "reponse": ANSWERS}.get(name, {})
    options = [
        Option(
            value=value,
            label=str(words.get(value) or labels[name, value]),
            count=count,
            selected=asked.chosen.get(name) == value,
        )
        for value, count in counts.items()
        if count
    ]
    return sorted(options, key=lambda option: fold(str(option.label)))


def _count(rows: Any, facet: str, value: Any, label: Any, counted: str = "pk") -> QuerySet[Any, Any]:
    """Count distinct offers by value, in the columns that all facets share."""
    columns = {"facet": Value(facet), "value": Cast(value, TextField()), "label": Cast(label, TextField())}
    return rows.order_by().values(**columns).annotate(count=Count(counted, distinct=True))


def _counted(case: Showcase, name: str, offers: Any) -> list[QuerySet[Any, Any]]:
    """Count the offers that each value of a facet would give: of who answers, then of the others when they add any."""
    providers = case.providers.filter(offer__in=offers.order_by().values("pk"))
    match name:
        case "groupe":
            named = offers.exclude(sectors__group="").filter(sectors__isnull=False)
            return [_count(named, name, F("sectors__group"), F("sectors__group"))]
        case "secteur":
            return [_count(offers.filter(sectors__isnull=False), name, F("sectors__key"), F("sectors__name"))]
        case "commune":
            own, theirs = F("organisation__commune"), F("offer__organisation__commune")
            more = providers.exclude(organisation__commune="").exclude(organisation__commune=theirs)
            return [
                _count(offers.exclude(organisation__commune=""), name, own, own),
                _count(more, name, own, own, "offer"),
            ]
        case "label":
            held = F("organisation__distinctions__name")
            lead = case.labels.filter(organisation=OuterRef("offer__organisation_id"), name=OuterRef("held"))
            labels = case.labels.values("pk")
            more = providers.filter(organisation__distinctions__in=labels).annotate(held=held).filter(~Exists(lead))
            return [
                _count(offers.filter(organisation__distinctions__in=labels), name, held, held),
                _count(more, name, F("held"), F("held"), "offer"),
            ]
        case "reponse":
            grouped = Exists(case.providers.filter(offer=OuterRef("pk")))
            answer = Case(When(grouped, then=Value(TOGETHER)), default=Value(ALONE))
            return [_count(offers, name, answer, Value(""))]
        case _:
            return [_count(offers, name, F("sort"), Value(""))]


def _rows(case: Showcase, offers: Sequence[Offer], asked: Asked, found: Results | None) -> list[OfferRow]:
    """Dress offers with what surrounds them. One query, none for none. Their organisation is already there."""
    around = _around(case, offers)
    hits = {hit.record_id: hit for hit in found.hits} if found else {}
    rows = []
    for offer in offers:
        offer.territory = offer.organisation.territory = case.territory
        hit = hits.get(offer.pk)
        lead = Supplier(offer.organisation, "", is_lead=True)
        suppliers = [
            replace(one, labels=tuple(around.labels.get(one.organisation.pk, ())))
            for one in (lead, *around.providers.get(offer.pk, ()))
        ]
        period = Period(offer.start, offer.end, end_open=offer.end is None)
        rows.append(
            OfferRow(
                offer=offer,
                suppliers=suppliers,
                sectors=around.sectors.get(offer.pk, []),
                is_only_possible=bool(asked.typed_date) and period.during(asked.when) is not Presence.CERTAIN,
                reason=_reason(hit, around.sectors.get(offer.pk, ())) if hit else "",
                is_picked=offer.key in asked.picked,
            )
        )
    return rows


def _reason(hit: Hit, sectors: Iterable[Tag]) -> str:
    """Say why the search found an offer, when it is not by its title: a sector in its own spelling, or a text."""
    if hit.match == Match.NAME:
        return ""
    named = next((str(sector.label) for sector in sectors if fold(str(sector.label)) == hit.name), "")
    return named or (hit.reason if hit.match == Match.SPELLING else gettext("un mot de sa description"))


@dataclass
class Around:
    """The small rows around offers, sorted out of one query: by offer, and labels by organisation."""

    providers: dict[UUID, list[Supplier]] = field(default_factory=lambda: defaultdict(list))
    sectors: dict[UUID, list[Tag]] = field(default_factory=lambda: defaultdict(list))
    labels: dict[UUID, list[Label]] = field(default_factory=lambda: defaultdict(list))


def _around(case: Showcase, offers: Collection[Offer]) -> Around:
    found = Around()
    if not offers:
        return found
    pks = [offer.pk for offer in offers]
    own = [offer.organisation_id for offer in offers]
    providers = case.providers.filter(offer__in=pks).order_by()
    held = case.labels.filter(Q(organisation__in=own) | Q(organisation__in=providers.values("organisation")))
    giver = Subquery(case.organisations.filter(pk=OuterRef("giver_id")).order_by().values("name")[:1])
    nothing = Value("")
    columns = [
        providers.values_list(
            Value("provider"), "offer_id", "organisation_id", "position", "organisation__key",
            *_texts("organisation__name", "part", "organisation__commune", "organisation__site", "organisation__email", "organisation__telephone"),
        ),
        Sector.objects.filter(offers__in=pks).order_by().values_list(
            Value("sector"), "offers", "pk", Value(0), "key", *_texts("name"), *[Cast(nothing, TextField())] * 5
        ),
        held.order_by().values_list(
            Value("label"), "organisation_id", "pk", Value(0), "key", *_texts("name", "sort"),
            Cast(Coalesce(giver, F("given_by")), TextField()), *_texts("start", "end"), Cast(nothing, TextField()),
        ),
    ]  # fmt: skip
    rows = columns[0].union(*columns[1:], all=True)
    for what, of, other, _place, key, word, *texts in sorted(rows, key=lambda row: (row[3], fold(row[5]))):
        if what == "provider":
            part, commune, site, email, telephone = texts
            organisation = Organisation(
                pk=other, territory=case.territory, key=key, name=word, commune=commune, site=site, email=email,
                telephone=telephone,
            )  # fmt: skip
            found.providers[of].append(Supplier(organisation, part, is_lead=False))
        elif what == "sector":
            found.sectors[of].append(Tag(label=word, url=sector_url(case.territory, key)))
        else:
            sort, given_by, start, end, _blank = texts
            label = Label(word, str(DistinctionSort(sort).label), given_by, _date(start), _date(end))
            found.labels[of].append(label)
    return found


def _texts(*names: str) -> list[Cast]:
    """Write columns as plain texts: a date that its own column reads would be read by its neighbour of the union."""
    return [Cast(F(name), TextField()) for name in names]


def _date(text: str) -> Edtf | None:
    return read_end(text) if text else None
