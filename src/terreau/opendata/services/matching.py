"""What each row would do: open a page, be recognised as one, change what its source said, or wait for a person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from terreau.directory.enums import IdentifierScheme, NameSort
from terreau.directory.models import Identifier, Nature, Organisation
from terreau.directory.services.bulk import OrganisationDraft
from terreau.opendata.models import ImportBatch, OutsideRecord
from terreau.opendata.pure.drafts import Draft
from terreau.opendata.pure.folding import fold
from terreau.opendata.pure.problems import Problem
from terreau.opendata.services.lookalikes import Lookalikes

NUMBERS = ("siret", "rna", "data_inclusion", "siren")
"""Fields that are numbers in registers, the most precise first; each is a scheme of the directory."""
APART = frozenset({*NUMBERS, "name", "acronym", "usage_name", "nature"})
"""Values that are not columns of an organisation as they are."""
REMEMBERED_NAMES = 200_000
"""Organisations of a territory up to which rows are compared with pages, in memory; beyond, numbers alone recognise."""


class Outcome(StrEnum):
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    LINKED = "linked"
    CREATED = "created"
    DOUBTFUL = "doubtful"


@dataclass(slots=True)
class Decision:
    """What a row would do. twin: an earlier row of the same chunk that makes the organisation of this one.

    organisation: the page that the row is about, unless it opens one or changes nothing.
    """

    draft: Draft
    outcome: Outcome
    record: OutsideRecord | None = None
    organisation: Organisation | None = None
    twin: "Decision | None" = None
    same_as_row: int | None = None


@dataclass(slots=True)
class Namesake:
    """A name already met: that of a page, or of an earlier row of the file."""

    commune: str
    organisation_id: UUID | None
    row: int | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    decision: Decision | None = None


class Matcher:
    """Recognises rows, chunk after chunk of one run.

    is_preview: nothing is written between chunks, so that what earlier rows would make is kept here.
    Cost: five queries a chunk, and one for the names of the territory.
    """

    def __init__(self, batch: ImportBatch, *, is_preview: bool) -> None:
        self.batch = batch
        self.is_preview = is_preview
        self.natures = {
            fold(word): nature for nature in Nature.objects.of(batch.territory) for word in (nature.key, nature.name)
        }
        self.seen: set[int] = set()
        self.fresh: dict[tuple[str, str], Decision] = {}
        self.marks: set[int] = set()
        self.recent: list[Namesake] = []
        self.names: dict[str, list[Namesake]] = defaultdict(list)
        self.compares_names = self._learn_names()
        self.lookalikes = Lookalikes(batch.territory)

    def _learn_names(self) -> bool:
        rows = Organisation.objects.filter(territory=self.batch.territory, merged_into=None).order_by()
        if rows.count() > REMEMBERED_NAMES:
            return False
        for pk, name, commune in rows.values_list("pk", "name", "commune").iterator(chunk_size=5000):
            self.names[fold(name)].append(Namesake(fold(commune), pk))
        return True

    def decide(self, drafts: Sequence[Draft], chosen: dict[int, tuple[str, UUID | None]]) -> list[Decision]:
        """Decide of each row. chosen: row → what a person decided of its resemblance, and the page in question."""
        records = self._records(drafts)
        numbers = self._numbers([
            draft for draft in drafts if not ((record := records.get(draft.outside_id)) and record.organisation_id)
        ])  # fmt: skip
        alike = self._alike(drafts, records, numbers, chosen)
        choices = {row: choice for row, (choice, _page) in chosen.items()}
        found = []
        for one in drafts:
            draft = self._with_nature(one)
            decision = self._decide(draft, records.get(draft.outside_id), numbers, choices, alike)
            if decision.outcome == Outcome.CREATED:
                self._remember(decision)
            found.append(decision)
        return found

    def _records(self, drafts: Sequence[Draft]) -> dict[str, OutsideRecord]:
        """Give what the source said of these rows. Two queries: those that say nothing new come light."""
        own = OutsideRecord.objects.filter(territory=self.batch.territory, source=self.batch.source)
        light = own.filter(outside_id__in={draft.outside_id for draft in drafts})
        light = light.only("territory", "source", "outside_id", "organisation", "values", "seen_in")
        records = {record.outside_id: record for record in light}
        told = {
            record.pk
            for draft in drafts
            if (record := records.get(draft.outside_id))
            and not (record.organisation_id and same_values(record.values, draft.values))
        }
        if told:
            whole = own.filter(pk__in=told).select_related("organisation", "organisation__merged_into")
            records |= {record.outside_id: record for record in whole}
        return records

    def _alike(
        self, drafts: Sequence[Draft], records: dict[str, OutsideRecord], numbers: "_Numbers", chosen: dict[int, tuple[str, UUID | None]]
    ) -> dict[int, Namesake]:  # fmt: skip
        """Give the pages that rows without a settling number look like: found by a preview, remembered afterwards."""
        if not self.compares_names:
            return {}
        pages = {row: page for row, (_choice, page) in chosen.items() if page}
        if self.is_preview:
            unknown = [
                draft
                for draft in drafts
                if not draft.is_refused
                and not ((record := records.get(draft.outside_id)) and record.organisation_id)
                and not numbers.organisation_of(draft)
            ]
            pages = self.lookalikes.of(unknown)
        numbers.fetch(set(pages.values()))
        return {row: Namesake("", page) for row, page in pages.items()}

    def settle(self) -> None:
        """Forget what the rows of one chunk knew of one another: the tables know it by now, or marks do."""
        for namesake in self.recent:
            if namesake.decision and namesake.decision.organisation:
                namesake.organisation_id = namesake.decision.organisation.pk
            namesake.decision = None
        self.recent.clear()
        if self.is_preview:
            self.marks.update(map(hash, self.fresh))
        else:
            self.seen.clear()
        self.fresh.clear()

    def _decide(  # noqa: PLR0911 -- each answer excludes those after it
        self, draft: Draft, record: OutsideRecord | None, numbers: "_Numbers", chosen: dict[int, str], alike: dict[int, Namesake]
    ) -> Decision:  # fmt: skip
        if draft.is_refused:
            return Decision(draft, Outcome.REFUSED)
        if self._is_repeated(draft, record):
            repeated = Problem("repeated", value=draft.outside_id)
            return Decision(replace(draft, problems=(*draft.problems, repeated)), Outcome.REFUSED)
        if record and record.organisation_id:
            return _of_known(draft, record)
        if organisation := numbers.organisation_of(draft):
            return Decision(draft, Outcome.LINKED, record, organisation)
        if twin := self._twin(draft):
            return Decision(draft, Outcome.LINKED, record, twin=twin)
        if self._is_marked(draft):
            return Decision(draft, Outcome.LINKED, record)
        if self.compares_names and (namesake := self._namesake(draft, numbers) or alike.get(draft.number)):
            choice = chosen.get(draft.number)
            if choice == "nouvelle":
                return Decision(draft, Outcome.CREATED, record)
            organisation = numbers.organisation(namesake.organisation_id) if namesake.organisation_id else None
            if choice == "meme" and (organisation or namesake.decision):
                return Decision(draft, Outcome.LINKED, record, organisation, twin=namesake.decision)
            return Decision(draft, Outcome.DOUBTFUL, record, organisation, same_as_row=namesake.row)
        return Decision(draft, Outcome.CREATED, record)

    def _is_repeated(self, draft: Draft, record: OutsideRecord | None) -> bool:
        if not self.is_preview and record and record.seen_in_id == self.batch.pk:
            return True
        mark = hash(draft.outside_id)
        if mark in self.seen:
            return True
        self.seen.add(mark)
        return False

    def _with_nature(self, draft: Draft) -> Draft:
        word = draft.values.get("nature")
        if not word or fold(word) in self.natures:
            return draft
        known = ", ".join(sorted({nature.name for nature in self.natures.values()}))
        return replace(draft, problems=(*draft.problems, Problem("nature", value=word, details={"known": known[:300]})))

    def _numbers(self, drafts: Iterable[Draft]) -> "_Numbers":
        return _Numbers(self.batch, [draft for draft in drafts if not draft.is_refused])

    def _remember(self, decision: Decision) -> None:
        values = decision.draft.values
        for scheme in ("siret", "rna", "data_inclusion"):
            if number := values.get(scheme):
                self.fresh.setdefault((scheme, number), decision)
        if self.compares_names and len(self.names) < REMEMBERED_NAMES:
            own = {scheme: values[scheme] for scheme in NUMBERS if scheme in values}
            namesake = Namesake(fold(values.get("commune", "")), None, decision.draft.number, own, decision)
            self.names[fold(values["name"])].append(namesake)
            self.recent.append(namesake)

    def _is_marked(self, draft: Draft) -> bool:
        """Tell whether an earlier chunk of a preview would have made the page of this row."""
        values = draft.values
        schemes = ("siret", "data_inclusion") if "siret" in values else ("rna", "data_inclusion")
        return bool(self.marks) and any(
            hash((scheme, values[scheme])) in self.marks for scheme in schemes if scheme in values
        )

    def _twin(self, draft: Draft) -> Decision | None:
        values = draft.values
        for scheme in ("siret", "rna", "data_inclusion"):
            twin = self.fresh.get((scheme, values.get(scheme, "")))
            if twin and not _differ(values, twin.draft.values):
                return twin
        return None

    def _namesake(self, draft: Draft, numbers: "_Numbers") -> Namesake | None:
        """Give a page, or an earlier row, of the same name in the same commune (or in one that is not said)."""
        commune = fold(draft.values.get("commune", ""))
        for namesake in self.names.get(fold(draft.values["name"]), ()):
            if commune and namesake.commune and commune != namesake.commune:
                continue
            own = namesake.numbers or (numbers.of(namesake.organisation_id) if namesake.organisation_id else {})
            if not _differ(draft.values, own):
                return namesake
        return None

    def nature_of(self, draft: Draft) -> Nature | None:
        """Give the nature that a row tells by a word or by its legal category, else that of the import."""
        named = self.nature_named(draft.values.get("nature", ""))
        guessed = self.natures.get(_FAMILIES.get(draft.values.get("legal_category", "")[:2], ""))
        return named or guessed or self.batch.nature

    def nature_named(self, word: str) -> Nature | None:
        return self.natures.get(fold(word))


_FAMILIES = {
    "92": "association", "93": "fondation", "82": "mutuelle", "64": "mutuelle", "54": "entreprise", "55": "entreprise", "57": "entreprise",
    "56": "entreprise", "72": "collectivite", "73": "collectivite", "74": "collectivite", "71": "etat",
}  # fmt: skip
"""Families of legal categories (INSEE, level II) → key of a nature, when the territory has it."""


class _Numbers:
    """The pages that bear the numbers of some rows. Two queries; one more for the pages that share a name."""

    def __init__(self, batch: ImportBatch, drafts: Sequence[Draft]) -> None:
        self.batch = batch
        wanted = {number for draft in drafts for scheme in NUMBERS if (number := draft.values.get(scheme))}
        self.by_number: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        # By the numbers alone: joined to the territory, SQLite would read all its organisations for each chunk.
        found = Identifier.objects.filter(value__in=wanted, scheme__in=NUMBERS).order_by()
        bearers = list(found.values_list("organisation_id", "scheme", "value"))
        self.pages: dict[UUID, Organisation] = {}
        self.own: dict[UUID, dict[str, str]] = {}
        self.fetch({pk for pk, _scheme, _value in bearers})
        for pk, scheme, value in sorted(bearers):
            if pk in self.pages:
                self.by_number[scheme, value].append(pk)

    def fetch(self, pks: set[UUID]) -> None:
        missing = [pk for pk in pks if pk not in self.pages]
        if missing:
            rows = Organisation.objects.filter(pk__in=missing, territory=self.batch.territory, merged_into=None)
            rows = rows.order_by().select_related("nature").prefetch_related("names", "identifiers")
            self.pages |= {page.pk: page for page in rows}

    def organisation(self, pk: UUID) -> Organisation | None:
        self.fetch({pk})
        return self.pages.get(pk)

    def of(self, pk: UUID) -> dict[str, str]:
        """Give the numbers of a page, the first of each scheme."""
        if pk not in self.own:
            page = self.organisation(pk)
            self.own[pk] = {}
            for number in page.identifiers.all() if page else ():
                self.own[pk].setdefault(number.scheme, number.value)
        return self.own[pk]

    def organisation_of(self, draft: Draft) -> Organisation | None:
        for scheme in NUMBERS:
            pks = self.by_number.get((scheme, draft.values.get(scheme, "")), [])
            fitting = [pk for pk in pks if not _differ(draft.values, self.of(pk))]
            # A SIREN may be that of several establishments: alone, it recognises one page only.
            if fitting and (scheme != "siren" or len(fitting) == 1):
                return self.pages[fitting[0]]
        return None


def _differ(values: dict[str, Any], own: dict[str, Any]) -> bool:
    """Tell whether two sets of numbers are surely those of two structures."""
    for scheme in ("siret", "siren", "rna"):
        ours, theirs = values.get(scheme), own.get(scheme)
        if ours and theirs:
            return bool(ours != theirs)
    return False


def standing(organisation: Organisation | None) -> Organisation | None:
    """Give the page that stands today for one: the one that it was merged into, if it was."""
    return (organisation.merged_into or organisation) if organisation else None


def _of_known(draft: Draft, record: OutsideRecord) -> Decision:
    if same_values(record.values, draft.values):
        return Decision(draft, Outcome.UNCHANGED, record)
    return Decision(draft, Outcome.CHANGED, record, standing(record.organisation))


def same_values(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return before == after or (
        all(before.get(name) == value for name, value in after.items()) and set(before) <= set(after)
    )


def as_draft(draft: Draft, nature: Nature) -> OrganisationDraft:
    """Give the organisation that a row would open, as the directory's verb takes it."""
    values = draft.values
    columns = {name: value for name, value in values.items() if name not in APART}
    columns["nature_is_deduced"] = "nature" not in values
    names = [
        {"name": values[name], "sort": sort}
        for name, sort in (("acronym", NameSort.ACRONYM), ("usage_name", NameSort.USAGE))
        if name in values
    ]
    numbers = [{"scheme": IdentifierScheme(scheme), "value": values[scheme]} for scheme in NUMBERS if scheme in values]
    return OrganisationDraft(values["name"], nature, columns, names, numbers)
