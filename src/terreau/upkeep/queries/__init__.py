"""What may be asked about the upkeep of a directory: one file per subject."""

from terreau.upkeep.queries.claims import ClaimsPage, claim_by_secret, claim_of, claims_page, keepers_of
from terreau.upkeep.queries.freshness import NOT_ASKED_SINCE, FreshnessPage, freshness_page, pages
from terreau.upkeep.queries.history import HistoryPage, RevertPage, event_of, history_page, revert_page
from terreau.upkeep.queries.suggestions import (
    FieldLine,
    QueuePage,
    SuggestionPage,
    chosen_suggestions,
    queue_page,
    suggestion_of,
    suggestion_page,
)

__all__ = [
    "NOT_ASKED_SINCE", "ClaimsPage", "FieldLine", "FreshnessPage", "HistoryPage", "QueuePage", "RevertPage", "SuggestionPage",
    "chosen_suggestions", "claim_by_secret", "claim_of", "claims_page", "event_of", "freshness_page", "history_page", "keepers_of", "pages",
    "queue_page", "revert_page", "suggestion_of", "suggestion_page",
]  # fmt: skip
