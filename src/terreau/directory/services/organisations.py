"""What may happen to an organisation."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from terreau.directory.enums import PointOrigin
from terreau.directory.facts import tellings_around
from terreau.directory.models import Nature, Organisation
from terreau.directory.services.keys import check_key, free_keys
from terreau.directory.services.numbers import check_alone
from terreau.directory.services.parts import IDENTIFIERS, LINKS, NAMES, STAFFING, changed_parts, plain, read, write
from terreau.directory.services.places import PLACED, locate
from terreau.directory.services.themes import chosen_themes, theme_keys
from terreau.directory.services.values import by_keys, check_period, check_private, cleaned, refusal
from terreau.geography.pure.codes import is_commune_code
from terreau.kernel import audit, facts, policy, versions
from terreau.kernel.clock import today
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.locks import hold
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory, Theme

CHANGEABLE = frozenset({
    "name", "nature", "nature_is_deduced", "scale", "scale_is_deduced", "start", "start_note", "end", "parent", "legal_category", "activity_code",
    "activity_nomenclature", "address", "postcode", "commune", "commune_code", "longitude", "latitude", "point_origin", "activities", "summary",
    "description", "publics", "email", "telephone", "is_anonymous", "site", "note", "visibility",
})  # fmt: skip
"""Columns that a correction may write; the audit keeps each as [before, after], foreign keys by their key."""
PLACE = frozenset({"address", "postcode", "commune", "commune_code"})
MOST_PARENTS = 20
"""Levels above a branch: beyond, it is not a house any more."""

PlainRows = Iterable[Mapping[str, Any]]


@transaction.atomic
def create_organisation(
    territory: Territory, *, by: Actor, name: str, nature: Nature | str, values: Mapping[str, Any] = {},
    names: PlainRows = (), identifiers: PlainRows = (), links: PlainRows = (), staffing: PlainRows = (),
    themes: Collection[Theme | str] = (), visibility: str = Visibility.PUBLIC, key: str | None = None,
) -> Organisation:  # fmt: skip
    """Open a page for an organisation.

    In order: policy, rules, key, record, parts, themes, audit, facts.
    values: other columns of CHANGEABLE → value. names, identifiers, links, staffing: rows of plain values, whose
    columns are those of `services.parts`. key: made from the name unless given.
    Raises NotAllowed, RuleBroken; nothing is written then.
    """
    policy.require("directory.create", by, territory)
    columns = _columns(territory, {**values, "name": name, "nature": nature, "visibility": visibility})
    if key is not None:
        check_key(territory, key)
    organisation = Organisation(territory=territory, key=key or free_keys(territory, [columns["name"]])[0])
    _check(organisation, columns, by)
    for column, value in _with_point(organisation, columns).items():
        setattr(organisation, column, value)
    locate(territory, [organisation])
    given = {NAMES: names, IDENTIFIERS: identifiers, LINKS: links, STAFFING: staffing}
    made = {rows: read(rows, organisation, lines) for rows, lines in given.items()}
    check_alone(by, organisation, made[IDENTIFIERS])
    chosen = chosen_themes(territory, themes)
    organisation.save()
    for rows, lines in made.items():
        write(rows, organisation, lines)
    organisation.themes.set(chosen)
    said = {column: [None, value] for column, value in columns.items() if value not in ("", None, [], False)}
    written = by_keys(Organisation, said)
    written |= {rows.name: [[], [plain(rows, line) for line in lines]] for rows, lines in made.items() if lines}
    if chosen:
        written["themes"] = [[], theme_keys(chosen)]
    audit.record(by, "directory.create", organisation, written)
    facts.refresh(organisation)
    return organisation


@transaction.atomic
def update_organisation(
    organisation: Organisation, *, by: Actor, version: int, changes: Mapping[str, Any], themes: Collection[Theme | str] | None = None,
    names: PlainRows | None = None, identifiers: PlainRows | None = None, links: PlainRows | None = None,
    staffing: PlainRows | None = None, why: str = "",
) -> dict[str, list[Any]]:  # fmt: skip
    """Correct an organisation, and tell again all that names it.

    In order: policy, rules, record, parts, themes, audit, facts. When nothing changes, nothing is written.
    changes: field of CHANGEABLE → new value; dates as Edtf or text, other records themselves or their key.
    themes, names, identifiers, links, staffing: the whole list, None to leave it. Rows are plain values, as the audit
    keeps them: the `before` of an event is what brings a state back.
    version: the one that the form was opened on. why: a few words kept with the change.
    Gives what changed, field → [before, after]. Raises NotAllowed, RuleBroken, StaleVersion; nothing is written then.
    """
    policy.require("directory.change", by, organisation)
    _check_open(organisation)
    territory = organisation.territory
    columns = _columns(territory, changes)
    _check(organisation, columns, by)
    given = {NAMES: names, IDENTIFIERS: identifiers, LINKS: links, STAFFING: staffing}
    made = {rows: read(rows, organisation, lines) for rows, lines in given.items() if lines is not None}
    parts = changed_parts(organisation, made)
    if IDENTIFIERS.name in parts:
        check_alone(by, organisation, made[IDENTIFIERS])
    if themes is not None:
        chosen, before = chosen_themes(territory, themes), theme_keys(organisation.themes.all())
        if theme_keys(chosen) != before:
            parts["themes"] = [before, theme_keys(chosen)]
    changes = _placed(organisation, _with_point(organisation, columns))
    written = versions.save(organisation, seen=version, changes=changes, force=bool(parts))
    if not written and not parts:
        return {}
    for rows, lines in made.items():
        if rows.name in parts:
            write(rows, organisation, lines)
    if "themes" in parts:
        organisation.themes.set(chosen)
    written = {**by_keys(Organisation, written, apart={"cell"}), **parts}
    audit.record(by, "directory.change", organisation, {**written, "why": ["", why]} if why else written)
    facts.refresh(organisation, *tellings_around(organisation))
    return written


@transaction.atomic
def confirm_organisation(organisation: Organisation, *, by: Actor) -> None:
    """Say that a page is still true today. Its version does not move: whoever is writing on it meanwhile may go on.

    Said twice on one day, it is written once. Raises NotAllowed, RuleBroken (archived or merged).
    """
    policy.require("directory.confirm", by, organisation)
    _check_open(organisation)
    if organisation.archived_on:
        raise RuleBroken(_("Cette fiche est archivée : la rouvrir, puis la confirmer."))
    day = today()
    before = organisation.confirmed_on
    written = Organisation.objects.filter(pk=organisation.pk).exclude(confirmed_on=day).update(confirmed_on=day)
    organisation.confirmed_on = day
    if written:
        audit.record(by, "directory.confirm", organisation, {"confirmed_on": [before, day]})


@transaction.atomic
def archive_organisation(organisation: Organisation, *, by: Actor, version: int) -> None:
    """Keep a page as memory only: it stays at its address, says so, and is no longer asked about.

    Archived already, nothing is written. Raises NotAllowed, RuleBroken (merged), StaleVersion.
    """
    _put_away(organisation, by, version, {"archived_on": organisation.archived_on or today()}, "directory.archive")


@transaction.atomic
def unarchive_organisation(organisation: Organisation, *, by: Actor, version: int) -> None:
    """Open again a page that was kept as memory. Raises NotAllowed, RuleBroken (merged), StaleVersion."""
    _put_away(organisation, by, version, {"archived_on": None}, "directory.unarchive")


def _put_away(organisation: Organisation, by: Actor, version: int, changes: Mapping[str, Any], action: str) -> None:
    policy.require("directory.archive", by, organisation)
    _check_open(organisation)
    if written := versions.save(organisation, seen=version, changes=dict(changes)):
        audit.record(by, action, organisation, written)
        facts.refresh(organisation)


def _columns(territory: Territory, values: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(values) - CHANGEABLE:
        raise ValueError(unknown)
    return cleaned(Organisation, territory, values)


def _check(organisation: Organisation, columns: Mapping[str, Any], by: Actor) -> None:
    """Hold the rules that bear on several columns, each as it will be."""

    def will_be(column: str) -> Any:
        return columns.get(column, getattr(organisation, column))

    check_period(will_be("start"), will_be("end"))
    if (will_be("longitude") is None) != (will_be("latitude") is None):
        raise RuleBroken(_("Un point a une longitude et une latitude : donner les deux, ou aucune."), field="longitude")
    if (code := columns.get("commune_code")) and not is_commune_code(code):
        raise refusal(
            Organisation._meta.get_field("commune_code"),
            _("« %(code)s » n'est pas un code de commune.") % {"code": code},
        )
    check_private(organisation, columns, by)
    if columns.get("parent_id"):
        _check_no_circle(organisation, columns["parent_id"])


def _check_no_circle(organisation: Organisation, parent_id: Any) -> None:
    """Refuse a parent that is the organisation itself or one of its branches. One query per level; waits its turn."""
    hold(f"directory.branches.{organisation.territory_id}")
    above = parent_id
    for _level in range(MOST_PARENTS):
        if above == organisation.pk:
            raise RuleBroken(
                _(
                    "Une organisation n'est ni sa propre antenne, ni celle d'une de ses antennes : choisir un autre siège."
                ),
                field="parent",
            )
        above = Organisation.objects.filter(pk=above).values_list("parent", flat=True).first()
        if above is None:
            return
    raise RuleBroken(
        _("Il y a trop de niveaux au-dessus de cette antenne : choisir un siège plus haut."), field="parent"
    )


def _check_open(organisation: Organisation) -> None:
    if organisation.merged_into_id:
        raise RuleBroken(_("Cette fiche a été réunie à une autre : corriger celle qui a pris sa place."))


def _placed(organisation: Organisation, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns with the commune, point and cell that go with them. Two queries, none when nothing moves."""
    if not {*PLACE, *PLACED} & {name for name, value in columns.items() if getattr(organisation, name) != value}:
        return dict(columns)
    there = copy(organisation)
    for column, value in columns.items():
        setattr(there, column, value)
    locate(organisation.territory, [there])
    return {**columns, **{name: getattr(there, name) for name in PLACED}}


def _with_point(organisation: Organisation, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Give the columns with the point that goes with them: one given stays, one found from an address goes with it."""
    settled = dict(columns)
    if settled.get("longitude") is not None and not settled.get("point_origin"):
        settled["point_origin"] = PointOrigin.GIVEN
    elif "longitude" not in settled and organisation.point_origin not in ("", PointOrigin.GIVEN):
        moved = any(getattr(organisation, name) != settled[name] for name in PLACE & set(settled))
        settled |= {"longitude": None, "latitude": None, "point_origin": ""} if moved else {}
    if "longitude" in settled:
        settled["cell"] = None
    return settled
