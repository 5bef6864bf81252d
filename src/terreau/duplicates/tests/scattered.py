"""A few organisations, and a draw of all that may hang on them and between them."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from terreau.directory.models import Distinction, Identifier, Offer, OfferProvider, Organisation, Resource, Staffing
from terreau.directory.tests.factories import (
    CarrierFactory,
    GapFactory,
    InitiativeFactory,
    NameFactory,
    NatureFactory,
    OrganisationFactory,
    RoleFactory,
    SourceFactory,
    ThemeFactory,
    TieFactory,
    TieKindFactory,
    cite,
    link,
)
from terreau.kernel import facts
from terreau.kernel.models import Link

COLUMNS: dict[str, list[Any]] = {
    "visibility": ["publique", "membres", "equipe"],
    "summary": ["", "Elle relie."],
    "activities": [[], ["vélo"], ["vélo", "vrac"]],
    "start": [None, "2001", "199X~"],
    "longitude": [3.123456789012345, 2.5],
}


class Scene:
    """What the makers share: one of each thing that needs not be drawn."""

    def __init__(self, territory: Any) -> None:
        self.territory = territory
        self.nature = NatureFactory.create(territory=territory)
        self.kind = TieKindFactory.create(territory=territory)
        self.source = SourceFactory.create(territory=territory)
        self.theme = ThemeFactory.create(territory=territory)
        self.resource = Resource.objects.create(
            territory=territory, key="guide", title="Guide", sort="guide", url="https://exemple.org/guide"
        )

    def name(self, here: Any, there: Any) -> None:
        NameFactory.create(organisation=here, name=there.name, source=self.source)

    def acronym(self, here: Any, there: Any) -> None:
        NameFactory.create(organisation=here, name="MDV", sort="sigle")

    def number(self, here: Any, there: Any) -> None:
        Identifier.objects.get_or_create(organisation=here, scheme="siren", value="111111118")

    def tie(self, here: Any, there: Any) -> None:
        if here != there:
            tie = TieFactory.create(territory=self.territory, origin=here, target=there, kind=self.kind, start="2018")
            cite(tie, self.source)

    def themed(self, here: Any, there: Any) -> None:
        here.themes.add(self.theme)
        self.resource.organisations.add(here)

    def role(self, here: Any, there: Any) -> None:
        RoleFactory.create(territory=self.territory, organisation=here, start="2012")

    def carrier(self, here: Any, there: Any) -> None:
        initiative = InitiativeFactory.create(territory=self.territory, organisation=there)
        for one in {here, there}:
            CarrierFactory.create(initiative=initiative, organisation=one)

    def gap(self, here: Any, there: Any) -> None:
        gap = GapFactory.create(territory=self.territory)
        for one in {here, there}:
            link(gap, one)

    def staffing(self, here: Any, there: Any) -> None:
        Staffing.objects.create(organisation=here, employees=3, full_time_equivalents="2.50", when="2019")

    def citation(self, here: Any, there: Any) -> None:
        cite(here, self.source, "12", value="2001")
        if here != there and not self._linked(here, there):
            link(here, there, "object")

    def offer(self, here: Any, there: Any) -> None:
        offer = Offer.objects.create(
            territory=self.territory, key=f"offre-{Offer.objects.count()}", title="Repas", organisation=here
        )
        for one in {here, there}:
            OfferProvider.objects.create(offer=offer, organisation=one)

    def distinction(self, here: Any, there: Any) -> None:
        Distinction.objects.create(
            territory=self.territory,
            key=f"prix-{Distinction.objects.count()}",
            name="Prix",
            organisation=here,
            giver=there,
        )

    def branch(self, here: Any, there: Any) -> None:
        if here != there:
            Organisation.objects.filter(pk=here.pk).update(parent=there)

    def _linked(self, here: Any, there: Any) -> bool:

        return Link.objects.filter(from_id=here.pk, to_id=there.pk).exists()


MAKERS: list[Callable[[Scene, Any, Any], None]] = [
    Scene.name, Scene.acronym, Scene.number, Scene.tie, Scene.themed, Scene.role, Scene.carrier, Scene.gap, Scene.staffing,
    Scene.citation, Scene.offer, Scene.distinction, Scene.branch,
]  # fmt: skip


def scattered(territory: Any, draw: Callable[[Any], Any]) -> list[Organisation]:
    scene = Scene(territory)
    organisations = [
        OrganisationFactory.create(
            territory=territory, nature=scene.nature, key=f"o{number}", latitude=50.0,
            **{column: draw(st.sampled_from(values)) for column, values in COLUMNS.items()},
        )
        for number in range(4)
    ]  # fmt: skip
    one = st.sampled_from(organisations)
    for make in draw(st.lists(st.sampled_from(MAKERS), max_size=14)):
        make(scene, draw(one), draw(one))
    facts.rebuild(territory)
    return [Organisation.objects.get(pk=each.pk) for each in organisations]
