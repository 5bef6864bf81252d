"""Several records become a new one, and can be several again, exactly as they were."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from terreau.directory.enums import NameSort, TieFamily
from terreau.directory.models import Organisation, OrganisationName, Tie
from terreau.directory.pure.lineage import cycle_in
from terreau.directory.services import free_keys
from terreau.duplicates.enums import State
from terreau.duplicates.models import Candidate, Merge, MergeStep
from terreau.duplicates.queries import fields
from terreau.duplicates.queries.steps import aside_rows, losses, moved_rows, result_of, steps_of
from terreau.duplicates.queries.wording import one_of
from terreau.kernel import audit, facts, policy, repointing
from terreau.kernel.clock import now
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken, StaleVersion
from terreau.kernel.fields import EdtfField
from terreau.kernel.locks import hold
from terreau.kernel.models import Record
from terreau.kernel.pure.actor import Actor
from terreau.kernel.repointing import Step
from terreau.territory.models import Territory

LEFT = frozenset({Candidate})
"""Tables that a merge sees to by itself."""


@dataclass
class Preview:
    """What a merge would give: the new record (not kept), what it would carry, what would be set aside.

    moved: how many rows of each table would follow, by label of table. aside: what would be set aside, but for what
    both sides say alike (one identifier, one theme), kept once. names: all the names that would find it.
    """

    organisation: Organisation
    names: list[str] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    aside: list[Step] = field(default_factory=list)


def preview(
    territory: Territory, *, by: Actor, organisations: Sequence[Organisation], choices: Mapping[str, str]
) -> Preview:
    """Do a merge, read what it gives, and undo it at once: what is shown is what would be written, and nothing is.

    Raises what `merge` raises.
    """
    seen = {one.pk: one.version for one in organisations}
    with transaction.atomic():
        result = merge(territory, by=by, organisations=organisations, choices=choices, versions=seen)
        steps = steps_of(Merge.objects.get(result=result.pk))
        found = Preview(
            organisation=result,
            names=[result.name, *result.names.order_by("position", "pk").values_list("name", flat=True)],
            aside=aside_rows(steps),
            moved=moved_rows(steps),
        )
        transaction.set_rollback(True)
    return found


@transaction.atomic
def merge(
    territory: Territory,
    *,
    by: Actor,
    organisations: Sequence[Organisation],
    choices: Mapping[str, str],
    versions: Mapping[UUID, int],
) -> Organisation:
    """Make one new organisation of two or more, none of them being privileged, and send to it all that named them.

    In order: policy, lock, versions, the new record, what points to the others, names, decisions on pairs, journal,
    audit, facts. The others become private, say what took their place, and their addresses lead there.
    choices: see `queries.fields.chosen_values`; the label of a list of rows ("directory.identifier") → the UUID of the
    record whose rows are kept, all by default; names all follow. versions: those that the form was opened on.
    What the database would refuse (twice one identifier, a tie to itself) is set aside, and comes back at undo.
    Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("duplicates.review", by, territory)
    hold(f"duplicates.{territory.pk}")
    originals = _originals(territory, by, organisations, versions)
    result = _new(territory, originals, choices)
    steps = [step for one in originals for step in _claimed(one)]
    result.save(force_insert=True)
    pks = {one.pk for one in originals}

    def follows(table: repointing.Table, column: str, row: Any) -> bool:
        if table is Organisation and row.pk in pks:
            return False
        kept = choices.get(table._meta.label_lower, fields.BOTH)
        return kept in (fields.BOTH, "") or not _is_left(table, column, row, kept)

    for one in originals:
        steps += repointing.repoint(one, result, leave=LEFT, keep=follows)
    steps += _named(result, originals)
    _check_lineage(territory, result)
    for one in originals:
        steps += repointing.change(one, visibility=Visibility.PRIVATE, merged_into_id=result.pk, updated_at=now())
    steps += _settle_pairs(territory, result, pks, by)
    done = _journal(territory, result, originals, steps, by)
    told = {"key": result.key, "originals": [one.key for one in originals], "merge": str(done.pk)}
    audit.record_all(
        by,
        [
            audit.Change("duplicates.merge", result, {"merged_from": [None, told["originals"]]}),
            *[
                audit.Change(
                    "duplicates.merge",
                    one,
                    {"merged_into": [None, result.key], "visibility": [one.visibility, Visibility.PRIVATE]},
                )
                for one in originals
            ],
        ],
        territory_id=territory.pk,
    )
    _tell([result, *originals], steps)
    return result


