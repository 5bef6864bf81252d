"""What each command does, once Django is ready."""

import argparse
import getpass
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from terreau.accounts import services as accounts
from terreau.accounts.models import User
from terreau.cli import importing, serving
from terreau.kernel import facts, files
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Territory

if TYPE_CHECKING:
    from terreau.geography.services import LoadedGeometry


def run(arguments: argparse.Namespace) -> int:
    """Run the command that was asked for; a refusal of the house is printed and gives 1."""
    try:
        return {
            "demo": _demo, "serve": _serve, "check": _check, "load": _load, "dump": _dump, "reindex": _reindex,
            "doctor": _doctor, "geography": _geography, "manage": _manage, "admin": _admin, "work": _work,
            "sectors": _sectors, "duplicates": _duplicates, "files": _files, "reminders": _reminders,
            "import": _import,
        }[arguments.command](arguments)  # fmt: skip
    except RuleBroken as error:
        print(error, file=sys.stderr)
        return 1


def migrate() -> None:
    """Bring the database up to date, quietly, when it is not; make the data folder of a new instance."""
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def progress(done: int, total: int) -> None:
    """Show how far a load is, on one line of the terminal."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(
            "\r" + _("%(done)s fiches sur %(total)s") % {"done": done, "total": total},
            end=end,
            file=sys.stderr,
            flush=True,
        )


def territory_named(slug: str) -> Territory:
    """Find a territory. Raises RuleBroken that names those that exist."""
    territory = Territory.objects.filter(slug=slug).first()
    if territory is None:
        known = ", ".join(Territory.objects.order_by("slug").values_list("slug", flat=True)) or _(
            "aucun pour l'instant"
        )
        raise RuleBroken(
            _("Aucun territoire « %(slug)s » ici ; territoires connus : %(known)s.") % {"slug": slug, "known": known}
        )
    return territory


def folder_named(directory: Path) -> Path:
    if not directory.is_dir():
        raise RuleBroken(
            _("« %(path)s » n'est pas un dossier : donner celui qui contient territoire.yaml.") % {"path": directory}
        )
    return directory


def _check(arguments: argparse.Namespace) -> int:
    from terreau.dossier import services as dossier  # noqa: PLC0415 -- slow import

    problems = dossier.check(folder_named(arguments.directory))
    for problem in problems:
        print(problem)
    if problems:
        print(_("%(count)s problème(s) à corriger ; rien n'a été écrit.") % {"count": len(problems)}, file=sys.stderr)
        return 1
    print(_("Le dossier est sain."))
    return 0


def _load(arguments: argparse.Namespace) -> int:
    from terreau.dossier import services as dossier  # noqa: PLC0415 -- slow import

    folder_named(arguments.directory)
    migrate()
    started = time.perf_counter()
    territory, stored = dossier.load(arguments.directory, by=SYSTEM, tell=progress)
    values = {
        "name": territory.name,
        "created": stored.created,
        "updated": stored.updated,
        "unchanged": stored.unchanged,
    }
    print(
        _("%(name)s : %(created)s fiches créées, %(updated)s modifiées, %(unchanged)s inchangées") % values
        + f" ({time.perf_counter() - started:.1f} s)"
    )
    return 0


def _dump(arguments: argparse.Namespace) -> int:
    from terreau.dossier import services as dossier  # noqa: PLC0415 -- slow import

    written = dossier.dump(territory_named(arguments.slug), arguments.directory, by=SYSTEM)
    print(_("%(count)s fichiers écrits dans %(path)s") % {"count": len(written), "path": arguments.directory})
    return 0


def _reindex(arguments: argparse.Namespace) -> int:
    migrate()
    territories = [territory_named(arguments.slug)] if arguments.slug else Territory.objects.order_by("slug")
    for territory in territories:
        started = time.perf_counter()
        counts = facts.rebuild(territory)
        print(
            _("%(name)s : %(count)s fiches relues") % {"name": territory.name, "count": sum(counts.values())}
            + f" ({time.perf_counter() - started:.1f} s)"
        )
    return 0


def _duplicates(arguments: argparse.Namespace) -> int:
    from terreau.duplicates import services as duplicates  # noqa: PLC0415 -- slow import

    migrate()
    territory = territory_named(arguments.slug)
    started = time.perf_counter()
    done = duplicates.search(territory, by=SYSTEM)
    values = {
        "name": territory.name,
        "compared": done.compared,
        "created": done.created,
        "updated": done.updated,
        "closed": done.closed,
        "open": done.open,
    }
    print(
        _(
            "%(name)s : %(compared)s fiches comparées ; %(created)s paires nouvelles, %(updated)s mises à jour, "
            "%(closed)s refermées ; %(open)s à examiner"
        )
        % values
        + f" ({time.perf_counter() - started:.1f} s)"
    )
    return 0


def _geography(arguments: argparse.Namespace) -> int:
    from terreau.geography import services as geography  # noqa: PLC0415 -- slow import

    migrate()
    if arguments.epci:
        return _tell_geometry(geography.fetch_geometry(arguments.epci), f"EPCI {arguments.epci}")
    if arguments.geometrie:
        if not arguments.source:
            raise RuleBroken(
                _("Dire d'où vient la géométrie : ajouter --source, par exemple --source « IGN Admin Express 2026 ».")
            )
        done = geography.load_points_and_shapes(arguments.geometrie, source=arguments.source)
        return _tell_geometry(done, str(arguments.geometrie))
    loaded = geography.load_code(arguments.departement)
    print(_("%(vintage)s : %(count)s lignes écrites") % {"vintage": loaded.vintage, "count": loaded.written})
    return 0


def _import(arguments: argparse.Namespace) -> int:
    migrate()
    return importing.run(territory_named(arguments.slug), arguments)


def _sectors(arguments: argparse.Namespace) -> int:
    """Load a file of sectors, or print what is wrong with it, line by line."""
    from terreau.directory import services as directory  # noqa: PLC0415 -- slow import

    migrate()
    territory = territory_named(arguments.slug)
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        message = _("« %(path)s » ne se lit pas : donner le chemin d'un fichier CSV.")
        raise RuleBroken(message % {"path": arguments.file}) from error
    loaded = directory.load_sectors(territory, content, by=SYSTEM, replace=arguments.remplacer)
    print("\n".join(directory.told_of_load(loaded)))
    return 0


def _tell_geometry(done: "LoadedGeometry", origin: str) -> int:
    """Say what was written, and what was left out."""
    for problem in done.problems:
        print(f"{origin}: {problem.index}: {problem.message} {problem.remedy}", file=sys.stderr)
    print(_("%(communes)s points et %(shapes)s contours écrits") % {"communes": done.communes, "shapes": done.shapes})
    return 1 if done.problems else 0


def _demo(arguments: argparse.Namespace) -> int:
    from terreau.cli import demo  # noqa: PLC0415 -- slow import

    migrate()
    logging.getLogger("terreau").setLevel(logging.WARNING)  # the accounts are told below, in words
    for line in demo.prepare(progress):
        print(line)
    return 0 if arguments.no_serve else _serve(arguments)


def _serve(arguments: argparse.Namespace) -> int:
    migrate()
    serving.collect()
    return serving.serve(arguments.host, arguments.port, arguments.workers, worker=not arguments.no_worker)


def _work(arguments: argparse.Namespace) -> int:
    from terreau.cli import working  # noqa: PLC0415 -- slow import

    migrate()
    return working.work(once=arguments.once)


def _admin(arguments: argparse.Namespace) -> int:
    """Ask for the password of a new account: hidden on a terminal, read from the standard input otherwise."""
    migrate()
    password = ""
    if not User.objects.filter(email=arguments.email.strip().lower()).exists():
        asked = _("Mot de passe du nouveau compte : ")
        password = getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    user = accounts.appoint_administrator(email=arguments.email, password=password, by=SYSTEM)
    print(_("%(email)s administre cette instance.") % {"email": user.email})
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    from terreau.cli import doctor  # noqa: PLC0415 -- slow import

    findings = doctor.examine()
    for finding in findings:
        print(f"{finding.id}  {finding.message}")
    if not findings:
        print(_("Tout va bien."))
    return 1 if any(finding.is_error for finding in findings) else 0


def _files(_arguments: argparse.Namespace) -> int:
    count = files.remove_orphans()
    print(_("%(count)s fichiers effacés : plus aucune fiche ne les tenait.") % {"count": count})
    return 0


def _reminders(arguments: argparse.Namespace) -> int:
    from terreau.upkeep.services import reminders  # noqa: PLC0415 -- slow import

    territories = [territory_named(arguments.slug)] if arguments.slug else Territory.objects.order_by("slug")
    for territory in territories:
        sent = reminders.remind_due(territory, by=SYSTEM, site=settings.TERREAU_URL)
        values = {
            "name": territory.name,
            "letters": sent.letters,
            "pages": len(sent.asked),
            "lost": len(sent.unreachable),
        }
        print(
            _("%(name)s : %(letters)s lettres pour %(pages)s fiches ; %(lost)s fiches sans adresse où écrire") % values
        )
    print(_("%(count)s adresses devenues inutiles, effacées") % {"count": reminders.forget(by=SYSTEM)})
    return 0


def _manage(arguments: argparse.Namespace) -> int:
    execute_from_command_line(["terreau manage", *arguments.rest])
    return 0
