"""Functions held in an organisation: the same person is recognised elsewhere, and never named without consent."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from terreau.directory.models import Organisation, Role, Tie
from terreau.directory.queries.detail.rows import PageRows
from terreau.kernel.components import SourceLine
from terreau.kernel.enums import Certainty
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import DisputeLine, Surroundings, ref


@dataclass(frozen=True)
class SamePerson:
    """Another function of the same person. organisation: empty when it is held here too."""

    function: str
    start: Edtf | None
    end: Edtf | None
    organisation: str
    url: str


@dataclass(frozen=True)
class RoleLine:
    """A function held here. name: only a public one. elsewhere: the other functions that the same person holds."""

    key: str
    function: str
    name: str
    start: Edtf | None
    end: Edtf | None
    certainty: str
    note: str
    elsewhere: list[SamePerson]
    sources: list[SourceLine]
    disputes: list[DisputeLine]


def held_here(organisation: Organisation, rows: PageRows) -> list[Role]:
    return [role for role in rows.roles if role.organisation_id == organisation.pk]


def role_lines(organisation: Organisation, rows: PageRows, around: Surroundings) -> list[RoleLine]:
    """Give the functions held here, oldest first, each with what the same person holds elsewhere."""
    by_person: dict[Any, list[Role]] = defaultdict(list)
    for role in sorted(rows.roles, key=by_start):
        by_person[role.person_id].append(role)
    return [
        RoleLine(
            key=role.key, function=role.function, name=role.person.public_name, start=role.start, end=role.end, certainty=shown_certainty(role),
            note=role.note, elsewhere=[_same_person(other, role) for other in by_person[role.person_id] if other.pk != role.pk],
            sources=around.sources.get(ref(role), []), disputes=around.disputes.get(ref(role), []),
        )
        for role in sorted(held_here(organisation, rows), key=by_start)
    ]  # fmt: skip


def _same_person(other: Role, role: Role) -> SamePerson:
    is_here = other.organisation_id == role.organisation_id
    name, url = ("", f"#{other.key}") if is_here else (other.organisation.name, other.get_absolute_url())
    return SamePerson(other.function, other.start, other.end, name, url)


def by_start(record: Any) -> tuple[date, int, str]:
    """Sort by first possible day, what has no known start last, then in the order of the dossier."""
    return record.start_earliest or date.max, record.position or 0, record.key


def shown_certainty(record: Role | Tie) -> str:
    """Give the certainty when it is worth a mark: what is written is the rule."""
    return "" if record.certainty == Certainty.ESTABLISHED else record.certainty
