"""One organisation as the feeds know it, whatever the format that tells it. Everything in it is public."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the territory's vocabulary: its key, and how people read it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, WGS 84. origin: `adresse`, `commune` (the middle of the commune) or `donnee`; empty when unsaid."""

    longitude: float
    latitude: float
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A public organisation. Texts are empty when nothing is known; lists keep the order of the record.

    path: its page, without the host. numbers: (register, value), those that are surely over left out.
    start, end: imprecise dates as EDTF texts. confirmed_on: last day on which someone concerned said that it is true.
    """

    key: str
    path: str
    name: str
    other_names: tuple[str, ...]
    is_anonymous: bool
    nature: Word | None
    nature_is_deduced: bool
    scale: Word | None
    themes: tuple[Word, ...]
    numbers: tuple[tuple[str, str], ...]
    start: str
    end: str
    address: str
    postcode: str
    commune: str
    commune_code: str
    point: Point | None
    summary: str
    description: str
    activities: tuple[str, ...]
    email: str
    telephone: str
    site: str
    created_at: dt.datetime
    updated_at: dt.datetime
    confirmed_on: dt.date | None

    def number(self, register: str) -> str:
        """Give its first number in a register, empty when it has none."""
        return next((value for scheme, value in self.numbers if scheme == register), "")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a feed. base: host of the site, without a final slash. source: its name among harvesters."""

    name: str
    slug: str
    base: str

    @property
    def source(self) -> str:
        return f"terreau-{self.slug}"


LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
LICENCE_NAME = "Licence Ouverte 2.0"


def attribution(publisher: Publisher) -> dict[str, str]:
    """Say the licence and whom to name, as every envelope does."""
    return {
        "licence": LICENCE_NAME,
        "licence_url": LICENCE,
        "attribution": f"Terreau, {publisher.name} ({publisher.base}/{publisher.slug}/)",
    }


def known(fields: Mapping[str, object]) -> dict[str, object]:
    """Keep what is said: no empty text, no empty list, no null."""
    return {name: value for name, value in fields.items() if value not in ("", None, (), [], {})}
