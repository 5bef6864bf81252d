"""What the interface reads: one page of records at a time, for a reader, in a fixed number of queries.

Pages are cut by key (keyset), so that a reader who walks them sees each record once, whatever is added meanwhile.
A reference to a record that the reader may not see is left out, as if it were not there.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, Prefetch, Q, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from terreau.api import schemas as s
from terreau.directory.models import Identifier, Nature, Organisation, OrganisationName, Staffing, Tie, TieKind
from terreau.kernel import references
from terreau.kernel.enums import Certainty, Visibility
from terreau.kernel.facts import label_of
from terreau.kernel.models import (
    Citation,
    Dispute,
    Entry,
    Fact,
    FactActor,
    Link,
    Record,
    RecordQuerySet,
    Source,
    Statement,
)
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.search.finding import find
from terreau.territory.models import Scale, Territory, Theme
from terreau.trajectory.models import Milestone, Phase

T = TypeVar("T")


@dataclass(frozen=True)
class Slice(Generic[T]):
    """Some elements, and what to ask the rest after: None when there is no more."""

    elements: list[T]
    after: str | int | None = None


@dataclass(frozen=True)
class Backing:
    """Where the records of a page come from, and the disputes that bear on them, by record."""

    citations: dict[UUID, list[s.Citation]]
    disputes: dict[UUID, list[str]]

    def of(self, record: Record) -> dict[str, Any]:
        """Give the fields that every sourced record has."""
        return {
            "id": record.key,
            "visibilite": record.visibility,
            "sources": self.citations.get(record.pk, []),
            "contradictions": self.disputes.get(record.pk, []),
        }


def territory_at(slug: str) -> Territory:
    """Give a territory, or a 404. One query."""
    if territory := Territory.objects.filter(slug=slug).first():
        return territory
    raise Http404(_("Aucun territoire ne porte ce nom ici."))


def territories(*, after: str, limit: int) -> Slice[s.Territory]:
    """Give territories, which are all public. One query."""
    rows, following = _cut(Territory.objects.filter(slug__gt=after).order_by("slug"), limit, "slug")
    return Slice([s.Territory(**_territory(row)) for row in rows], following)


def territory(reader: Actor, territory: Territory) -> s.TerritoryDetail:
    """Give a territory and its vocabularies. Four queries."""

    def words(model: type[Record]) -> Iterable[Any]:
        return model._default_manager.filter(territory=territory).visible_to(reader).in_order()

    return s.TerritoryDetail(
        **_territory(territory),
        natures=[s.Term(id=term.key, nom=term.name) for term in words(Nature)],
        themes=[s.Term(id=term.key, nom=term.name) for term in words(Theme)],
        echelles=[s.ScaleTerm(id=term.key, nom=term.name, rang=term.rank) for term in words(Scale)],
        types_de_lien=[
            s.TieTerm(id=term.key, nom=term.name, inverse=term.inverse, famille=term.family, poids=float(term.weight))
            for term in words(TieKind)
        ],
    )


def organisations(reader: Actor, territory: Territory, *, after: str, limit: int) -> Slice[s.Organisation]:
    """Eight queries, whatever their number."""
    rows, following = _page(_organisations(reader, territory), after, limit)
    return Slice(_as_organisations(reader, territory, rows), following)


def organisation(reader: Actor, territory: Territory, key: str) -> s.Organisation:
    """Give one organisation, or a 404. Eight queries."""
    rows = list(_organisations(reader, territory).filter(key=key))
    if not rows:
        raise Http404(_("Aucune organisation visible ne porte cet identifiant dans ce territoire."))
    return _as_organisations(reader, territory, rows)[0]


def ties(reader: Actor, territory: Territory, *, organisation: str, after: str, limit: int) -> Slice[s.Tie]:
    """Give ties whose two ends are seen; organisation: key of one of them, empty for all.

    Three queries, whatever their number.
    """
    rows = Tie.objects.of(territory).visible_to(reader).annotate(
        origin_key=_key_of(Organisation, "origin_id", reader),
        target_key=_key_of(Organisation, "target_id", reader),
        kind_key=_key_of(TieKind, "kind_id", reader),
    )  # fmt: skip
    rows = rows.exclude(origin_key=None).exclude(target_key=None)
    if organisation:
        rows = rows.filter(Q(origin__key=organisation) | Q(target__key=organisation))
    found, following = _page(rows, after, limit)
    backing = _backing(reader, found)
    return Slice(
        [
            s.Tie(
                **backing.of(row), **_dated(row, "start", "debut"), **_dated(row, "end", "fin"),
                de=row.origin_key, vers=row.target_key, type=row.kind_key, certitude=Certainty(row.certainty), note=row.note or None,
            )
            for row in found
        ],
        following,
    )  # fmt: skip


def milestones(reader: Actor, territory: Territory, *, after: str, limit: int) -> Slice[s.Milestone]:
    """Four queries, whatever their number."""
    rows = Milestone.objects.of(territory).visible_to(reader).annotate(
        phase_key=_key_of(Phase, "phase_id", reader), scale_key=_key_of(Scale, "scale_id", reader)
    )  # fmt: skip
    found, following = _page(rows, after, limit)
    backing = _backing(reader, found)
    actors = _keys_through(Milestone, "actors", Organisation, found, reader)
    return Slice(
        [
            s.Milestone(
                **backing.of(row), **_dated(row, "when", "date"), precision=row.precision, phase=row.phase_key, titre=row.title,
                resume=row.summary or None, echelle=row.scale_key, piste=row.lane, nature=row.nature or None, contexte=row.is_context,
                acteurs=actors[row.pk], adresse=_shown_at(row, territory),
            )
            for row in found
        ],
        following,
    )  # fmt: skip


def sources(reader: Actor, territory: Territory, *, after: str, limit: int) -> Slice[s.Source]:
    """One query."""
    found, following = _page(Source.objects.of(territory).visible_to(reader), after, limit)
    return Slice(
        [
            s.Source(
                id=row.key, visibilite=Visibility(row.visibility), titre=row.title, sous_titre=row.subtitle or None, auteurs=row.authors,
                **_dated(row, "year", "annee"), note_date=row.year_note or None, editeur=row.publisher or None,
                collection=row.collection or None, url=row.address or None, genre=row.genre, dans=row.part_of or None,
                methode=row.method or None, note=row.note or None, adresse=_shown_at(row, territory),
            )
            for row in found
        ],
        following,
    )  # fmt: skip


def disputes(reader: Actor, territory: Territory, *, after: str, limit: int) -> Slice[s.Dispute]:
    """Four queries, whatever their number; three when none bears on a record."""
    found, following = _page(Dispute.objects.of(territory).visible_to(reader), after, limit)
    statements: dict[UUID, list[s.Statement]] = defaultdict(list)
    said = Statement.objects.filter(dispute__in=found).annotate(source_key=_key_of(Source, "source_id", reader))
    for row in said.order_by("position", "pk"):
        statement = s.Statement(
            enonce=row.text,
            valeur=row.value or None,
            source=row.source_key,
            page=row.locator or None,
            certitude=Certainty(row.certainty),
        )
        statements[row.dispute_id].append(statement)
    objects = references.links_from(found, reader)
    return Slice(
        [
            s.Dispute(
                id=row.key, visibilite=Visibility(row.visibility), sujet=row.subject, type=row.sort, gravite=row.severity, origine=row.origin,
                enonces=statements[row.pk], objets=[entry.key for entry in objects.get((row.KIND, row.pk, "object"), [])],
                lecture=row.reading or None, etat=row.state, adresse=_shown_at(row, territory),
            )
            for row in found
        ],
        following,
    )  # fmt: skip


def facts(reader: Actor, territory: Territory, *, organisation: str, after: int, limit: int) -> Slice[s.Fact]:
    """Give facts by number; organisation: key of one that tells them or took part, empty for all.

    Three queries, one more with a key.
    """
    rows = Fact.objects.of(territory).visible_to(reader)
    if organisation:
        who = Organisation.objects.of(territory).visible_to(reader).filter(key=organisation).first()
        rows = rows.filter(_told_with(who)) if who else rows.none()
    found, following = _cut(rows.filter(pk__gt=after).order_by("pk"), limit, "pk")
    actors: dict[int, list[references.Ref]] = defaultdict(list)
    for row in FactActor.objects.filter(fact__in=found).order_by("position", "pk"):
        actors[row.fact_id].append((row.kind, row.record_id))
    told = {(row.kind, row.record_id) for row in found}
    entries = references.entries_of(territory, reader, told.union(*actors.values()))
    return Slice([_as_fact(row, entries, actors[row.pk]) for row in found], following)


def search(reader: Actor, territory: Territory, text: str, *, after: int, limit: int) -> tuple[Slice[s.Hit], str]:
    """Give what answers a text, the closest first, and the name that was meant. after: how many were given already."""
    results = find(territory, text, reader, limit=limit, offset=after)
    hits = [
        s.Hit(
            genre=hit.kind,
            id=hit.key,
            titre=hit.title,
            sous_titre=hit.subtitle or None,
            adresse=hit.url or None,
            trouve_par=hit.match,
        )
        for hit in results.hits
    ]
    return Slice(hits, after + limit if results.has_more else None), results.corrected


def example_of(territory: Territory | None) -> str:
    """Give the key of an organisation that everyone sees, for the examples of the documentation. One query, or none."""
    public = (
        Organisation.objects.of(territory).filter(visibility="publique").order_by("key")
        if territory
        else Organisation.objects.none()
    )
    return public.values_list("key", flat=True).first() or ""


def first_territory() -> Territory | None:
    """One query."""
    return Territory.objects.order_by("slug").first()


def _territory(row: Territory) -> dict[str, Any]:
    return {"id": row.slug, "nom": row.name, "nom_complet": row.full_name or None, "adresse": row.get_absolute_url()}


def _organisations(reader: Actor, territory: Territory) -> RecordQuerySet:
    def sourced(model: type[models.Model]) -> models.QuerySet[Any]:
        return model._default_manager.annotate(source_key=_key_of(Source, "source_id", reader)).order_by(
            "position", "pk"
        )

    return (
        Organisation.objects.of(territory)
        .visible_to(reader)
        .annotate(
            nature_key=_key_of(Nature, "nature_id", reader),
            scale_key=_key_of(Scale, "scale_id", reader),
            parent_key=_key_of(Organisation, "parent_id", reader),
        )
        .prefetch_related(
            Prefetch("names", sourced(OrganisationName)),
            Prefetch("identifiers", sourced(Identifier)),
            Prefetch("staffing", sourced(Staffing)),
            "links",
        )
    )


def _as_organisations(reader: Actor, territory: Territory, rows: list[Any]) -> list[s.Organisation]:
    backing = _backing(reader, rows)
    themes = _keys_through(Organisation, "themes", Theme, rows, reader)
    return [
        s.Organisation(
            **backing.of(row), **_dated(row, "start", "creation"), **_dated(row, "end", "fin"), nom=row.name, anonyme=row.is_anonymous,
            autres_noms=[
                s.OtherName(
                    nom=name.name, type=name.sort, source=name.source_key, page=name.locator or None, debut=_text(name.start), fin=_text(name.end)
                )
                for name in row.names.all()
            ],
            identifiants=[
                s.Identifier(registre=number.scheme, valeur=number.value, source=number.source_key, debut=_text(number.start), fin=_text(number.end))
                for number in row.identifiers.all()
            ],
            nature=row.nature_key, nature_deduite=row.nature_is_deduced, echelle=row.scale_key, echelle_deduite=row.scale_is_deduced,
            effectifs=[
                s.Staffing(
                    date=_text(count.when), salaries=count.employees, benevoles=count.volunteers, source=count.source_key, page=count.locator or None,
                    equivalents_temps_plein=None if count.full_time_equivalents is None else float(count.full_time_equivalents),
                )
                for count in row.staffing.all()
            ],
            liens_ailleurs=[s.OutsideLink(intitule=link.label, url=link.url) for link in row.links.all()],
            note_creation=row.start_note or None, rattachement=row.parent_key, categorie_juridique=row.legal_category or None,
            code_activite=row.activity_code or None, nomenclature_activite=row.activity_nomenclature or None,
            adresse_postale=row.address or None, code_postal=row.postcode or None, commune=row.commune or None,
            code_insee=row.commune_code or None, longitude=row.longitude, latitude=row.latitude, origine_du_point=row.point_origin or None,
            courriel=row.email or None, telephone=row.telephone or None, site=row.site or None, activites=row.activities,
            publics=row.publics, themes=themes[row.pk], resume=row.summary or None, description=row.description or None,
            note=row.note or None, confirmee_le=row.confirmed_on, archivee_le=row.archived_on, adresse=_shown_at(row, territory),
        )
        for row in rows
    ]  # fmt: skip


def _told_with(who: Organisation) -> Q:
    """Match the facts that an organisation tells, and those that it took part in."""
    shared = FactActor.objects.filter(kind=who.KIND, record_id=who.pk).values("fact_id")
    return Q(kind=who.KIND, record_id=who.pk) | Q(pk__in=shared)


def _as_fact(row: Fact, entries: dict[references.Ref, Entry], actors: list[references.Ref]) -> s.Fact:
    told = entries.get((row.kind, row.record_id))
    return s.Fact(
        numero=row.pk, sorte=row.what, libelle=label_of(row.what), **_dated(row, "when", "date"), titre=row.title,
        detail=row.detail or None, echelle=row.scale or None, piste=row.lane or None, certitude=Certainty(row.certainty),
        visibilite=Visibility(row.visibility), fiche=_reference(told) if told else None,
        acteurs=[_reference(entries[actor]) for actor in actors if actor in entries], adresse=row.url or None,
    )  # fmt: skip


def _reference(entry: Entry) -> s.Reference:
    return s.Reference(genre=entry.kind, id=entry.key, titre=entry.title, adresse=entry.url or None)


def _page(rows: Any, after: str, limit: int) -> tuple[list[Any], str | int | None]:
    return _cut(rows.filter(key__gt=after).order_by("key"), limit, "key")


def _cut(rows: Any, limit: int, cursor: str) -> tuple[list[Any], str | int | None]:
    """Fetch a page and one row more, which says whether there is a rest. One query."""
    found = list(rows[: limit + 1])
    kept = found[:limit]
    return kept, getattr(kept[-1], cursor) if len(found) > limit else None


def _key_of(model: type[Record], path: str, reader: Actor) -> Subquery:
    """Give the key of the record that a foreign key names, null when the reader may not see it."""
    return Subquery(model._default_manager.visible_to(reader).filter(pk=OuterRef(path)).values("key")[:1])


def _keys_through(
    model: type[Record], attr: str, target: type[Record], rows: list[Any], reader: Actor
) -> dict[UUID, list[str]]:
    """Give the keys that a many-to-many relation names, in its order, by record. One query."""
    relation: Any = model._meta.get_field(attr)
    ours, theirs = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    pairs = getattr(model, attr).through._default_manager.filter(**{f"{ours}__in": rows})
    found: dict[UUID, list[str]] = defaultdict(list)
    named = pairs.annotate(named=_key_of(target, f"{theirs}_id", reader)).exclude(named=None).order_by("pk")
    for pk, key in named.values_list(f"{ours}_id", "named"):
        found[pk].append(key)
    return found


def _backing(reader: Actor, rows: list[Any]) -> Backing:
    """Two queries."""
    pks = [row.pk for row in rows]
    citations: dict[UUID, list[s.Citation]] = defaultdict(list)
    cited = (
        Citation.objects.filter(record_id__in=pks)
        .annotate(source_key=_key_of(Source, "source_id", reader))
        .exclude(source_key=None)
    )
    for row in cited.order_by("position", "pk"):
        citation = s.Citation(
            source=row.source_key,
            page=row.locator or None,
            champ=row.field or None,
            valeur=row.value or None,
            certitude=Certainty(row.certainty),
        )
        citations[row.record_id].append(citation)
    disputes: dict[UUID, list[str]] = defaultdict(list)
    links = Link.objects.filter(from_kind=Dispute.KIND, role="object", to_id__in=pks)
    links = links.annotate(named=_key_of(Dispute, "from_id", reader)).exclude(named=None)
    for pk, key in links.order_by("named").values_list("to_id", "named"):
        disputes[pk].append(key)
    return Backing(citations, disputes)


def _text(value: Edtf | None) -> str | None:
    return value.text if value else None


def _dated(row: Any, column: str, name: str) -> dict[str, Any]:
    """Give an imprecise date as the three fields of the answers."""
    return {
        name: _text(getattr(row, column)),
        f"{name}_au_plus_tot": getattr(row, f"{column}_earliest"),
        f"{name}_au_plus_tard": getattr(row, f"{column}_latest"),
    }


def _shown_at(row: Record, territory: Territory) -> str:
    """Give the page of a record, without fetching its territory again."""
    row.territory = territory
    return row.get_absolute_url()
