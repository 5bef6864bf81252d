"""What offers, purchases and distinctions tell the house."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from terreau.directory.facts.organisations import narrowest
from terreau.directory.models import Distinction, Organisation
from terreau.kernel import facts
from terreau.kernel.facts import Described, Teller, Told

DISTINGUISHED = "directory.distinction"


def describe_distinction(distinction: Distinction) -> Described:
    holder = distinction.organisation or distinction.initiative
    return Described(
        title=distinction.name, subtitle=str(holder), body=distinction.summary, visibility=_seen_with_all(distinction)
    )


def tell_distinction(distinction: Distinction) -> Iterator[Told]:
    if distinction.start:
        pks = (distinction.organisation_id, distinction.giver_id)
        who = tuple((Organisation.KIND, pk) for pk in pks if pk)
        yield Told(
            distinction.start, DISTINGUISHED, distinction.name, detail=distinction.summary, who=who,
            visibility=_seen_with_all(distinction),
        )  # fmt: skip


def _seen_with_all(distinction: Distinction) -> str:
    holder = distinction.organisation or distinction.initiative
    return narrowest(distinction, *filter(None, (holder, distinction.giver)))


def with_holders(rows: Any) -> Any:
    return rows.select_related("organisation__territory", "initiative__territory", "giver")


facts.register(
    Teller(Distinction, describe_distinction, tell_distinction, with_holders),
    sorts={DISTINGUISHED: _("Distinction")},
)
