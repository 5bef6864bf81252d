"""Resources in a dossier: `ressources.yaml`, and each file beside it, as `ressources/<id>/<fichier>`."""

import datetime as dt
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field

from terreau.directory.enums import Licence, ResourceSort
from terreau.directory.models import Resource
from terreau.directory.services.resources import RESERVED
from terreau.kernel import dossier as d
from terreau.kernel import files
from terreau.kernel.errors import RuleBroken

FOLDER = "ressources"


class ResourceDoc(d.RecordDoc):
    titre: Annotated[d.Text, d.Column("title")]
    type: Annotated[ResourceSort, d.Column("sort")]
    resume: Annotated[d.Text | None, d.Column("summary")] = None
    auteurs: Annotated[d.Strings, d.Column("authors")] = []
    organisations: Annotated[list[d.Slug], d.Keys("organisations", "organisation")] = []
    themes: Annotated[list[d.Slug], d.Keys("themes", "theme")] = []
    parution: Annotated[d.EdtfValue | None, d.Column("published")] = None
    langue: Annotated[d.Text, d.Column("language", quiet=True)] = "fr"
    licence: Annotated[Licence | None, d.Column("licence")] = None
    conditions: Annotated[d.Text | None, d.Column("licence_note")] = None
    url: Annotated[d.Text | None, d.Column("url")] = None
    fichier: Annotated[d.Text | None, d.Column("file_name")] = None
    sha256: Annotated[str | None, Field(pattern=r"^[0-9a-f]{64}$"), d.Column("sha256")] = None
    duree_minutes: Annotated[int | None, d.Column("duration_minutes")] = None
    transcription: Annotated[d.Text | None, d.Column("transcript")] = None
    valable_jusqu_au: Annotated[dt.date | None, d.Column("expires_on")] = None
    source: Annotated[d.Slug | None, d.Key("source", "source")] = None
    sources: d.Sources = []
    contradictions: d.Disputes = []


def check_files(folder: d.Folder) -> Iterator[d.Problem]:
    """Refuse a resource that is nowhere, and a file that is missing, is not what is said, or may not be kept.

    Writes the fingerprint of a file in its document when the dossier does not say it.
    """
    for place, document in enumerate(folder.of(FOLDER)):
        if document.id in RESERVED:
            message = _("« %(key)s » est une adresse du site : en choisir un autre.")
            yield _problem(place, "id", message % {"key": document.id})
        if not (document.url or document.fichier or document.transcription):
            yield _problem(
                place, "id", _("une ressource a une adresse (url), un fichier ou une transcription : en écrire un.")
            )
        if document.sha256 and not document.fichier:
            yield _problem(
                place, "sha256", _("cette empreinte est celle d'un fichier : écrire son nom à la clé « fichier ».")
            )
        if document.fichier and folder.directory:
            yield from _check_one(folder.directory, document, place)


def _check_one(directory: Path, document: Any, place: int) -> Iterator[d.Problem]:
    path = path_of(directory, document.id, document.fichier)
    try:
        if path.name == document.fichier and path.resolve().is_relative_to(directory.resolve()) and path.is_file():
            with path.open("rb") as file:
                found = files.checked(file, document.fichier)
        else:
            message = _("aucun fichier %(path)s dans le dossier : l'y mettre, ou retirer la clé.")
            yield _problem(place, "fichier", message % {"path": f"{FOLDER}/{document.id}/{document.fichier}"})
            return
    except RuleBroken as error:
        yield _problem(place, "fichier", error.message)
        return
    if found.name != document.fichier:
        message = _("ce fichier est en réalité un %(kind)s : le nommer « %(name)s ».")
        yield _problem(place, "fichier", message % {"kind": found.kind.name, "name": found.name})
    elif document.sha256 is None:
        document.sha256 = found.sha256
    elif document.sha256 != found.sha256:
        message = _(
            "le fichier a changé : son empreinte est maintenant %(found)s ; l'écrire ici, ou remettre l'ancien fichier."
        )
        yield _problem(place, "sha256", message % {"found": found.sha256})


def _problem(place: int, key: str, message: str) -> d.Problem:
    return d.Problem(f"{FOLDER}.yaml", 1, message, (place, key))


def path_of(directory: Path, key: str, name: str) -> Path:
    return directory / FOLDER / key / name


class FilesBeside:
    """The files of resources, in the folder of the dossier."""

    def store(self, directory: Path, rows: Iterable[Resource]) -> None:
        """Keep the file of each row that was written, and say what it is; forget what was said of one that left."""
        for row in rows:
            values: dict[str, Any] = {"media_type": "", "size": None, "content": ""}
            if row.sha256:
                with path_of(directory, row.key, row.file_name).open("rb") as file:
                    found = files.checked(file, row.file_name)
                    files.keep(found)
                    text = files.extract(file, found.kind.media_type)
                values = {"media_type": found.kind.media_type, "size": found.size, "content": text}
            Resource.objects.filter(pk=row.pk).update(**values)

    def dump(self, territory: Any, directory: Path) -> None:
        """Write every file of a territory, whatever its visibility: the caller checks who may dump."""
        for row in Resource.objects.filter(territory=territory).exclude(sha256="").order_by("key"):
            path = path_of(directory, row.key, row.file_name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with files.open_kept(row.sha256) as file, path.open("wb") as copy:
                shutil.copyfileobj(file, copy)


d.register(
    d.Section(
        FOLDER, FOLDER, ResourceDoc, Resource,
        gettext_lazy("La bibliothèque : guides, outils, publications, enregistrements. Le fichier d'une ressource est dans ressources/<id>/."),
        checks=(check_files,), beside=FilesBeside(),
    ),
)  # fmt: skip
