"""What the head of every page offers: each app says so in its `AppConfig.ready()`, the layout reads it.

navigation.register(NavItem(_("Annuaire"), "directory:organisation_list", order=10, group=Group.DISCOVER))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rules.predicates import Predicate

from terreau.kernel.components import Band
from terreau.kernel.policy import anyone


class Group(TextChoices):
    """Where an entry stands, in the order of the head; `ALSO` and `INSTANCE` are at the foot of pages.

    `ACCOUNT` and `INSTANCE` are outside any territory.
    """

    DISCOVER = "discover", _("Découvrir")
    UNDERSTAND = "understand", _("Comprendre")
    ACT = "act", _("Agir")
    TEAM = "team", _("Animer")
    ALSO = "also", _("Et aussi")
    ACCOUNT = "account", _("Compte")
    INSTANCE = "instance", _("À propos")

    @property
    def needs_territory(self) -> bool:
        """Whether addresses of the group start with a territory."""
        return self not in {Group.ACCOUNT, Group.INSTANCE}

    @property
    def is_in_head(self) -> bool:
        return self.needs_territory and self is not Group.ALSO


@dataclass(frozen=True, kw_only=True)
class NavEntry:
    """One resolved link: `current` is "page" on the page itself, "true" on a page under it, else empty."""

    label: str
    url: str
    current: str


@dataclass(frozen=True)
class NavItem:
    """One link of the head.

    url_name: taken with the territory's slug as `territory`, unless the group stands outside territories.
    shown_to: predicate of the policy over (actor, territory): who sees the link; it hides, it does not protect.
    """

    label: str | Promise
    url_name: str
    order: int = 100
    group: Group = Group.DISCOVER
    shown_to: Predicate = anyone


_items: list[NavItem] = []
_bands: list[Callable[[object], Sequence[Band]]] = []


def register(*items: NavItem) -> None:
    """Add links to the head; the same `url_name` registered twice replaces the first."""
    for item in items:
        _items[:] = [known for known in _items if known.url_name != item.url_name]
        _items.append(item)
    _items.sort(key=lambda item: (item.order, item.url_name))


def items_of(group: Group) -> list[NavItem]:
    """List the links of a group, in order."""
    return [item for item in _items if item.group == group]


def draw_head_with(bands_of: Callable[[object], Sequence[Band]]) -> None:
    """Say which bands the rule under the head is drawn from, for a territory; the last one to say so wins."""
    _bands[:] = [bands_of]


def head_bands(territory: object) -> Sequence[Band]:
    """Give the bands of the head's rule: none without a territory, or before an app brings them."""
    return _bands[0](territory) if _bands and territory is not None else ()
