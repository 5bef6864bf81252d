"""What is compared: an organisation, or a row of a file not yet imported, as plain data."""

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Whoever may be met twice. Everything but `id` and `names` may be unsaid.

    id: any stable value, unique among what is compared (a UUID, the number of a row); its text breaks ties.
    names: the name first, then acronyms, former names, spellings. identifiers: (scheme, value), schemes as the
    directory writes them ("siren", "siret", "rna"...). commune: its name, commune_code: its INSEE code.
    point: longitude, latitude, WGS 84, of the address itself, not of the middle of its commune.
    parent: the id of the organisation that it is a branch of; tied: those of the organisations that ties join to it.
    """

    id: Hashable
    names: tuple[str, ...]
    identifiers: frozenset[tuple[str, str]] = frozenset()
    commune: str = ""
    commune_code: str = ""
    postcode: str = ""
    address: str = ""
    phones: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    parent: Hashable = None
    tied: frozenset[Hashable] = frozenset()
