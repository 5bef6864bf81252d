"""What is not known yet about an organisation, and where it can be answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from terreau.directory import ports
from terreau.directory.models import Organisation
from terreau.directory.queries.detail.rows import PageRows
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import GapLine, Surroundings, ref


@dataclass(frozen=True)
class Question:
    """Something to find out. url: where it is told at length; answer_url: where this reader may answer it."""

    key: str
    text: str | Promise
    url: str = ""
    ask: str = ""
    answer: str = ""
    answer_url: str = ""


MISSING: dict[str, str | Promise] = {
    "creation": _("Quand a-t-elle été créée ?"),
    "adresse": _("Où la trouver ?"),
    "description": _("Que fait-elle, en quelques phrases ?"),
    "contact": _("Comment la joindre ?"),
    "emplois": _("Combien de personnes y travaillent ?"),
}
"""Plain questions that a page without the answer asks; their keys are those that `ports.gap_action` is given."""


def questions(
    reader: Actor, organisation: Organisation, rows: PageRows, around: Surroundings, records: Iterable[Any]
) -> list[Question]:
    """Give the gaps that were written about these records, each once, then what the page itself lacks.

    A page kept as memory, or that designates without naming, asks nothing by itself.
    """
    gaps = {line.key: line for record in records for line in around.gaps.get(ref(record), [])}
    asked = [_of_gap(reader, organisation, line) for line in gaps.values()]
    if organisation.archived_on or organisation.is_anonymous:
        return asked
    known = {
        "creation": organisation.start or organisation.start_note,
        "adresse": organisation.address or organisation.commune,
        "description": organisation.summary or organisation.description,
        "contact": organisation.email or organisation.telephone or organisation.site,
        "emplois": rows.staffing or organisation.end,
    }
    return asked + [
        Question(key, text, answer_url=ports.gap_action(reader, organisation, key))
        for key, text in MISSING.items()
        if not known[key]
    ]


def _of_gap(reader: Actor, organisation: Organisation, line: GapLine) -> Question:
    answer_url = "" if line.answer else ports.gap_action(reader, organisation, line.key)
    return Question(line.key, line.subject, line.url, line.ask, line.answer, answer_url)
