"""`terreau import`: a file of structures, from its reading to its report."""

import argparse
import sys
import time

from django.core.files import File
from django.utils.translation import gettext as _

from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

MOST_TOLD = 20
"""Problems printed; the page of the import lists them all."""


def run(territory: Territory, arguments: argparse.Namespace) -> int:
    """Import a file whole, or only preview it; print what was left and refused. Gives 1 when a row was refused."""
    from terreau.opendata import services  # noqa: PLC0415 -- slow import
    from terreau.opendata.queries import batches as queries  # noqa: PLC0415 -- slow import

    # The command line acts with the rights of the team of this territory, and of no other; the audit names no account.
    actor = Actor(name="terreau", roles={territory.pk: frozenset({"animator"})})
    started = time.perf_counter()
    try:
        with arguments.file.open("rb") as file:
            batch = services.open_import(
                territory, by=actor, file=File(file, name=arguments.file.name), source=arguments.source
            )
    except OSError as error:
        message = _("« %(path)s » ne se lit pas : donner le chemin d'un fichier.")
        raise RuleBroken(message % {"path": arguments.file}) from error
    (services.preview if arguments.dry_run else services.run)(batch, by=actor)
    page = queries.batch_page(batch)
    if page.failure:
        raise RuleBroken(page.failure)
    for column, why in page.unread:
        print(_("colonne non lue : %(name)s (%(why)s)") % {"name": column.name, "why": why})
    for line in page.refused_lines[:MOST_TOLD]:
        print(f"{line.row}: {line.column}: {line.message}", file=sys.stderr)
    counts = {name: getattr(batch, name) for name in batch.COUNTS}
    told = (
        _("%(read_count)s lignes lues : %(created_count)s fiches à créer, %(linked_count)s reconnues, %(changed_count)s à relire, %(unchanged_count)s inchangées, %(doubtful_count)s ressemblances, %(refused_count)s refusées")
        if arguments.dry_run
        else _("%(read_count)s lignes lues : %(created_count)s fiches créées, %(linked_count)s reconnues, %(changed_count)s à relire, %(unchanged_count)s inchangées, %(doubtful_count)s ressemblances, %(refused_count)s refusées")
    )  # fmt: skip
    print(told % counts + f" ({time.perf_counter() - started:.1f} s)")
    return 1 if batch.refused_count else 0
