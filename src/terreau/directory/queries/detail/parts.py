"""The lines of the page of an organisation that come from its small tables."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import CarrierPart, DistinctionSort, IdentifierScheme, NameSort, OfferSort, ResourceSort
from terreau.directory.models import Organisation
from terreau.directory.queries.detail.roles import by_start
from terreau.directory.queries.detail.rows import PageRows
from terreau.kernel.addresses import address
from terreau.kernel.components import Column, Pair, SourceLine, Tag
from terreau.kernel.enums import Certainty
from terreau.kernel.pure.date_words import say
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import page_words
from terreau.kernel.search.folding import fold


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
class Line:
    """A record in a sentence: what it is, what sort of thing, since when, with whom, and a few words."""

    key: str
    title: str
    url: str = ""
    sort: str = ""
    start: Edtf | None = None
    end: Edtf | None = None
    other: Organisation | None = None
    text: str = ""
    amount: Decimal | None = None


@dataclass(frozen=True)
class Staff:
    """Who works there. latest: the last dated row, as (number, what it counts, unit); rows: the table, all dates."""

    latest: list[tuple[int | Decimal, str]]
    on: str
    source: SourceLine | None
    columns: list[Column]
    rows: list[list[object]]


def identity_pairs(organisation: Organisation, rows: PageRows) -> list[Pair]:
    """Say what an organisation is, term by term."""
    language = get_language() or "fr"
    pairs = [_doubted(_("Nature"), organisation.nature.name, is_deduced=organisation.nature_is_deduced)]
    if organisation.scale:
        pairs.append(_doubted(_("Échelle"), organisation.scale.name, is_deduced=organisation.scale_is_deduced))
    pairs.append(Pair(term=_("Création"), value=_created(organisation, language)))
    pairs.append(Pair(term=_("Fin"), value=say(organisation.end, language, capital=True) if organisation.end else ""))
    pairs.append(Pair(term=_("Adresse"), value=postal_address(organisation)))
    pairs.append(Pair(term=_("Publics accueillis"), value=", ".join(organisation.publics)))
    numbers = sorted(rows.identifiers, key=lambda row: row.position)
    pairs += [
        Pair(term=IdentifierScheme(row.scheme).label, value=row.value, sources=rows.said_by(row)) for row in numbers
    ]
    if organisation.activity_code:
        code = " ".join(filter(None, (organisation.activity_code, organisation.activity_nomenclature)))
        pairs.append(Pair(term=_("Code d'activité"), value=code))
    return pairs


def postal_address(organisation: Organisation) -> str:
    town = " ".join(filter(None, (organisation.postcode, organisation.commune)))
    return ", ".join(filter(None, (organisation.address, town)))


def name_lines(rows: PageRows) -> list[NameLine]:
    lines = []
    for row in sorted(rows.names, key=lambda row: (row.position, fold(row.name))):
        source = next(iter(rows.said_by(row)), None)
        page = page_words(row.locator) if row.locator else ""
        lines.append(NameLine(row.name, NameSort(row.sort), row.start, row.end, page, source))
    return lines


def theme_tags(organisation: Organisation, rows: PageRows) -> list[Tag]:
    listing = address("directory:organisation_list", organisation.territory.slug)
    themes = sorted(rows.themes, key=lambda theme: fold(theme.name))
    return [Tag(label=theme.name, url=f"{listing}?theme={theme.key}") for theme in themes]


def branch_lines(organisation: Organisation, rows: PageRows) -> list[Organisation]:
    branches = [row for row in rows.organisations.values() if row.parent_id == organisation.pk]
    return sorted(branches, key=lambda row: (fold(row.name), row.key))


def initiative_lines(organisation: Organisation, rows: PageRows) -> list[Line]:
    """Give what is carried here, with the dates of the carrying, then what the organisation was born of."""
    initiatives = {row.pk: row for row in rows.initiatives}
    lines = []
    for carrier in sorted(rows.carriers, key=lambda row: row.position):
        if row := initiatives.get(carrier.initiative_id):
            part = str(CarrierPart(carrier.part).label)
            lines.append(
                Line(row.key, row.name, row.get_absolute_url(), part, carrier.start, carrier.end, text=row.summary)
            )
    born = sorted((row for row in rows.initiatives if row.organisation_id == organisation.pk), key=by_start)
    words = gettext("dont elle est née")
    return lines + [
        Line(row.key, row.name, row.get_absolute_url(), words, row.start, row.end, text=row.summary) for row in born
    ]


def offer_lines(organisation: Organisation, rows: PageRows) -> list[Line]:
    """Give what can be bought here; other: who answers the buyer when it is another of a grouped offer."""
    return [
        Line(
            row.key, row.title, row.get_absolute_url(), str(OfferSort(row.sort).label), row.start, row.end,
            other=row.organisation if row.organisation_id != organisation.pk else None,
            text=" · ".join(filter(None, (row.capacity, row.area))),
        )
        for row in sorted(rows.offers, key=lambda row: (fold(row.title), row.key))
    ]  # fmt: skip


def purchase_lines(organisation: Organisation, rows: PageRows) -> tuple[list[Line], list[Line]]:
    """Give what was sold to others, then what was bought from others, oldest first."""

    def lines(other: str, chosen: Callable[[Any], bool]) -> list[Line]:
        return [
            Line(row.key, row.title, "", "", row.start, row.end, getattr(row, other), row.note, row.amount)
            for row in sorted(filter(chosen, rows.purchases), key=by_start)
        ]

    sold = lines("buyer", lambda row: row.supplier_id == organisation.pk)
    return sold, lines("supplier", lambda row: row.buyer_id == organisation.pk)


def distinction_lines(distinctions: Iterable[Any], givers: Any) -> list[Line]:
    """Give prizes, labels and approvals, oldest first. givers: by identifier, those that may be named."""
    return [
        Line(
            row.key, row.name, "", str(DistinctionSort(row.sort).label), row.start, row.end, givers.get(row.giver_id),
            ". ".join(filter(None, (row.given_by, row.summary))),
        )
        for row in sorted(distinctions, key=by_start)
    ]  # fmt: skip


def resource_lines(rows: PageRows) -> list[Line]:
    return [
        Line(row.key, row.title, row.get_absolute_url(), str(ResourceSort(row.sort).label), row.published)
        for row in sorted(rows.resources, key=lambda row: (fold(row.title), row.key))
    ]


def staff(rows: PageRows) -> Staff | None:
    """Say how many people work there: the last dated numbers, then all of them in a table; None when nobody says."""
    if not rows.staffing:
        return None
    language = get_language() or "fr"
    lines = sorted(rows.staffing, key=lambda row: (row.when_earliest is None, row.when_earliest, row.position))
    dated = [line for line in lines if line.when_earliest] or lines
    last = dated[-1]
    counted = [
        (last.employees, gettext("personnes salariées")),
        (last.full_time_equivalents, gettext("équivalents temps plein")),
        (last.volunteers, gettext("bénévoles")),
    ]
    return Staff(
        latest=[(value, label) for value, label in counted if value is not None],
        on=say(last.when, language) if last.when else "",
        source=next(iter(rows.said_by(last)), None),
        columns=[
            Column(label=_("Date")), Column(label=_("Personnes salariées"), numeric=True),
            Column(label=_("Équivalents temps plein"), numeric=True), Column(label=_("Bénévoles"), numeric=True), Column(label=_("Source")),
        ],
        rows=[
            [
                say(line.when, language, capital=True) if line.when else gettext("sans date"), line.employees, line.full_time_equivalents,
                line.volunteers, ", ".join(filter(None, (said.title, said.locator))) if (said := next(iter(rows.said_by(line)), None)) else "",
            ]
            for line in lines
        ],
    )  # fmt: skip


def _doubted(term: Any, value: str, *, is_deduced: bool) -> Pair:
    return Pair(term=term, value=value, certainty=Certainty.DEDUCED if is_deduced else "")


def _created(organisation: Organisation, language: str) -> str:
    if not organisation.start:
        return organisation.start_note or gettext("Aucune source ne la donne.")
    created = say(organisation.start, language, capital=True)
    return f"{created} : {organisation.start_note}" if organisation.start_note else created
