"""Many organisations at once, under the rules of one: what imports call."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from terreau.directory.enums import IdentifierScheme
from terreau.directory.models import Identifier, Nature, Organisation, OrganisationLink, OrganisationName, Staffing
from terreau.directory.pure.keys import LONGEST, RESERVED, free_key, key_of
from terreau.directory.services.organisations import CHANGEABLE, _check, _columns, _with_point
from terreau.directory.services.parts import IDENTIFIERS, NAMES, plain, read
from terreau.directory.services.places import locate
from terreau.kernel import audit, facts, policy
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import RuleBroken
from terreau.kernel.inserting import insert_all, new_row
from terreau.kernel.kinds import linkable_kinds, model_of
from terreau.kernel.locks import hold
from terreau.kernel.models import Citation, Link
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

FIRST_NUMBERS = 40
"""Numbered keys (association-2…) looked up at once for a name that is taken."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation to be. values: columns of CHANGEABLE. names, identifiers: rows of plain values, as for one."""

    name: str
    nature: Nature
    values: Row
    names: Sequence[Row] = ()
    identifiers: Sequence[Row] = ()


Made = Organisation | RuleBroken


def read_organisations(territory: Territory, *, by: Actor, drafts: Iterable[OrganisationDraft]) -> list[Made]:
    """Hold each draft against the rules, without writing: the organisation it would be, or the rule that it breaks.

    One query for the SIRETs of all. Raises NotAllowed.
    """
    policy.require("directory.create", by, territory)
    made: list[Made] = []
    for draft in drafts:
        try:
            made.append(_prepared(territory, by, draft))
        except RuleBroken as error:
            made.append(error)
    return _each_siret_once(territory, by, made)


@transaction.atomic
def create_organisations(territory: Territory, *, by: Actor, drafts: Iterable[OrganisationDraft]) -> list[Made]:
    """Open a page for each draft, in order; one that breaks a rule gives its RuleBroken in its place, and is not made.

    The same rules, audit and facts as `create_organisation`, in a number of queries that does not grow with the rows.
    Raises NotAllowed; nothing is written then.
    """
    made = read_organisations(territory, by=by, drafts=drafts)
    organisations = [one for one in made if isinstance(one, Organisation)]
    for organisation, key in zip(organisations, _keys(territory, [one.name for one in organisations]), strict=True):
        organisation.key = key
    locate(territory, organisations)
    insert_all(organisations)
    for rows in ("names", "identifiers"):
        insert_all([row for one in organisations for row in _rows(one, rows)])
    audit.record_all(by, (audit.Change("directory.create", one, _told(one)) for one in organisations))
    facts.tell(*organisations)
    return made


def _prepared(territory: Territory, by: Actor, draft: OrganisationDraft) -> Organisation:
    """Make the organisation of a draft in memory, its rows with it, as if they had been fetched. Raises RuleBroken."""
    columns = _columns(
        territory, {**draft.values, "name": draft.name, "nature": draft.nature, "visibility": Visibility.PUBLIC}
    )
    organisation = new_row(Organisation, {"territory_id": territory.pk})
    organisation.territory = territory
    _check(organisation, columns, by)
    for column, value in _with_point(organisation, columns).items():
        setattr(organisation, column, value)
    organisation.nature = draft.nature
    organisation._prefetched_objects_cache = {  # type: ignore[attr-defined]  # noqa: SLF001 -- what prefetch_related fills
        "names": read(NAMES, organisation, draft.names),
        "identifiers": read(IDENTIFIERS, organisation, draft.identifiers),
        "themes": [],
    }
    return organisation


def _rows(organisation: Organisation, name: str) -> list[Any]:
    """Give the rows that `_prepared` made, without the manager that a relation makes each time."""
    made: list[Any] = organisation._prefetched_objects_cache[name]  # type: ignore[attr-defined]  # noqa: SLF001 -- what `_prepared` filled
    return made


def _told(organisation: Organisation) -> dict[str, Any]:
    """Say what was written, as the audit of `create_organisation` does."""
    said: dict[str, Any] = {}
    for name in _SAID:
        if (value := getattr(organisation, name)) not in ("", None, [], False):
            said[name] = [None, value]
    said["nature"] = [None, organisation.nature.key]
    for rows in (NAMES, IDENTIFIERS):
        if lines := [plain(rows, line) for line in _rows(organisation, rows.name)]:
            said[rows.name] = [[], lines]
    return said


_SAID = sorted(CHANGEABLE - {"nature", "scale", "parent"})


