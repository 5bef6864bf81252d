"""Records side by side, field by field."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.models import Organisation, OrganisationName, Staffing, Tie
from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate
from terreau.duplicates.queries.fields import BOTH, Group, PartList, default_for, groups, part_lists
from terreau.duplicates.queries.listing import pairs_shown, shown_to, worded
from terreau.duplicates.queries.wording import Told, likelihood, many_of, one_of, told
from terreau.kernel import policy
from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import by_source
from terreau.kernel.models import FactActor
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.date_words import say
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import citations_of, ref
from terreau.kernel.templatetags.terreau import written
from terreau.territory.models import Territory

LETTERS = "ABCDEFGHIJ"
MOST = len(LETTERS)
FIGURES = frozenset({"employees", "full_time_equivalents", "volunteers"})
LABELS = {
    "longitude": _("point sur la carte"),
    "start": _("création"),
    "directory.organisation_themes": _("thèmes"),
}


@dataclass(frozen=True)
class Side:
    """One of the records. letter: how the page calls it."""

    letter: str
    organisation: Organisation
    sources: list[SourceLine]
    ties_count: int
    facts_count: int


@dataclass(frozen=True)
class Said:
    """What one record says of a field, and whether it is the value kept."""

    letter: str
    name: str
    value: str
    words: list[str]
    is_kept: bool


@dataclass(frozen=True)
class Line:
    """A field on both sides. verdict: how they compare, in words. joins: all may be kept; is_joined: they are."""

    name: str
    label: str
    verdict: str
    said: list[Said]
    is_open: bool
    joins: bool = False
    is_joined: bool = False


@dataclass(frozen=True)
class Other:
    """Another open pair that touches one of these records. together: the address that compares all at once."""

    pair: Candidate
    names: str
    likelihood: str
    together: str


@dataclass(frozen=True)
class ComparePage:
    """What `candidate_detail.html` reads. open_lines: what differs; same_lines: what does not; also: keys added."""

    pair: Candidate
    sides: list[Side]
    likelihood: str
    reasons: list[Told]
    open_lines: list[Line]
    same_lines: list[Line]
    others: list[Other]
    also: list[str]
    error: str
    may_review: bool


@dataclass(frozen=True)
class PreviewPage:
    """What `merge_confirm.html` reads. fields: label and words; hidden: names and values that the form sends again."""

    pair: Candidate
    organisations: Sequence[Organisation]
    name: str
    fields: list[tuple[str, list[str]]]
    names: list[str]
    moved: list[tuple[str, int]]
    aside: list[str]
    hidden: list[tuple[str, str]]


def pair_for(reader: Actor, territory: Territory, key: UUID) -> Candidate:
    """Give a pair whose two records the reader may see, or one that was merged; a 404 otherwise. One query or two."""
    rows = Candidate.objects.select_related("first__territory", "second__territory")
    pair = get_object_or_404(rows, territory=territory, pk=key)
    if pair.state != State.MERGED and not pairs_shown(reader, territory).filter(pk=pair.pk).exists():
        raise Http404
    return pair


def organisations_of(reader: Actor, pair: Candidate, also: Sequence[str] = ()) -> list[Organisation]:
    """Give the records to compare: those of the pair, then others by their keys, ten in all. One query."""
    rows = shown_to(reader, pair.first.territory).select_related("nature", "scale", "parent")
    found = {
        row.pk: row for row in rows.filter(Q(pk__in=(pair.first_id, pair.second_id)) | Q(key__in=list(also)[:MOST]))
    }
    heads = [found.pop(pk) for pk in (pair.first_id, pair.second_id) if pk in found]
    return [*heads, *sorted(found.values(), key=lambda row: row.key)][:MOST]


def compare_page(
    reader: Actor,
    pair: Candidate,
    *,
    also: Sequence[str] = (),
    chosen: Mapping[str, str] | None = None,
    error: str = "",
) -> ComparePage:
    """Set records side by side, all that they say and how much hangs on them. Ten queries, whatever there is to say.

    chosen: as `queries.fields.chosen_values` takes it; what is not chosen shows what would be kept.
    """
    organisations = organisations_of(reader, pair, also)
    chosen = chosen or {}
    lines = [_field_line(group, organisations, chosen.get(group.name, "")) for group in groups()]
    lines += [_list_line(part, organisations, chosen.get(part.name, "")) for part in part_lists()]
    lines = [line for line in lines if any(said.words for said in line.said)]
    return ComparePage(
        pair=pair,
        sides=_sides(reader, organisations),
        likelihood=likelihood(pair.score),
        reasons=told(pair.reasons),
        open_lines=[line for line in lines if line.is_open],
        same_lines=[line for line in lines if not line.is_open],
        others=_others(reader, pair, organisations),
        also=[one.key for one in organisations if one.pk not in (pair.first_id, pair.second_id)],
        error=error,
        may_review=policy.allows("duplicates.review", reader, pair),
    )


def preview_page(
    pair: Candidate,
    organisations: Sequence[Organisation],
    preview: Any,
    choices: Mapping[str, str],
    versions: Mapping[UUID, int],
) -> PreviewPage:
    """Say what a merge would give. preview: `services.Preview`. Three queries at most."""
    result = preview.organisation
    fields = [(_label(group), words_in(group, result)) for group in groups()]
    pks = {pair.first_id, pair.second_id}
    return PreviewPage(
        pair=pair,
        organisations=organisations,
        name=result.name,
        fields=[(label, words) for label, words in fields if words],
        names=preview.names,
        moved=worded(preview.moved),
        aside=[_aside_words(step) for step in preview.aside],
        hidden=[
            *choices.items(),
            *((f"version-{pk}", str(version)) for pk, version in versions.items()),
            *(("avec", one.key) for one in organisations if one.pk not in pks),
        ],
    )


def _aside_words(step: Any) -> str:
    """Say a row that was set aside: what it is, and its key when it has one."""
    key = step.old.get("key", "")
    return f"{one_of(step.table)} « {key} »" if key else one_of(step.table)


def words_in(group: Group, organisation: Organisation) -> list[str]:
    """Say what a record has in a group of columns: one text, or the items of a list; nothing when it is silent."""
    if group.is_empty(organisation):
        return []
    if group.name == "longitude":
        return [f"{written(organisation.latitude or 0, 5)} ; {written(organisation.longitude or 0, 5)}"]
    values = [_said(field, organisation) for field in group.fields]
    head = values[0]
    if isinstance(head, list):
        return head
    return [" · ".join(str(value) for value in values if value)] if any(values) else []


def _said(field: Any, organisation: Organisation) -> Any:
    value = getattr(organisation, field.name)
    if field.name.endswith("_is_deduced"):
        return gettext("déduite") if value else ""
    if isinstance(value, bool):
        return gettext("oui") if value else ""
    if isinstance(value, Edtf):
        return say(value, get_language() or "fr", capital=True)
    if isinstance(value, list):
        return [str(item) for item in value]
    return str((field.flatchoices and dict(field.flatchoices).get(value, value)) or value or "")


def _label(group: Group) -> str:
    return capfirst(str(LABELS.get(group.name, group.field.verbose_name)))


def _field_line(group: Group, organisations: Sequence[Organisation], choice: str) -> Line:
    kept = default_for(group, organisations)
    words = {one.pk: words_in(group, one) for one in organisations}
    return _line(
        group.name,
        _label(group),
        organisations,
        words,
        choice or (BOTH if group.joins else str(kept.pk)),
        joins=group.joins,
    )


def _list_line(part: PartList, organisations: Sequence[Organisation], choice: str) -> Line:
    """Give the rows of a list on each side, with one query."""
    words: dict[UUID, list[str]] = defaultdict(list)
    related = [
        field.name
        for field in part.table._meta.concrete_fields
        if field.is_relation and field.attname != part.column and not field.null
    ]
    rows = part.table._base_manager.filter(**{f"{part.column}__in": [one.pk for one in organisations]})
    for row in rows.select_related(*related).order_by("pk"):
        words[getattr(row, part.column)].append(_row_words(row))
    label = capfirst(str(LABELS.get(part.name) or many_of(part.name)))
    return _line(part.name, label, organisations, words, choice or BOTH, joins=part.is_chosen, is_list=True)


def _row_words(row: Any) -> str:
    if isinstance(row, OrganisationName):
        return f"{row.name} ({row.get_sort_display()})"
    if isinstance(row, Staffing):
        told_figures = [
            f"{column.verbose_name} : {written(value, None)}"
            for column in row._meta.concrete_fields
            if column.name in FIGURES and (value := getattr(row, column.name)) is not None
        ]
        when = say(row.when, get_language() or "fr", capital=True) if row.when else ""
        return " – ".join(filter(None, (when, ", ".join(told_figures))))
    if row._meta.auto_created:
        ends = (
            field
            for field in row._meta.concrete_fields
            if field.is_relation and field.related_model is not Organisation
        )
        return str(getattr(row, next(ends).name))
    return str(row)


def _line(
    name: str,
    label: str,
    organisations: Sequence[Organisation],
    words: Mapping[UUID, list[str]],
    choice: str,
    *,
    joins: bool,
    is_list: bool = False,
) -> Line:  # fmt: skip
    each = [words.get(one.pk, []) for one in organisations]
    told_by = sum(bool(said) for said in each)
    same = all(sorted(said) == sorted(each[0]) for said in each)
    if same:
        verdict = gettext("identique")
    elif told_by == 1:
        verdict = gettext("une seule fiche le dit")
    else:
        verdict = gettext("différent")
    said = [
        Said(letter, one.name, str(one.pk), words.get(one.pk, []), choice == str(one.pk))
        for letter, one in zip(LETTERS, organisations, strict=False)
    ]
    is_choice = not (is_list and name == OrganisationName._meta.label_lower)
    return Line(
        name=name, label=label, verdict=verdict, said=said, is_open=not same, joins=joins and is_choice, is_joined=choice == BOTH
    )  # fmt: skip


def _sides(reader: Actor, organisations: Sequence[Organisation]) -> list[Side]:
    """Count what hangs on each record, and say where it comes from. Three queries."""
    pks = [one.pk for one in organisations]
    ends = Tie.objects.filter(Q(origin__in=pks) | Q(target__in=pks)).values_list("origin", "target")
    ties = Counter(end for both in ends for end in both if end in pks)
    actors = (
        FactActor.objects.filter(kind=Organisation.KIND, record_id__in=pks)
        .values_list("record_id", "fact")
        .order_by()
        .distinct()
    )
    facts = Counter(pk for pk, _fact in actors)
    sources = by_source(citations_of(organisations))
    return [
        Side(letter, one, sources.get(ref(one), []), ties[one.pk], facts[one.pk])
        for letter, one in zip(LETTERS, organisations, strict=False)
    ]


def _others(reader: Actor, pair: Candidate, organisations: Sequence[Organisation]) -> list[Other]:
    """Give the other open pairs that touch these records, the most likely first. One query."""
    pks = {one.pk for one in organisations}
    rows = pairs_shown(reader, pair.first.territory).filter(Q(first__in=pks) | Q(second__in=pks), state=State.OPEN)
    found = []
    for row in rows.exclude(pk=pair.pk).select_related("first", "second").order_by("-score", "pk")[: 2 * MOST]:
        outside = [one for one in (row.first, row.second) if one.pk not in pks]
        keys = [*(one.key for one in organisations[2:]), *(one.key for one in outside)]
        together = "?" + "&".join(f"avec={key}" for key in keys) if outside and len(pks) < MOST else ""
        names = f"{row.first.name} – {row.second.name}"
        found.append(Other(row, names, likelihood(row.score), together))
    return found
