"""What may happen to an organisation."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from terreau.directory.facts import tellings_around
from terreau.directory.models import Organisation
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import EdtfError
from terreau.kernel.pure.periods import Period
from terreau.territory.models import Theme

CHANGEABLE = frozenset({"name", "summary", "start", "end", "commune", "site", "visibility"})


@transaction.atomic
def update_organisation(
    organisation: Organisation,
    *,
    by: Actor,
    version: int,
    changes: Mapping[str, Any],
    themes: Collection[Theme] | None = None,
) -> dict[str, list[Any]]:
    """Correct an organisation, and tell again all that names it.

    In order: policy, rules, record, themes, audit, facts. When nothing changes, nothing is written.
    changes: field of CHANGEABLE → new value (dates as Edtf or None). themes: the whole set, None to leave it.
    version: the one that the form was opened on.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("directory.change", by, organisation)
    if unknown := set(changes) - CHANGEABLE:
        raise ValueError(unknown)
    _check_name(changes.get("name", organisation.name))
    _check_period(changes.get("start", organisation.start), changes.get("end", organisation.end))
    if changes.get("visibility") == Visibility.PRIVATE != organisation.visibility and not policy.allows(
        "directory.make_private", by, organisation
    ):
        raise RuleBroken(
            _("Seuls les garants du territoire rendent une fiche privée : choisir une autre visibilité."),
            field="visibility",
        )
    before, after = _theme_keys(organisation.themes.all()), _theme_keys(themes) if themes is not None else None
    rethemed = after is not None and after != before
    written = versions.save(organisation, seen=version, changes=dict(changes), force=rethemed)
    if themes is not None and rethemed:
        _check_themes(organisation, themes)
        organisation.themes.set(themes)
        written["themes"] = [before, after]
    if written:
        audit.record(by, "directory.change", organisation, written)
        facts.refresh(organisation, *tellings_around(organisation))
    return written


def _check_name(name: str) -> None:
    if not name.strip():
        raise RuleBroken(_("Une organisation porte un nom : l'écrire."), field="name")


def _check_period(start: Any, end: Any) -> None:
    try:
        Period(start, end).check()
    except EdtfError as error:
        message = error.en if (get_language() or "fr").startswith("en") else error.fr
        raise RuleBroken(message, field="start" if start and start.is_interval else "end") from error


def _check_themes(organisation: Organisation, themes: Collection[Theme]) -> None:
    if any(theme.territory_id != organisation.territory_id for theme in themes):
        raise RuleBroken(_("Un thème vient d'un autre territoire : choisir parmi ceux d'ici."), field="themes")


def _theme_keys(themes: Any) -> list[str]:
    return sorted(theme.key for theme in themes)
