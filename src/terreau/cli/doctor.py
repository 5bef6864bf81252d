"""Deployment mistakes, each with an id that docs/reference/doctor.md explains."""

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Subquery
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from terreau.geography.models import Commune
from terreau.kernel import audit, files
from terreau.kernel.clock import now
from terreau.kernel.kinds import models_by_kind
from terreau.kernel.models import AuditEvent, Link, Record
from terreau.kernel.models.readmodel import Entry
from terreau.territory.models import Territory


@dataclass(frozen=True)
class Finding:
    """Something to mend: its id, what is wrong and the remedy, and whether the site cannot work properly with it."""

    id: str
    message: str
    is_error: bool = True


def examine() -> list[Finding]:
    """Run every check in order; the database is asked only once it answers."""
    findings = [finding for check in _ALONE for finding in check()]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        message = _("La base ne répond pas (%(error)s) : vérifier TERREAU_DATABASE et que le serveur tourne.")
        return [*findings, Finding("T010", message % {"error": str(error).strip()})]
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return [*findings, Finding("T011", _("Des migrations attendent : lancer « terreau manage migrate »."))]
    return findings + [finding for check in _WITH_DATABASE for finding in check()]


def _data_folder() -> Iterator[Finding]:
    folder = Path(settings.DATA_DIR)
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        yield Finding(
            "T001",
            _("Le dossier des données %(path)s n'existe pas ou ne s'écrit pas : le créer, ou changer TERREAU_DATA.")
            % {"path": folder},
        )


def _debug() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("T002", _("TERREAU_DEBUG est actif : le retirer, il montre l'intérieur du site en cas d'erreur."))


def _https() -> Iterator[Finding]:
    names = [host for host in settings.ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1", "[::1]"}]
    if names and not settings.HTTPS:
        yield Finding(
            "T003",
            _("Le site répond à %(names)s sans HTTPS : mettre TERREAU_HTTPS=1 derrière un serveur qui chiffre.")
            % {"names": ", ".join(names)},
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding("T004", _("TERREAU_HOSTS accepte n'importe quel nom (*) : écrire les noms du site."))


def _mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        message = _(
            "Les courriels s'affichent dans le terminal au lieu de partir : régler TERREAU_EMAIL_BACKEND et TERREAU_EMAIL_HOST."
        )
        yield Finding("T005", message, is_error=False)


def _sqlite() -> Iterator[Finding]:
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < (3, 34):
        yield Finding(
            "T006",
            _("SQLite %(version)s n'a pas la recherche par trigrammes : il faut la version 3.34.")
            % {"version": sqlite3.sqlite_version},
        )


def _audit_chains() -> Iterator[Finding]:
    for chain in AuditEvent.objects.order_by("chain").values_list("chain", flat=True).distinct():
        if (sequence := audit.broken_link(chain)) is not None:
            message = _(
                "Le journal des changements %(chain)s a été altéré à l'événement %(sequence)s : comparer avec une sauvegarde."
            )
            yield Finding("T020", message % {"chain": chain, "sequence": sequence})


def _dangling_links() -> Iterator[Finding]:
    kinds = models_by_kind()
    for kind in Link.objects.order_by("to_kind").values_list("to_kind", flat=True).distinct():
        known: Any = Subquery(kinds[kind]._default_manager.values("pk")) if kind in kinds else []
        if lost := Link.objects.filter(to_kind=kind).exclude(to_id__in=known).count():
            message = _(
                "%(count)s renvois vers « %(kind)s » ne mènent plus à rien : recharger le dossier ou les retirer."
            )
            yield Finding("T021", message % {"count": lost, "kind": kind})


def _read_model() -> Iterator[Finding]:
    for territory in Territory.objects.order_by("slug"):
        told = Entry.objects.filter(territory=territory, kind="organisation").count()
        model = models_by_kind().get("organisation")
        if model and issubclass(model, Record) and told != model.objects.filter(territory=territory).count():
            yield Finding(
                "T022",
                _("La recherche de %(name)s n'est plus en phase : lancer « terreau reindex ».")
                % {"name": territory.name},
            )


def _official_code() -> Iterator[Finding]:
    if not Commune.objects.exists():
        message = _("Le code officiel géographique n'est pas chargé : lancer « terreau geography ».")
        yield Finding("T023", message, is_error=False)


def _waiting_tasks() -> Iterator[Finding]:
    late = now() - dt.timedelta(hours=1)
    if waiting := DBTaskResult.objects.ready().filter(enqueued_at__lt=late).count():
        message = _(
            "%(count)s travaux attendent depuis plus d'une heure : lancer « terreau work », ou « terreau serve » sans --no-worker."
        )
        yield Finding("T024", message % {"count": waiting})


def _orphans() -> Iterator[Finding]:
    if count := sum(1 for _sha256 in files.orphans()):
        message = _(
            "%(count)s fichiers ne sont plus ceux d'aucune fiche : lancer « terreau files » pour libérer leur place."
        )
        yield Finding("T025", message % {"count": count}, is_error=False)


def _lost_files() -> Iterator[Finding]:
    if count := len(files.lost()):
        message = _("%(count)s fichiers de fiches manquent ou sont coupés : les reprendre d'une sauvegarde.")
        yield Finding("T026", message % {"count": count})


_ALONE: tuple[Callable[[], Iterator[Finding]], ...] = (_data_folder, _debug, _https, _mail, _sqlite)
_WITH_DATABASE: tuple[Callable[[], Iterator[Finding]], ...] = (
    _audit_chains,
    _dangling_links,
    _read_model,
    _official_code,
    _waiting_tasks,
    _orphans,
    _lost_files,
)
