"""Taking back a whole import: the pages that it opened and that nobody touched since."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.enums import SuggestionOrigin, SuggestionState
from terreau.directory.models import Suggestion
from terreau.directory.services.bulk import remove_untouched
from terreau.kernel import audit, policy
from terreau.kernel.clock import now
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.opendata.enums import BatchState
from terreau.opendata.models import ImportBatch, OutsideRecord

logger = logging.getLogger("terreau.opendata")
CHUNK = 500


@dataclass(frozen=True)
class Undone:
    """removed: pages taken away; kept: pages of this import that someone has touched, or that something names."""

    removed: int
    kept: int


@transaction.atomic
def undo(batch: ImportBatch, *, by: Actor) -> Undone:
    """Take away the pages that an import opened, untouched since, and what their source said of them.

    Pages touched since stay, and so does what the source says of pages that were there before; suggestions of the
    import that wait are withdrawn. Once: of two at a time, one does. Raises NotAllowed, RuleBroken.
    """
    policy.require("opendata.import", by, batch.territory)
    undoable = (BatchState.DONE, BatchState.WRITING, BatchState.FAILED)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=undoable).update(
        state=BatchState.UNDONE, finished_at=now()
    ):
        raise RuleBroken(_("Cet import n'a rien écrit, ou a déjà été annulé : actualiser la page."))
    was, batch.state = batch.state, BatchState.UNDONE
    Suggestion.objects.open().filter(batch=batch.pk, origin=SuggestionOrigin.IMPORT).update(
        state=SuggestionState.WITHDRAWN, decided_at=now(), decided_by_id=by.user_id
    )
    made = OutsideRecord.objects.filter(created_in=batch, made_organisation=True, organisation__isnull=False)
    total = removed = 0
    for chunk in _chunks(list(made.order_by("pk").values_list("organisation_id", flat=True))):
        total += len(chunk)
        gone = remove_untouched(batch.territory, by=by, organisations=chunk, beside={OutsideRecord})
        removed += len(gone)
    OutsideRecord.objects.filter(created_in=batch, organisation=None).delete()
    audit.record(by, "opendata.undo", batch, {"state": [was, batch.state], "removed": [0, removed]})
    logger.info("opendata.undo batch=%s removed=%s", batch.pk, removed)
    return Undone(removed, total - removed)


def _chunks(pks: Iterable[UUID | None]) -> Iterable[list[UUID]]:
    rest = iter([pk for pk in pks if pk])
    while some := list(islice(rest, CHUNK)):
        yield some
