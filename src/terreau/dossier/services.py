"""A whole territory in and out: check, load, dump. The command line, the demonstration and the tests pass here."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from terreau.directory.services import place
from terreau.kernel import audit, facts, policy
from terreau.kernel import dossier as d
from terreau.kernel.collecting import uncollected
from terreau.kernel.dossier.mapping import bound_fields
from terreau.kernel.locks import hold
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

DossierRefused = d.DossierRefused


@uncollected()
def check(directory: Path) -> list[d.Problem]:
    """Give every problem of a dossier, by file then line; none when it may be loaded. Reads no database."""
    return d.check(directory).problems


@uncollected()
def load(directory: Path, *, by: Actor, tell: Callable[[int, int], None] | None = None) -> tuple[Territory, d.Stored]:
    """Load a dossier, creating its territory when it is new.

    In one transaction: policy, checks, records, audit, places, facts. Loading the same dossier twice writes nothing
    the second time. Where the dossier and the tables differ, the dossier wins and the audit keeps what was there.
    Records with a key that the dossier does not hold are left as they are. tell: called with (records done, records
    to do).
    Raises DossierRefused, NotAllowed. Nothing is written when it raises.
    """
    policy.require("dossier.load", by)
    checked = d.check(directory)
    if checked.folder is None:
        raise DossierRefused(checked.problems)
    root = {bound: value for bound, value in _columns(checked.folder.root).items() if bound != "slug"}
    with transaction.atomic():
        hold(f"dossier.{checked.folder.slug}")
        territory, created = Territory.objects.get_or_create(slug=checked.folder.slug, defaults=root)
        moved = {
            name: [getattr(territory, name), value] for name, value in root.items() if getattr(territory, name) != value
        }
        if moved:
            Territory.objects.filter(pk=territory.pk).update(**root)
            territory.refresh_from_db()
        stored = d.Storer(territory, checked.folder, tell).store()
        if created or moved or stored.changes or stored.moved:
            head = audit.Change("dossier.load", territory, {"sha256": [None, fingerprint(directory)], **moved})
            audit.record_all(by, [head, *stored.changes], territory_id=territory.pk)
            place(territory)
            facts.rebuild(territory)
    return territory, stored


def dump(territory: Territory, directory: Path, *, by: Actor) -> list[Path]:
    """Write the dossier of a territory, in canonical form: the same records give the same bytes, in any language.

    Everything is written, private records included: only those who hold the territory may do it. Files of the format
    that have nothing left to say are removed; other files of the folder are left alone. Gives the files written.
    """
    policy.require("dossier.dump", by, territory)
    directory.mkdir(parents=True, exist_ok=True)
    contents = content(territory)
    written = []
    for file in d.file_models():
        path = directory / f"{file}.yaml"
        if file not in contents:
            path.unlink(missing_ok=True)
            continue
        path.write_text(d.file_text(_about(file), contents[file]), encoding="utf-8")
        written.append(path)
    for section in d.sections():
        if section.beside:
            section.beside.dump(territory, directory)
    return written


def content(territory: Territory) -> dict[str, dict[str, Any]]:
    """Give what each file of the dossier says, as plain values; a file without any record is left out."""
    dumper = d.Dumper(territory)
    files: dict[str, dict[str, Any]] = {"territoire": dumper.root_document()}
    for section in d.sections():
        documents = [document for _record, document in dumper.documents(section)]
        if not documents:
            continue
        content = files.setdefault(section.file, {"territoire": territory.slug})
        for name in section.inherits:
            shared = {document.get(name) for document in documents}
            if len(shared) == 1 and None not in shared:
                content[name] = shared.pop()
                documents = [{key: value for key, value in document.items() if key != name} for document in documents]
        *heads, last = section.path.split(".")
        for head in heads:
            content = content.setdefault(head, {})
        content[last] = documents[0] if section.single else documents
    return files


def fingerprint(directory: Path) -> str:
    """Give the SHA-256 of a dossier's files, names included, in lower-case hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted(directory.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _about(file: str) -> str:
    """Say what a file holds in the words of the sources, in French, whoever asks and whatever is compiled."""
    with translation.override(None):
        return "\n".join(
            dict.fromkeys(str(section.about) for section in d.sections() if section.file == file and section.about)
        )


def _columns(root: d.Doc) -> dict[str, Any]:
    return {
        bound.marker.attr: getattr(root, bound.name) or ""
        for bound in bound_fields(type(root))
        if isinstance(bound.marker, d.Column)
    }
