"""How the pages of a territory stand: fresh, to review, or silent."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate, make_aware

from terreau.accounts.models import Grant
from terreau.directory.models import Organisation, UpkeepRules
from terreau.kernel.clock import now, today
from terreau.kernel.enums import Role, Visibility
from terreau.kernel.models import AuditEvent
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory
from terreau.upkeep.enums import Freshness
from terreau.upkeep.pure.freshness import Touched, months_before, state_of

PER_PAGE = 50
BY_HAND = ("directory.create", "directory.change", "directory.confirm", "directory.unarchive")
"""What someone does to a page knowingly; a load or a refresh says nothing of whether it is true."""
NOT_ASKED_SINCE = Q(asked_at=None) | Q(asked_at__lt=F("changed_at")) | Q(asked_on__lt=F("confirmed_on"))
"""Nobody was asked since the last time that somebody touched the page."""
ASKED_SINCE = (
    Q(asked_at__isnull=False)
    & (Q(changed_at=None) | Q(changed_at__lte=F("asked_at")))
    & (Q(confirmed_on=None) | Q(confirmed_on__lte=F("asked_on")))
)


@dataclass(frozen=True)
class FreshnessLine:
    """One page. touched_on: last day on which someone kept it true; asked_on: day of the last letter."""

    organisation: Organisation
    state: str
    touched_on: dt.date
    asked_on: dt.date | None
    has_keeper: bool


@dataclass(frozen=True)
class FreshnessPage:
    """The pages in one state. rules: the delays of the territory."""

    state: Freshness
    lines: list[FreshnessLine]
    rows: Page[Any]
    rules: UpkeepRules


def pages(territory: Territory, state: Freshness, rules: UpkeepRules | None = None) -> QuerySet[Organisation]:
    """Give the pages in a state: not archived, not merged, not private, of structures that are still there.

    Each carries changed_at (last change by hand), asked_at and asked_on (last letter). One query for the rules.
    """
    rules = rules or rules_of(territory)
    by_hand = AuditEvent.objects.filter(
        kind=Organisation.KIND, record_id=OuterRef("pk"), actor_id__isnull=False, action__in=BY_HAND
    )
    rows: Any = Organisation.objects.of(territory).filter(archived_on=None, merged_into=None)
    rows = rows.exclude(visibility=Visibility.PRIVATE).filter(Q(end_latest=None) | Q(end_latest__gte=today()))
    rows = rows.annotate(
        changed_at=Subquery(by_hand.order_by("-at").values("at")[:1], output_field=DateTimeField()),
        asked_at=F("watch__reminded_at"),
        asked_on=F("watch__reminded_at__date"),
    )
    limit = months_before(today(), rules.review_after_months)
    after = make_aware(dt.datetime.combine(limit + dt.timedelta(days=1), dt.time.min))
    is_old = (
        (Q(confirmed_on=None) | Q(confirmed_on__lte=limit))
        & (Q(changed_at=None) | Q(changed_at__lt=after))
        & Q(created_at__lt=after)
    )
    long_ago = now() - dt.timedelta(days=rules.silent_after_days)
    # Each is said positively: what is compared with nothing is neither true nor false.
    kept: Any = rows.filter(
        {
            Freshness.FRESH: Q(confirmed_on__gt=limit) | Q(changed_at__gte=after) | Q(created_at__gte=after),
            Freshness.SILENT: is_old & ASKED_SINCE & Q(asked_at__lt=long_ago),
            Freshness.TO_REVIEW: is_old & (NOT_ASKED_SINCE | Q(asked_at__gte=long_ago)),
        }[state]
    )
    return kept


def freshness_page(reader: Actor, territory: Territory, state: Freshness, number: str | None) -> FreshnessPage:
    """Give the pages in one state, those left longest first. Four queries, whatever their number."""
    rules = rules_of(territory)
    found = pages(territory, state, rules)
    order: list[Any] = [
        F("confirmed_on").asc(nulls_first=True),
        F("changed_at").asc(nulls_first=True),
        F("created_at"),
        F("pk"),
    ]
    rows = Paginator(found.order_by(*order), PER_PAGE).get_page(number)
    kept = set(
        Grant.objects.in_force(today())
        .filter(record_id__in=[row.pk for row in rows], role=Role.MANAGER)
        .values_list("record_id", flat=True)
    )
    return FreshnessPage(state, [_line(row, rules, row.pk in kept, territory) for row in rows], rows, rules)


def rules_of(territory: Territory) -> UpkeepRules:
    """Give the rules of a territory, or the defaults. One query."""
    return UpkeepRules.objects.filter(territory=territory).first() or UpkeepRules(territory=territory)


def _line(row: Any, rules: UpkeepRules, has_keeper: bool, territory: Territory) -> FreshnessLine:  # noqa: FBT001 -- reads as a sentence
    row.territory = territory
    days = [row.confirmed_on, localdate(row.created_at), localdate(row.changed_at) if row.changed_at else None]
    touched = Touched(max(day for day in days if day), localdate(row.asked_at) if row.asked_at else None)
    state = state_of(touched, day=today(), months=rules.review_after_months, silent_after=rules.silent_after_days)
    return FreshnessLine(row, str(Freshness(state).label), touched.touched_on, touched.asked_on, has_keeper)