def _each_siret_once(territory: Territory, by: Actor, made: list[Made]) -> list[Made]:
    """Refuse, as `check_alone` does, those whose SIRET a page already has; within the drafts, all but the first."""
    sirets = {
        number.value
        for one in made
        if isinstance(one, Organisation)
        for number in _rows(one, "identifiers")
        if number.scheme == IdentifierScheme.SIRET
    }
    if not sirets:
        return made
    hold(f"directory.numbers.{territory.pk}")
    # By the numbers, then by the pages: joined, SQLite would read every page of the territory.
    bearers = dict(
        Identifier.objects.filter(scheme=IdentifierScheme.SIRET, value__in=sirets)
        .order_by()
        .values_list("organisation_id", "value")
    )
    standing = Organisation.objects.filter(pk__in=bearers, territory=territory, merged_into=None).order_by()
    taken = {bearers[pk] for pk in standing.values_list("pk", flat=True)}
    found: list[Made] = []
    for one in made:
        own = (
            {n.value for n in _rows(one, "identifiers") if n.scheme == IdentifierScheme.SIRET}
            if isinstance(one, Organisation)
            else set()
        )
        if twice := own & taken:
            found.append(
                RuleBroken(
                    _(
                        "Le SIRET %(value)s est déjà celui d'une autre fiche : compléter cette fiche plutôt que d'en faire une autre."
                    )
                    % {"value": min(twice)},
                    field="identifiers",
                )
            )
        else:
            taken |= own
            found.append(one)
    return found


def _keys(territory: Territory, names: Sequence[str]) -> list[str]:
    """Give a free key for each name. A query for each table that has keys, again for each FIRST_NUMBERS of one name."""
    hold(f"directory.keys.{territory.pk}")
    wanted = [key_of(name) for name in names]
    taken = _existing(territory, set(wanted))
    times = Counter(wanted)
    found: list[str] = []
    sought = {key for key in times if key in taken or times[key] > 1 or key in RESERVED}
    free: Counter[str] = Counter()
    first = 2
    while sought:
        last = first + FIRST_NUMBERS
        numbered = {key: {_numbered(key, number) for number in range(first, last)} for key in sought}
        there = _existing(territory, {one for keys in numbered.values() for one in keys})
        taken |= there
        free.update({key: len(keys - there) for key, keys in numbered.items()})
        # A name borne so often that all these numbers may go: look further before giving one.
        sought = {key for key in sought if free[key] < times[key]}
        first = last
    for key in wanted:
        found.append(free_key(key, taken))
        taken.add(found[-1])
    return found


def _numbered(key: str, number: int) -> str:
    """Write a key as `free_key` does when it is taken: flac-2."""
    end = f"-{number}"
    return key[: LONGEST - len(end)].strip("-") + end


def _existing(territory: Territory, keys: set[str]) -> set[str]:
    """Give those of these keys that a record of the territory has. One query for each table, and each thousand keys."""
    found: set[str] = set()
    rest = iter(sorted(keys))
    tables: list[Any] = [model_of(kind)._meta for kind in linkable_kinds()]
    pk = Territory._meta.pk.get_db_prep_value(territory.pk, connection)
    with connection.cursor() as cursor:
        while some := list(islice(rest, 1000)):
            # By hand: the compiler would resolve each of the keys again for each of thirty tables.
            holes = ", ".join(["%s"] * len(some))
            for table in tables:
                name = connection.ops.quote_name(table.db_table)
                cursor.execute(f"SELECT key FROM {name} WHERE territory_id = %s AND key IN ({holes})", [pk, *some])  # noqa: S608 -- names of our tables
                found.update(key for (key,) in cursor.fetchall())
    return found


@transaction.atomic
def remove_untouched(
    territory: Territory, *, by: Actor, organisations: Collection[UUID], beside: Collection[type[models.Model]] = ()
) -> list[UUID]:
    """Take away pages that nobody touched since they were opened, and that nothing names; the others stay.

    beside: tables whose rows may point to them (SET_NULL) without being a reason to keep them.
    One query for each table that can name an organisation, whatever their number. Raises NotAllowed.
    """
    policy.require("directory.change", by, territory)
    rows = Organisation.objects.filter(
        territory=territory, pk__in=organisations, version=1, archived_on=None, confirmed_on=None
    )
    free = set(rows.filter(merged_into=None).order_by().values_list("pk", flat=True))
    for pointer in _pointers(beside):
        if not free:
            break
        free -= set(
            pointer.model._default_manager.filter(**{f"{pointer.name}__in": free})
            .order_by()
            .values_list(pointer.attname, flat=True)
        )
    cited = Citation.objects.filter(kind=Organisation.KIND, record_id__in=free).order_by()
    linked = Link.objects.filter(to_kind=Organisation.KIND, to_id__in=free)
    free -= {*cited.values_list("record_id", flat=True), *linked.order_by().values_list("to_id", flat=True)}
    doomed = list(Organisation.objects.filter(pk__in=free).select_related("territory"))
    events = [audit.Change("directory.remove", one, {"name": [one.name, None]}) for one in doomed]
    Organisation.objects.filter(pk__in=free).delete()
    audit.record_all(by, events, territory_id=territory.pk)
    facts.refresh(*doomed)
    return [one.pk for one in doomed]


def _pointers(beside: Collection[type[models.Model]]) -> list[Any]:
    """Give every column of the house that points to an organisation, but those of its own rows."""
    own = {OrganisationName, Identifier, OrganisationLink, Staffing, Organisation.themes.through, *beside}
    return [
        relation.field
        for relation in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in own
    ]
