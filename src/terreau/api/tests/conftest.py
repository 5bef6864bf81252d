"""Records to read: dull, valid, and a leak waiting to happen beside each."""

from typing import Any

import pytest

from terreau.directory.enums import NameSort, TieFamily
from terreau.directory.models import Nature, Organisation, OrganisationName, Tie, TieKind
from terreau.kernel.enums import DisputeKind, DisputeOrigin, Severity, SourceGenre
from terreau.kernel.models import Citation, Dispute, Entry, Fact, FactActor, Link, Source, Statement
from terreau.territory.models import Territory, Theme
from terreau.trajectory.enums import Lane
from terreau.trajectory.models import Milestone

TEAM = {"visibility": "equipe"}


class World:
    """Makes records of one territory, each with what surrounds it: `world.organisation("velo", **TEAM)`."""

    def __init__(self, territory: Territory) -> None:
        self.territory = territory
        self.nature = Nature.objects.create(territory=territory, key="association", name="Association")
        self.theme = Theme.objects.create(territory=territory, key="mobilite", name="Mobilité")
        self.kind = TieKind.objects.create(
            territory=territory, key="membre", name="est membre de", inverse="a pour membre", family=TieFamily.STRUCTURE
        )
        self.livret = self.source("livret")

    def source(self, key: str, **fields: Any) -> Source:
        genre = SourceGenre.BOOKLET
        return Source.objects.create(territory=self.territory, key=key, title=key, genre=genre, year="2022~", **fields)

    def organisation(self, key: str, **fields: Any) -> Organisation:
        made = Organisation.objects.create(
            **{
                "territory": self.territory,
                "key": key,
                "name": key.title(),
                "nature": self.nature,
                "start": "2014",
            }
            | fields
        )
        made.themes.add(self.theme)
        OrganisationName.objects.create(organisation=made, name=key.upper(), sort=NameSort.ACRONYM, source=self.livret)
        self.cite(made)
        self.describe(made, str(made))
        return made

    def tie(self, key: str, origin: Organisation, target: Organisation, **fields: Any) -> Tie:
        made = Tie.objects.create(
            territory=self.territory,
            key=key,
            origin=origin,
            target=target,
            kind=self.kind,
            start="2016/2018",
            **fields,
        )
        self.cite(made)
        return made

    def milestone(self, key: str, *actors: Organisation, **fields: Any) -> Milestone:
        made = Milestone.objects.create(
            territory=self.territory, key=key, title=key, when="2018-11", lane=Lane.ACTORS, **fields
        )
        made.actors.set(actors)
        self.cite(made)
        return made

    def dispute(self, key: str, *objects: Any, **fields: Any) -> Dispute:
        made = Dispute.objects.create(
            territory=self.territory, key=key, subject=key, sort=DisputeKind.DATE, severity=Severity.LOW,
            origin=DisputeOrigin.INTERNAL, **fields,
        )  # fmt: skip
        Statement.objects.create(dispute=made, text="en 2012", value="2012", source=self.livret, locator="12")
        for place, one in enumerate(objects):
            Link.objects.create(
                territory=self.territory, from_kind=made.KIND, from_id=made.pk, role="object", to_kind=one.KIND, to_id=one.pk,
                position=place,
            )  # fmt: skip
        return made

    def fact(self, of: Any, *actors: Any, visibility: str = "") -> Fact:
        made = Fact.objects.create(
            territory=self.territory, kind=of.KIND, record_id=of.pk, what="sorte", when="2019", title=str(of), url="/la/",
            visibility=visibility or of.visibility,
        )  # fmt: skip
        for place, actor in enumerate(actors):
            FactActor.objects.create(fact=made, kind=actor.KIND, record_id=actor.pk, position=place)
        return made

    def cite(self, record: Any, source: Source | None = None) -> None:
        Citation.objects.create(
            territory=self.territory,
            kind=record.KIND,
            record_id=record.pk,
            source=source or self.livret,
            locator="12",
            position=1,
        )

    def describe(self, record: Any, title: str) -> None:
        Entry.objects.create(
            territory=self.territory, kind=record.KIND, record_id=record.pk, key=record.key, title=title, url="/ici/",
            names=title.lower(), visibility=record.visibility,
        )  # fmt: skip


@pytest.fixture
def world(valenciennois: Territory) -> World:
    return World(valenciennois)


@pytest.fixture
def full(world: World) -> World:
    """One record of each kind that everyone sees, tied to one that only the team sees."""
    velo, fleur = world.organisation("velo"), world.organisation("fleur")
    secret = world.organisation("secret", **TEAM)
    notes = world.source("notes-internes", **TEAM)
    for shown in (velo, fleur):
        world.cite(shown, notes)
    world.tie("velo-fleur", velo, fleur)
    world.tie("velo-secret", velo, secret)
    world.tie("fleur-velo-secret", fleur, velo, **TEAM)
    world.milestone("ouverture", velo, secret)
    world.milestone("reserve", velo, **TEAM)
    world.dispute("date-velo", velo, secret)
    world.dispute("date-reservee", velo, **TEAM)
    world.fact(velo, fleur, secret)
    world.fact(velo, visibility="equipe")
    world.fact(secret, velo)
    return world
