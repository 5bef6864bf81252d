"""Who asks to keep a page, and who keeps it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404

from terreau.accounts.models import Grant
from terreau.accounts.queries import fingerprint
from terreau.directory.models import Organisation
from terreau.kernel.clock import today
from terreau.kernel.enums import Role
from terreau.territory.models import Territory
from terreau.upkeep.enums import WAITING
from terreau.upkeep.models import Claim

PER_PAGE = 50


@dataclass(frozen=True)
class ClaimsPage:
    """The claims to decide, addresses of the structure's own domain first, then the oldest."""

    claims: Page[Any]
    decided: list[Claim]


def claims_page(territory: Territory, number: str | None) -> ClaimsPage:
    """Give the claims to decide, and the last ones decided. Three queries, whatever their number."""
    rows = Claim.objects.filter(territory=territory).select_related("organisation__territory", "user")
    waiting = rows.open().order_by("-domain_matches", "created_at", "pk")
    decided = rows.exclude(state__in=WAITING).order_by(F("decided_at").desc(), "pk")
    return ClaimsPage(claims=Paginator(waiting, PER_PAGE).get_page(number), decided=list(decided[:10]))


def claim_of(territory: Territory, pk: UUID) -> Claim:
    """Give a claim of the territory, or a 404. One query."""
    rows = Claim.objects.select_related("organisation__territory", "organisation__nature", "territory", "user")
    return get_object_or_404(rows, pk=pk, territory=territory)


def claim_by_secret(territory: Territory, secret: str) -> Claim:
    """Give the claim that a letter was about, or a 404. One query."""
    rows = Claim.objects.select_related("organisation__territory", "territory").exclude(secret_hash="")
    return get_object_or_404(rows, secret_hash=fingerprint(secret), territory=territory)


def keepers_of(organisation: Organisation) -> list[Grant]:
    """Give those who keep a page today, the first in place first. One query."""
    rows = Grant.objects.in_force(today()).filter(record_id=organisation.pk, role=Role.MANAGER)
    return list(rows.select_related("user").order_by("since", "pk"))
