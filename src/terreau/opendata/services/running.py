"""An import at work: the preview, the decision, then the writing, chunk after chunk, each whole or not at all."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.models import Nature
from terreau.directory.services.bulk import create_organisations, read_organisations
from terreau.kernel import audit, policy
from terreau.kernel.clock import now
from terreau.kernel.collecting import uncollected
from terreau.kernel.errors import RuleBroken
from terreau.kernel.inserting import insert_all, new_row
from terreau.kernel.pure.actor import Actor
from terreau.opendata.enums import BatchState, Choice
from terreau.opendata.models import ImportBatch, ImportColumn, OutsideRecord, Resemblance, RowProblem
from terreau.opendata.pure.cells import PERSONAL
from terreau.opendata.pure.drafts import Draft, draft
from terreau.opendata.pure.fields import is_personal
from terreau.opendata.pure.limits import MOST_COLUMNS, MOST_ROWS
from terreau.opendata.pure.problems import Problem, Unreadable
from terreau.opendata.pure.tables import Cells
from terreau.opendata.services.matching import Decision, Matcher, Outcome, as_draft
from terreau.opendata.services.opening import opened_file, plan_of
from terreau.opendata.services.proposals import propose

logger = logging.getLogger("terreau.opendata")

CHUNK = 1000
"""Rows of one transaction: what a crash loses at most, and a person waits for."""
MOST_PROBLEMS = 100_000
"""Rows of problems kept for one import: beyond, the file itself is wrong, and the counts say it."""
LONGEST_SHOWN = 2000
"""Characters of a cell in the file of refused rows."""
COUNT_OF = {
    Outcome.CREATED: "created_count", Outcome.LINKED: "linked_count", Outcome.CHANGED: "changed_count", Outcome.UNCHANGED: "unchanged_count",
    Outcome.REFUSED: "refused_count", Outcome.DOUBTFUL: "doubtful_count",
}  # fmt: skip


class Overtaken(RuleBroken):
    """Someone else is running the same import: this run stops, and the other goes on."""

    def __init__(self) -> None:
        super().__init__(_("Cet import avance déjà ailleurs : attendre, puis actualiser la page."))


def preview(batch: ImportBatch, *, by: Actor, rows: int | None = None) -> ImportBatch:
    """Read the file, and tell what it would do, without writing anything of the directory.

    Starts anew each time. rows: stop after about so many, and keep the state `READING`: for a page that may not wait.
    The counts, problems and resemblances of the import are those of this preview. Raises NotAllowed, RuleBroken.
    """
    policy.require("opendata.import", by, batch.territory)
    with transaction.atomic():
        if not ImportBatch.objects.filter(pk=batch.pk, state__in=(BatchState.OPENED, BatchState.READING, BatchState.PREVIEWED)).update(
            state=BatchState.READING, cursor=0, failure="", failure_details={}, **dict.fromkeys(ImportBatch.COUNTS, 0)
        ):  # fmt: skip
            raise RuleBroken(_("Cet import est déjà confirmé : il n'a plus d'aperçu."))
        RowProblem.objects.filter(batch=batch).delete()
        batch.resemblances.all().delete()
        batch.columns.filter(why="later").delete()
        batch.columns.update(filled_count=0, aside_count=0)
        batch.refresh_from_db()
    return _go(batch, by, rows, is_preview=True)


@transaction.atomic
def choose(batch: ImportBatch, *, by: Actor, choices: Mapping[int, str]) -> None:
    """Decide of rows that resemble a page. choices: row → value of `Choice`. Raises NotAllowed, RuleBroken."""
    policy.require("opendata.import", by, batch.territory)
    if batch.state != BatchState.PREVIEWED:
        raise RuleBroken(_("On décide des ressemblances entre l'aperçu et la confirmation."))
    for choice in Choice:
        chosen = [row for row, value in choices.items() if value == choice]
        batch.resemblances.filter(row__in=chosen).update(choice=choice)


@transaction.atomic
def confirm(batch: ImportBatch, *, by: Actor) -> None:
    """Let an import write, once: of two that confirm at a time, one wins. Raises NotAllowed, RuleBroken."""
    policy.require("opendata.import", by, batch.territory)
    won = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.PREVIEWED).update(
        state=BatchState.WRITING, cursor=0, **dict.fromkeys(ImportBatch.COUNTS, 0)
    )
    if not won:
        raise RuleBroken(_("Cet import a déjà été confirmé, ou n'a pas encore d'aperçu : actualiser la page."))
    RowProblem.objects.filter(batch=batch).delete()
    audit.record(by, "opendata.confirm", batch, {"state": [BatchState.PREVIEWED, BatchState.WRITING]})
    batch.refresh_from_db()
    logger.info("opendata.confirm batch=%s", batch.pk)


def advance(batch: ImportBatch, *, by: Actor, rows: int | None = CHUNK) -> ImportBatch:
    """Write what follows of a confirmed import, and stop after about so many rows; None goes to the end.

    A preview that was stopped goes on too. Resumes after the last chunk that was taken in, whatever stopped it. A
    finished import is left as it is. Raises NotAllowed, Overtaken when another run is at work.
    """
    policy.require("opendata.import", by, batch.territory)
    batch.refresh_from_db()
    if batch.state not in {BatchState.READING, BatchState.WRITING}:
        return batch
    return _go(batch, by, rows, is_preview=batch.state == BatchState.READING)


def run(batch: ImportBatch, *, by: Actor) -> ImportBatch:
    """Preview, confirm and write to the end: what the command line does. Raises NotAllowed, RuleBroken."""
    preview(batch, by=by)
    if batch.state == BatchState.PREVIEWED:
        confirm(batch, by=by)
        advance(batch, by=by, rows=None)
    return batch


def _go(batch: ImportBatch, by: Actor, rows: int | None, *, is_preview: bool) -> ImportBatch:
    try:
        opened = opened_file(batch)
        plan = plan_of(batch, opened.columns)
        matcher = Matcher(batch, is_preview=is_preview)
        left = islice(opened.rows(), batch.cursor, None)
        done = 0
        while rows is None or done < rows:
            pairs = [(draft(number, cells, plan), cells) for number, cells in islice(left, CHUNK)]
            _check_length(batch.cursor + len(pairs))
            with uncollected():
                _chunk(batch, by, matcher, pairs)
            done += len(pairs)
            if len(pairs) < CHUNK:
                _finish(batch, by)
                break
    except Unreadable as error:
        _fail(batch, error)
    return batch


def _check_length(rows: int) -> None:
    if rows > MOST_ROWS:
        raise Unreadable("rows", most=MOST_ROWS)


@transaction.atomic
def _chunk(batch: ImportBatch, by: Actor, matcher: Matcher, pairs: list[tuple[Draft, Cells]]) -> None:
    """Take some rows in, whole or not at all: the cursor moves with them. Raises Overtaken."""
    moved = ImportBatch.objects.filter(pk=batch.pk, state=batch.state, cursor=batch.cursor).update(
        cursor=batch.cursor + len(pairs)
    )
    if not moved:
        raise Overtaken
    chosen: dict[int, Any] = {}
    if not matcher.is_preview:
        numbers = [one.number for one, _cells in pairs]
        asked = batch.resemblances.filter(row__in=numbers).values_list("row", "choice", "organisation")
        chosen = {row: (choice, page) for row, choice, page in asked}
    decisions = matcher.decide([one for one, _cells in pairs], chosen)
    if matcher.is_preview:
        _hold_against_rules(batch, by, matcher, decisions)
        _count_columns(batch, pairs)
    else:
        _write(batch, by, matcher, decisions)
    matcher.settle()
    _tell_problems(batch, decisions, {one.number: cells for one, cells in pairs})
    _tell_resemblances(batch, decisions)
    counts = Counter(COUNT_OF[decision.outcome] for decision in decisions) + Counter(read_count=len(pairs))
    # Our own row until the transaction ends: nobody else counts meanwhile.
    for name, count in counts.items():
        setattr(batch, name, getattr(batch, name) + count)
    batch.cursor += len(pairs)
    batch.save(update_fields=list(ImportBatch.COUNTS))


def _refuse(decision: Decision, error: RuleBroken) -> None:
    problem = Problem("rule", details={"message": error.message, "field": error.field})
    decision.draft = replace(decision.draft, problems=(*decision.draft.problems, problem))
    decision.outcome = Outcome.REFUSED


def _hold_against_rules(batch: ImportBatch, by: Actor, matcher: Matcher, decisions: list[Decision]) -> None:
    """Refuse in the preview what the directory would refuse."""
    new = [decision for decision in decisions if decision.outcome == Outcome.CREATED]
    nature = Nature(territory=batch.territory, key="structure", name="Structure")
    drafts = (as_draft(one.draft, matcher.nature_of(one.draft) or nature) for one in new)
    for decision, made in zip(new, read_organisations(batch.territory, by=by, drafts=drafts), strict=True):
        if isinstance(made, RuleBroken):
            _refuse(decision, made)


def _write(batch: ImportBatch, by: Actor, matcher: Matcher, decisions: list[Decision]) -> None:
    """Open the pages, keep what the source says, propose what it changes."""
    new = [decision for decision in decisions if decision.outcome == Outcome.CREATED]
    drafts = [as_draft(one.draft, matcher.nature_of(one.draft) or _nature(batch)) for one in new]
    for decision, made in zip(new, create_organisations(batch.territory, by=by, drafts=drafts), strict=True):
        if isinstance(made, RuleBroken):
            _refuse(decision, made)
        else:
            decision.organisation = made
    for decision in decisions:
        if decision.twin:
            decision.organisation = decision.twin.organisation
            if decision.organisation is None:
                # The row that would have made its page was refused: it waits, like those that resemble one.
                decision.outcome = Outcome.DOUBTFUL
    at = now()
    taken = [one for one in decisions if one.outcome not in {Outcome.REFUSED, Outcome.DOUBTFUL}]
    propose(batch, by, matcher, [one for one in taken if one.outcome in {Outcome.LINKED, Outcome.CHANGED}])
    fresh: list[OutsideRecord] = []
    known: list[OutsideRecord] = []
    same = [one.record.pk for one in taken if one.record and one.outcome == Outcome.UNCHANGED]
    OutsideRecord.objects.filter(pk__in=same).update(seen_in=batch, seen_at=at, vintage=batch.vintage)
    for one in taken:
        if one.record and one.outcome == Outcome.UNCHANGED:
            continue
        record = one.record or new_row(OutsideRecord, {
            "territory_id": batch.territory_id, "source": batch.source, "outside_id": one.draft.outside_id[:200],
            "created_in_id": batch.pk,
        })  # fmt: skip
        if record.values:
            record.before |= {
                name: value for name, value in record.values.items() if one.draft.values.get(name) != value
            }
        record.values, record.raw = one.draft.values, one.draft.raw
        record.organisation_id = one.organisation.pk if one.organisation else None
        record.made_organisation = record.made_organisation or one.outcome == Outcome.CREATED
        record.seen_in_id, record.seen_at, record.vintage = batch.pk, at, batch.vintage
        (known if one.record else fresh).append(record)
    insert_all(fresh)
    OutsideRecord.objects.bulk_update(
        known,
        ["values", "before", "raw", "organisation", "made_organisation", "seen_in", "seen_at", "vintage"], batch_size=100,
    )  # fmt: skip


def _nature(batch: ImportBatch) -> Nature:
    """Give the nature of organisations that no column nor number tells: a territory without any gets « structure »."""
    if batch.nature is None:
        batch.nature, _made = Nature.objects.get_or_create(
            territory=batch.territory, key="structure", defaults={"name": "Structure"}
        )
    return batch.nature


def _count_columns(batch: ImportBatch, pairs: list[tuple[Draft, Cells]]) -> None:
    """Count the cells that say something, column by column; a key met for the first time becomes a column, unread."""
    filled = Counter(
        column for _draft, cells in pairs for column, cell in cells.items() if column and cell not in (None, "", [], {})
    )
    aside = Counter(problem.column for one, _cells in pairs for problem in one.problems if not problem.refuses)
    columns = {column.name: column for column in batch.columns.all()}
    late = [name for name in filled if name[:300] not in columns][: MOST_COLUMNS - len(columns)]
    for position, name in enumerate(late, start=len(columns)):
        columns[name[:300]] = ImportColumn(batch=batch, position=position, name=name[:300], why="later")
    for name, column in columns.items():
        column.filled_count += filled[name]
        column.aside_count += aside[name]
    ImportColumn.objects.bulk_update(
        [column for column in columns.values() if column.pk], ["filled_count", "aside_count"], batch_size=400
    )
    ImportColumn.objects.bulk_create([column for column in columns.values() if not column.pk])


def _tell_problems(batch: ImportBatch, decisions: list[Decision], rows: Mapping[int, Cells]) -> None:
    """Write down what was refused, and which cells were left; cells that may be a person's are only counted."""
    if batch.refused_count > MOST_PROBLEMS:
        return
    RowProblem.objects.bulk_create(
        [
            RowProblem(
                batch=batch, row=one.draft.number, column=problem.column[:300], value=problem.value[:200], code=problem.code,
                details=dict(problem.details), refuses=problem.refuses,
                cells=_shown(rows[one.draft.number], one.draft) if problem.refuses and place == 0 else {},
            )
            for one in decisions
            for place, problem in enumerate(sorted(one.draft.problems, key=lambda problem: not problem.refuses))
            if problem.code not in PERSONAL
        ],
        batch_size=500,
    )  # fmt: skip