@transaction.atomic
def undo(done: Merge, *, by: Actor, losing: bool = False) -> None:
    """Take a merge back: each row that it moved, byte for byte, then the record that it made goes away.

    What was added to that record since (a new tie, an identifier) follows the first of the originals. What was changed
    since and cannot be both (the record itself, a row pointed elsewhere or deleted) is refused and listed, unless
    `losing` says that the state before the merge wins.
    Raises NotAllowed, RuleBroken; nothing is written then.
    """
    policy.require("duplicates.review", by, done)
    hold(f"duplicates.{done.territory_id}")
    if not Merge.objects.filter(pk=done.pk, undone_at=None).update(undone_at=now(), undone_by=by.user_id):
        raise RuleBroken(_("Cette fusion est déjà défaite."))
    steps = steps_of(done)
    result = result_of(done)
    if not losing and (lost := losses(done)):
        raise RuleBroken(
            _(
                "Défaire perdrait ce qui a changé depuis la fusion (%(what)s) : le reporter d'abord, ou accepter de le perdre."
            )
            % {"what": ", ".join(lost)}
        )
    originals = list(Organisation.objects.filter(pk__in=[one["id"] for one in done.originals]))
    around: list[Record] = [*repointing.touched(steps), *repointing.tellers_of([(Organisation.KIND, result.pk)])]
    try:
        with transaction.atomic():
            repointing.undo(steps)
    except IntegrityError as error:
        raise RuleBroken(
            _("Une fiche a pris depuis la place de ce qui était mis de côté : la corriger, puis défaire à nouveau.")
        ) from error
    heir = next(one for one in originals if str(one.pk) == done.originals[0]["id"])
    carried = list(repointing.repoint(result, heir, leave=LEFT))
    if not losing and (aside := [step for step in carried if step.did == "aside"]):
        raise RuleBroken(
            _("%(what)s ne peut pas revenir à « %(name)s » : le retirer d'abord, ou accepter de le perdre.")
            % {"what": ", ".join(sorted({one_of(step.table) for step in aside})), "name": heir.name}
        )
    Organisation.objects.filter(pk=result.pk).delete()
    for one in originals:
        one.refresh_from_db()
    audit.record_all(
        by,
        [
            audit.Change("duplicates.undo", result, {"merged_from": [[one["key"] for one in done.originals], None]}),
            *[
                audit.Change(
                    "duplicates.undo",
                    one,
                    {"merged_into": [result.key, None], "visibility": [Visibility.PRIVATE, one.visibility]},
                )
                for one in originals
            ],
        ],
        territory_id=done.territory_id,
    )
    _tell([result, *originals, *around], [*steps, *carried])


def _originals(
    territory: Territory, by: Actor, organisations: Sequence[Organisation], versions: Mapping[UUID, int]
) -> list[Organisation]:
    """Read the records again, under the lock. Raises RuleBroken, StaleVersion."""
    pks = list(dict.fromkeys(one.pk for one in organisations))
    rows: Any = Organisation.objects.of(territory)
    current = {row.pk: row for row in rows.filter(pk__in=pks)}
    if len(pks) < 2:  # noqa: PLR2004 -- a pair
        raise RuleBroken(_("Il faut au moins deux fiches pour une fusion : en choisir une autre."))
    for pk in pks:
        row = current.get(pk)
        if row is None:
            raise RuleBroken(_("Une de ces fiches n'est pas dans ce territoire : recommencer depuis la liste."))
        if row.merged_into_id:
            raise RuleBroken(
                _("« %(name)s » vient d'être réunie à une autre fiche : recommencer depuis la liste.")
                % {"name": row.name}
            )
    visible = set(rows.visible_to(by).filter(pk__in=pks).values_list("pk", flat=True))
    if by.user_id is not None and (hidden := [current[pk] for pk in pks if pk not in visible]):
        raise RuleBroken(
            _("« %(key)s » est privée : un garant l'ouvre à l'équipe avant de la réunir.") % {"key": hidden[0].key}
        )
    for pk in pks:
        if current[pk].version != versions.get(pk):
            raise StaleVersion(current[pk])
    return [current[pk] for pk in pks]


def _claimed(one: Organisation) -> list[Step]:
    """Take a record for this merge, and no other: its version moves, if it is still the one that was seen."""
    seen = one.version
    if not Organisation.objects.filter(pk=one.pk, version=seen, merged_into=None).update(version=seen + 1):
        raise StaleVersion(Organisation.objects.get(pk=one.pk))
    return [Step("moved", one._meta.label_lower, str(one.pk), "version", seen, seen + 1)]


def _new(territory: Territory, originals: Sequence[Organisation], choices: Mapping[str, str]) -> Organisation:
    """Compose the new record, not saved. Raises RuleBroken when the chosen values do not hold together."""
    try:
        values = fields.chosen_values(originals, choices)
    except KeyError as error:
        raise RuleBroken(_("Une valeur choisie vient d'une autre fiche : choisir à nouveau.")) from error
    pks = {one.pk for one in originals}
    values["parent_id"] = _parent_outside(values.get("parent_id"), pks)
    confirmed = [one.confirmed_on for one in originals if one.confirmed_on]
    archived = [one.archived_on for one in originals if one.archived_on]
    positions = [one.position for one in originals if one.position is not None]
    result = Organisation(
        territory=territory,
        key=free_keys(territory, [values["name"]])[0],
        position=min(positions, default=None),
        confirmed_on=max(confirmed, default=None),
        archived_on=max(archived) if len(archived) == len(originals) else None,
        **values,
    )
    for column in result._meta.concrete_fields:
        if isinstance(column, EdtfField):
            column.pre_save(result, add=True)  # the constraints read its derived columns
    try:
        result.validate_constraints()
    except ValidationError as error:
        raise RuleBroken(" ".join(error.messages)) from error
    return result


