"""Going back on a change: what was said before is said again, through the same door as any correction."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from terreau.directory.models import Organisation
from terreau.directory.services import Applied, Suggested, plain_values, submit_change
from terreau.directory.services.plain_values import WRITABLE, as_arguments, same
from terreau.kernel import policy
from terreau.kernel.errors import RuleBroken
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import Actor


def revertible(event: AuditEvent) -> list[str]:
    """Give the fields that going back on an event would write; none for what is not a correction."""
    return sorted(set(event.changes) & WRITABLE) if event.action == "directory.change" else []


def overtaken(organisation: Organisation, event: AuditEvent) -> list[str]:
    """Give the fields of an event that somebody changed again since. Few queries, by field."""
    said = plain_values(organisation, revertible(event))
    return [
        name
        for name in said
        if not same(said[name], event.changes[name][1]) and not same(said[name], event.changes[name][0])
    ]


def revert(
    organisation: Organisation, event: AuditEvent, *, by: Actor, version: int, is_sure: bool = False
) -> Applied | Suggested:
    """Say again what a page said before a change. A manager's waits for the team where the territory reads first.

    version: that of the page as it was shown. is_sure: go back even on fields that were changed again since.
    Raises NotAllowed, RuleBroken (not a correction of this page, fields changed since), StaleVersion.
    """
    policy.require("directory.change", by, organisation)
    fields = revertible(event)
    if (event.kind, event.record_id) != (organisation.KIND, organisation.pk) or not fields:
        raise RuleBroken(_("Ce changement ne peut pas être repris : corriger la fiche à la main."))
    if not is_sure and overtaken(organisation, event):
        raise RuleBroken(_("Des champs ont changé à nouveau depuis : comparer, puis confirmer."), field="is_sure")
    day = date_format(localtime(event.at), "j F Y")
    before = {name: event.changes[name][0] for name in fields}
    why = _("Retour à ce qui était écrit avant le %(day)s.") % {"day": day}
    return submit_change(organisation, by=by, version=version, **as_arguments(before), why=why)
