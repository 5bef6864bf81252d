"""What the layout of every page knows: where the reader is, who they are, what the head offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from terreau.kernel import navigation
from terreau.kernel.components import Band
from terreau.kernel.navigation import Group, NavEntry, NavItem
from terreau.kernel.pure.actor import VISITOR, Actor


@dataclass(frozen=True, kw_only=True)
class NavSection:
    """Links of one group, under its name."""

    name: str
    entries: Sequence[NavEntry]


class Layout:
    """Answers for `page.html`; each is computed once, and only when the template asks (a fragment asks nothing).

    A territory or an actor may be missing: error pages are shown before both are known.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.territory: Any = getattr(request, "territory", None)
        self.actor: Actor = getattr(request, "actor", VISITOR)

    @property
    def is_signed_in(self) -> bool:
        """Whether someone is behind the request."""
        return not self.actor.is_anonymous

    @cached_property
    def territory_url(self) -> str:
        """Address of the territory's home, with its final slash; empty outside territories."""
        return f"/{self.territory.slug}/" if self.territory else ""

    @cached_property
    def sections(self) -> list[NavSection]:
        """The groups of the territory that have something to show this reader."""
        if self.territory is None:
            return []
        groups = ((group, self.entries(group)) for group in Group if group.is_in_head)
        return [NavSection(name=str(group.label), entries=entries) for group, entries in groups if entries]

    @cached_property
    def account(self) -> list[NavEntry]:
        """Links of the signed-in person's own pages."""
        return self.entries(Group.ACCOUNT) if self.is_signed_in else []

    @cached_property
    def also(self) -> list[NavEntry]:
        """Links of the foot: what else this territory shows."""
        return self.entries(Group.ALSO) if self.territory else []

    @cached_property
    def about(self) -> list[NavEntry]:
        """Links of the foot: pages about this instance."""
        return self.entries(Group.INSTANCE)

    @cached_property
    def sign_in_url(self) -> str:
        """Where to sign in and come back; empty when this instance has no accounts."""
        return f"{address}?next={self.path}" if (address := address_of("account_login")) else ""

    @cached_property
    def sign_out_url(self) -> str:
        """Where to sign out."""
        return address_of("account_logout")

    @cached_property
    def bands(self) -> Sequence[Band]:
        """Bands of the rule under the head."""
        return navigation.head_bands(self.territory)

    @cached_property
    def contact(self) -> str:
        """Address to write to: the territory's, else the instance's."""
        return getattr(self.territory, "contact_email", "") or settings.DEFAULT_FROM_EMAIL

    def entries(self, group: Group) -> list[NavEntry]:
        """Resolve the links of a group for this reader."""
        return [
            self.entry(item) for item in navigation.items_of(group) if item.shown_to.test(self.actor, self.territory)
        ]

    def entry(self, item: NavItem) -> NavEntry:
        """Resolve one link and say whether the reader is there."""
        url = reverse(item.url_name, kwargs={"territory": self.territory.slug} if item.group.needs_territory else None)
        return NavEntry(
            label=str(item.label),
            url=url,
            current="page" if self.path == url else "true" if self.path.startswith(url) else "",
        )


def address_of(name: str) -> str:
    """Give the address of a page that may not be part of this instance."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def layout(request: HttpRequest) -> dict[str, Layout]:
    """Give templates `layout`."""
    return {"layout": Layout(request)}
