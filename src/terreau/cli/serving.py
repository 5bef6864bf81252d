"""Serving the site from one process group: static files gathered once, then granian."""

import hashlib
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connections
from django.urls import get_resolver
from django.utils.translation import gettext as _


def collect() -> None:
    """Gather and compress static files when they changed since the last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".terreau-stamp"
    wanted = _fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(wanted, encoding="utf-8")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            digest.update(f"{name} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def serve(host: str, port: int, workers: int, *, worker: bool = True) -> int:
    """Listen until interrupted. WSGI, not ASGI: ten times faster for this code (docs/decisions/0003).

    worker: with the worker of background tasks beside, in a process that ends with this one.

    The application is made before the workers are forked: they start at once and share its memory. No connection to
    the database goes through the fork.
    """
    from granian import Granian  # noqa: PLC0415 -- slow import
    from granian.constants import Interfaces  # noqa: PLC0415 -- slow import

    import_module("terreau.wsgi")
    get_resolver().url_patterns  # noqa: B018 -- reads every address, hence every view
    if worker:
        from terreau.cli import working  # noqa: PLC0415 -- slow import

        working.beside()
    connections.close_all()
    print(
        _("Terreau répond sur http://%(host)s:%(port)s/ (Ctrl+C pour arrêter)") % {"host": host, "port": port},
        flush=True,
    )
    Granian(
        "terreau.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers, blocking_threads=2,
        log_access=False, websockets=False,
    ).serve()  # fmt: skip
    return 0
