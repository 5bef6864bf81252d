"""Pages that the rows of a file look like, weighed as duplicates are: names, places, telephones, sites, numbers."""

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from terreau.duplicates.pure.matching import Index
from terreau.duplicates.pure.profiles import Profile
from terreau.duplicates.services import index_of, propose_for
from terreau.opendata.pure.drafts import Draft
from terreau.territory.models import Territory

SCHEMES = ("siret", "siren", "rna", "data_inclusion")


class Lookalikes:
    """What a preview compares rows with. The pages of the territory are read once, when a row first asks."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory

    @cached_property
    def _index(self) -> Index:
        return index_of(self.territory)

    def of(self, drafts: Iterable[Draft]) -> dict[int, UUID]:
        """Give the page that each row looks most like, row → organisation; a row that looks like none is no key."""
        asked = list(drafts)
        if not asked or not self._index.profiles:
            return {}
        proposals = propose_for(self.territory, map(_profile, asked), index=self._index)
        return {draft.number: proposals[draft.number][0].organisation for draft in asked if draft.number in proposals}


def _profile(draft: Draft) -> Profile:
    values = draft.values

    def all_of(*names: str) -> tuple[str, ...]:
        return tuple(values[name] for name in names if values.get(name))

    located = values.get("longitude") is not None and values.get("latitude") is not None
    return Profile(
        id=draft.number,
        names=all_of("name", "acronym", "usage_name"),
        identifiers=frozenset((scheme, values[scheme]) for scheme in SCHEMES if values.get(scheme)),
        commune=values.get("commune", ""),
        commune_code=values.get("commune_code", ""),
        postcode=values.get("postcode", ""),
        address=values.get("address", ""),
        phones=all_of("telephone"),
        sites=all_of("site"),
        emails=all_of("email"),
        point=(values["longitude"], values["latitude"]) if located else None,
    )
