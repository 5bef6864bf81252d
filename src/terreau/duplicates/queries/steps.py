"""The journal of a merge, read back and counted."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from terreau.directory.models import Organisation
from terreau.duplicates.models import Candidate, Merge, MergeStep
from terreau.duplicates.queries.fields import part_lists
from terreau.duplicates.queries.wording import one_of
from terreau.kernel.errors import RuleBroken
from terreau.kernel.repointing import Obstacle, Step, obstacles

ORGANISATION = Organisation._meta.label_lower


def steps_of(done: Merge) -> list[Step]:
    """Give the journal of a merge, in order. One query."""
    rows = MergeStep.objects.filter(merge=done).order_by("place")
    return [Step(row.did, row.table, row.row, row.column, row.old, row.new) for row in rows]  # type: ignore[arg-type]


def moved_rows(steps: Iterable[Step]) -> dict[str, int]:
    """Count the rows that a merge moved, by table; neither the merged records themselves nor their pairs."""
    steps = list(steps)
    out = {(step.table, step.row) for step in steps if step.did == "aside"}
    originals = {step.row for step in steps if step.table == ORGANISATION and step.column == "visibility"}
    rows = {
        (step.table, step.row)
        for step in steps
        if step.did == "moved" and step.table != Candidate._meta.label_lower and step.row not in originals
    }
    counts: dict[str, int] = {}
    for table, _row in sorted(rows - out):
        counts[table] = counts.get(table, 0) + 1
    return counts


def aside_rows(steps: Iterable[Step]) -> list[Step]:
    """Give what a merge set aside, but for rows of lists that both sides had alike: they are kept once."""
    own = {part.table._meta.label_lower for part in part_lists()}
    return [step for step in steps if step.did == "aside" and step.table not in own]


def result_of(done: Merge) -> Organisation:
    """Give the record that a merge made. Raises RuleBroken when it is no more, or became another one since."""
    result = Organisation.objects.filter(pk=done.result).select_related("merged_into").first()
    if result is None:
        raise RuleBroken(_("La fiche réunie n'existe plus : cette fusion ne peut plus être défaite."))
    if result.merged_into:
        raise RuleBroken(
            _("« %(name)s » a été réunie depuis à une autre fiche, « %(other)s » : défaire d'abord cette fusion-là.")
            % {"name": result.name, "other": result.merged_into.name}
        )
    return result


def losses(done: Merge) -> list[str]:
    """Say in words what undoing a merge would lose. A query for each table that it moved rows of, and two.

    Raises RuleBroken when the merge cannot be undone at all.
    """
    found = [_obstacle_words(obstacle) for obstacle in obstacles(steps_of(done))]
    if result_of(done).version != done.result_version:
        found.insert(0, _("la fiche réunie elle-même"))
    return sorted(set(found), key=found.index)


def _obstacle_words(obstacle: Obstacle) -> str:
    if obstacle.why == "gone":
        return _("%(what)s supprimé depuis") % {"what": one_of(obstacle.step.table)}
    return _("%(what)s changé depuis") % {"what": one_of(obstacle.step.table)}