def _shown(cells: Cells, draft: Draft) -> dict[str, Any]:
    """Keep the cells of a refused row, to be corrected; a very long one is cut, persons are left out."""
    personal = {problem.column for problem in draft.problems if problem.code in PERSONAL}
    return {
        column: cell if isinstance(cell, (int, float)) else _as_text(cell)[:LONGEST_SHOWN]
        for column, cell in cells.items()
        if cell not in (None, "") and column not in personal and not is_personal(column)
    }


def _as_text(cell: Any) -> str:
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)


def _tell_resemblances(batch: ImportBatch, decisions: list[Decision]) -> None:
    doubtful = [one for one in decisions if one.outcome == Outcome.DOUBTFUL]
    Resemblance.objects.bulk_create(
        [
            Resemblance(
                batch=batch, row=one.draft.number, name=one.draft.values["name"][:300], commune=one.draft.values.get("commune", "")[:120],
                organisation=one.organisation, same_as_row=one.same_as_row,
            )
            for one in doubtful
        ],
        update_conflicts=True, unique_fields=["batch", "row"], update_fields=["name", "commune", "organisation", "same_as_row"], batch_size=300,
    )  # fmt: skip


@transaction.atomic
def _finish(batch: ImportBatch, by: Actor) -> None:
    was, batch.state = batch.state, BatchState.PREVIEWED if batch.state == BatchState.READING else BatchState.DONE
    batch.finished_at = now() if batch.state == BatchState.DONE else None
    batch.save(update_fields=["state", "finished_at"])
    if batch.state == BatchState.DONE:
        counts = {name: [0, getattr(batch, name)] for name in ImportBatch.COUNTS}
        audit.record(by, "opendata.finish", batch, {"state": [was, batch.state], **counts})
        logger.info("opendata.finish batch=%s created=%s", batch.pk, batch.created_count)


def _fail(batch: ImportBatch, error: Unreadable) -> None:
    """Keep why a file could not be read to its end. What earlier chunks of a writing made stays, and is told."""
    batch.state, batch.failure, batch.failure_details = BatchState.FAILED, error.code, error.details
    batch.save(update_fields=["state", "failure", "failure_details"])
    logger.warning("opendata.fail batch=%s code=%s", batch.pk, error.code)