def _parent_outside(parent: UUID | None, pks: set[UUID]) -> UUID | None:
    """Give the parent, unless it is one of the records, or a branch of one."""
    seen: set[UUID] = set()
    above = parent
    while above and above not in seen:
        if above in pks:
            return None
        seen.add(above)
        above = Organisation.objects.filter(pk=above).values_list("parent_id", flat=True).first()
    return parent


def _is_left(table: repointing.Table, column: str, row: Any, kept: str) -> bool:
    """Whether a row stays with its record, because the list of another one was chosen."""
    chosen = any(part.is_chosen and (part.table, part.column) == (table, column) for part in fields.part_lists())
    return chosen and str(getattr(row, column)) != kept


def _named(result: Organisation, originals: Sequence[Organisation]) -> list[Step]:
    """Keep each name once, and the names of the originals as variants, so that searching any finds the new record."""
    steps: list[Step] = []
    known: set[tuple[str, str]] = set()
    rows = list(OrganisationName.objects.filter(organisation=result).order_by("position", "pk"))
    for row in rows:
        if (row.name, row.sort) in known or (row.name == result.name and row.sort == NameSort.VARIANT):
            steps += repointing.set_aside(row)
        known.add((row.name, row.sort))
    said = {result.name, *(name for name, _sort in known)}
    for place, name in enumerate(dict.fromkeys(one.name for one in originals if one.name not in said)):
        row = OrganisationName(organisation=result, name=name, sort=NameSort.VARIANT, position=len(rows) + place)
        steps.append(repointing.make(row))
    return steps


def _check_lineage(territory: Territory, result: Organisation) -> None:
    """Refuse a merge after which an organisation would succeed itself."""
    ties: Any = Tie.objects.of(territory)
    lineage = ties.filter(kind__family=TieFamily.LINEAGE).values_list("origin_id", "target_id")
    circle = cycle_in((str(origin), str(target)) for origin, target in lineage)
    if circle and str(result.pk) in circle:
        raise RuleBroken(
            _(
                "Ces fiches se succèdent par d'autres fiches : les réunir ferait tourner la généalogie en rond. Corriger d'abord les liens de succession."
            )
        )


def _settle_pairs(territory: Territory, result: Organisation, pks: set[UUID], by: Actor) -> list[Step]:
    """Close the pairs among the merged records, and hand on those with others: decided ones stay decided.

    The new pairs go with the new record; only what happens to the closed ones needs telling.
    """
    steps: list[Step] = []
    onward: dict[UUID, Candidate] = {}
    at = now()
    rows = Candidate.objects.filter(Q(first__in=pks) | Q(second__in=pks)).order_by("pk")
    for pair in rows:
        if pair.first_id in pks and pair.second_id in pks:
            steps += repointing.change(
                pair, state=State.MERGED, decided_by=by.user_id, decided_at=at, decided_score=pair.score
            )
        elif pair.state != State.MERGED:
            other = pair.second_id if pair.first_id in pks else pair.first_id
            known = onward.get(other)
            if known is None or FIRM.index(pair.state) > FIRM.index(known.state):
                onward[other] = pair
    for other, pair in onward.items():
        first, second = sorted((result.pk, other))
        Candidate.objects.create(
            territory=territory, first_id=first, second_id=second, score=pair.score, reasons=pair.reasons, state=pair.state,
            decided_by=pair.decided_by, decided_at=pair.decided_at, decided_score=pair.decided_score,
        )  # fmt: skip
    return steps


FIRM: list[str] = [State.OPEN, State.IGNORED, State.DISTINCT]
"""When two pairs become one, the firmest decision holds."""


def _journal(
    territory: Territory, result: Organisation, originals: Sequence[Organisation], steps: Sequence[Step], by: Actor
) -> Merge:
    done = Merge.objects.create(
        territory=territory, result=result.pk, key=result.key, name=result.name, merged_by=by.user_id,
        originals=[
            {"id": str(one.pk), "key": one.key, "name": one.name, "visibility": one.visibility} for one in originals
        ],
    )  # fmt: skip
    MergeStep.objects.bulk_create(
        [
            MergeStep(
                merge=done, place=place, did=step.did, table=step.table, row=step.row, column=step.column, old=step.old, new=step.new
            )
            for place, step in enumerate(steps)
        ],
        batch_size=500,
    )  # fmt: skip
    return done


def _tell(records: Iterable[Record], steps: Iterable[Step]) -> None:
    """Tell again the records, what was moved, and all whose facts named them."""
    records = list(records)
    refs = [(one.KIND, one.pk) for one in records if isinstance(one, Organisation)]
    everyone = [*records, *repointing.touched(steps), *repointing.tellers_of(refs)]
    facts.refresh(*{(type(one), one.pk): one for one in everyone}.values())
