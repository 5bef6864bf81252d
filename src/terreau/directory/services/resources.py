"""What may happen to a resource of the library: shared, corrected, its file replaced, said to be out of date."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.enums import Licence, ResourceSort
from terreau.directory.models import Organisation, Resource
from terreau.kernel import audit, facts, files, policy, versions
from terreau.kernel.clock import today
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.files import CheckedFile
from terreau.kernel.keys import fresh_key
from terreau.kernel.locks import hold
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory, Theme

SHAREABLE = frozenset({
    "title", "sort", "summary", "authors", "published", "language", "licence", "licence_note", "url", "duration_minutes", "transcript",
    "expires_on", "source", "visibility",
})  # fmt: skip
RESERVED = frozenset({"sources", "sigles", "ajouter"})
"""Words of addresses under `ressources/`."""
NO_FILE: Mapping[str, Any] = {"file_name": "", "media_type": "", "size": None, "sha256": "", "content": ""}
UNTOLD = "content"
"""Derived from the file, whose fingerprint the audit keeps."""


@dataclass(frozen=True)
class FileChange:
    """What becomes of the file of a resource: another one, or none any more."""

    upload: CheckedFile | None = None
    is_removed: bool = False

    @property
    def sha256(self) -> str:
        return self.upload.sha256 if self.upload else ""

    def columns(self) -> Mapping[str, Any]:
        """Keep the bytes and read the words of a new file, before any row names it; give what the row will say."""
        if self.upload is None:
            return NO_FILE if self.is_removed else {}
        files.keep(self.upload)
        return {
            "file_name": self.upload.name,
            "media_type": self.upload.kind.media_type,
            "size": self.upload.size,
            "sha256": self.upload.sha256,
            "content": files.extract(self.upload.file, self.upload.kind.media_type),
        }


def share_resource(
    *,
    territory: Territory,
    by: Actor,
    values: Mapping[str, Any],
    themes: Collection[Theme] = (),
    organisations: Collection[Organisation] = (),
    upload: CheckedFile | None = None,
) -> Resource:
    """Add a resource to the library.

    In order: policy, rules, bytes of the file and their words, then in one transaction: key, record, audit, facts.
    values: field of SHAREABLE → value (dates as Edtf or None). Raises NotAllowed, RuleBroken; no row is written then.
    """
    policy.require("directory.share", by, territory)
    resource = Resource(territory=territory, **_known(values))
    change = FileChange(upload)
    _check(resource, by, change, themes, organisations)
    columns = change.columns()
    with transaction.atomic():
        _refuse_twice(resource, change.sha256, by)
        for name, value in columns.items():
            setattr(resource, name, value)
        resource.key = fresh_key(territory, resource.title, otherwise="ressource", reserved=RESERVED)
        resource.save(force_insert=True)
        resource.themes.set(themes)
        resource.organisations.set(organisations)
        told = {
            name: [None, _plain(value)] for name, value in {**values, **columns}.items() if value not in ("", None, [])
        }
        told |= {"themes": [[], _keys(themes)], "organisations": [[], _keys(organisations)]}
        told.pop(UNTOLD, None)
        audit.record(by, "directory.share", resource, told)
        facts.refresh(resource)
    return resource


def update_resource(
    resource: Resource,
    *,
    by: Actor,
    version: int,
    values: Mapping[str, Any],
    themes: Collection[Theme] | None = None,
    organisations: Collection[Organisation] | None = None,
    file: FileChange = FileChange(),
) -> dict[str, list[Any]]:
    """Correct a resource, replace or remove its file.

    In order: policy, rules, bytes of the new file, then in one transaction: guarded version, themes and organisations
    (None to leave them), audit, facts; once committed, the bytes that nothing holds any more are taken away. The audit
    keeps the name and the fingerprint of what was there. When nothing changes, nothing is written.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; no row is written then.
    """
    policy.require("directory.share", by, resource)
    before = Resource.objects.get(pk=resource.pk)
    wanted = Resource.objects.get(pk=resource.pk)
    for name, value in _known(values).items():
        setattr(wanted, name, value)
    _check(wanted, by, file, themes or (), organisations or (), was=before.visibility)
    columns = file.columns()
    with transaction.atomic():
        _refuse_twice(resource, file.sha256, by)
        many: dict[str, list[Any]] = {}
        for name, chosen in (("themes", themes), ("organisations", organisations)):
            kept = _keys(getattr(resource, name).all())
            if chosen is not None and kept != _keys(chosen):
                many[name] = [kept, _keys(chosen)]
        written = versions.save(resource, seen=version, changes={**values, **columns}, force=bool(many))
        for name, chosen in (("themes", themes), ("organisations", organisations)):
            if name in many:
                getattr(resource, name).set(chosen)
        written.pop(UNTOLD, None)
        written |= many
        if written:
            audit.record(by, "directory.share", resource, written)
            facts.refresh(resource)
        if "sha256" in written:
            files.forget_unheld(before.sha256)
    return written


def expire_resource(resource: Resource, *, by: Actor, version: int) -> dict[str, list[Any]]:
    """Say that a resource is out of date from today on: it stays readable, after those that still hold.

    Raises NotAllowed, RuleBroken when it is already, StaleVersion.
    """
    if resource.is_expired:
        raise RuleBroken(_("Cette ressource n'est déjà plus à jour : il n'y a rien à faire."))
    yesterday = today() - dt.timedelta(days=1)
    return update_resource(resource, by=by, version=version, values={"expires_on": yesterday})


def _known(values: Mapping[str, Any]) -> Mapping[str, Any]:
    if unknown := set(values) - SHAREABLE:
        raise ValueError(unknown)
    return values


def _check(
    resource: Resource,
    by: Actor,
    file: FileChange,
    themes: Collection[Theme],
    organisations: Collection[Organisation],
    *,
    was: str = "",
) -> None:
    if not resource.title.strip():
        raise RuleBroken(_("Une ressource porte un titre : l'écrire."), field="title")
    if resource.sort not in ResourceSort or (resource.licence and resource.licence not in Licence):
        raise RuleBroken(_("Ce type ou cette licence n'existe pas : choisir dans la liste."), field="sort")
    will_hold = bool(file.upload) or (bool(resource.sha256) and not file.is_removed)
    if not (will_hold or resource.url or resource.transcript.strip()):
        message = _(
            "Une ressource se trouve quelque part : joindre un fichier, ou écrire une adresse ou une transcription."
        )
        raise RuleBroken(message, field="upload")
    if resource.url:
        try:
            URLValidator(schemes=["http", "https"])(resource.url)
        except ValidationError as error:
            message = _("« %(url)s » n'est pas une adresse du Web : elle commence par https:// ou http://.")
            raise RuleBroken(message % {"url": resource.url[:100]}, field="url") from error
    home = resource.territory_id
    if any(one.territory_id != home for one in (*themes, *organisations, *filter(None, [resource.source]))):
        raise RuleBroken(
            _("Un thème, une organisation ou une source vient d'un autre territoire : choisir parmi ceux d'ici.")
        )
    if resource.visibility == Visibility.PRIVATE != was and not policy.allows("directory.make_private", by, resource):
        raise RuleBroken(
            _("Seuls les garants du territoire rendent une fiche privée : choisir une autre visibilité."),
            field="visibility",
        )


def _refuse_twice(resource: Resource, sha256: str, by: Actor) -> None:
    """Refuse a file that another resource of the territory holds, naming it when the actor may see it."""
    if not sha256:
        return
    hold(f"resources.{resource.territory_id}")
    same = Resource.objects.filter(territory=resource.territory, sha256=sha256).exclude(pk=resource.pk)
    if other := same.visible_to(by).order_by("pk").first():
        message = _(
            "Ce fichier est déjà celui de la ressource « %(title)s » : la compléter, ou choisir un autre fichier."
        )
        raise RuleBroken(message % {"title": other.title}, field="upload")
    if same.exists():
        message = _("Ce fichier est déjà celui d'une ressource privée : demander aux garants du territoire.")
        raise RuleBroken(message, field="upload")


def _keys(records: Collection[Any]) -> list[str]:
    return sorted(record.key for record in records)


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, list)) else str(value)
