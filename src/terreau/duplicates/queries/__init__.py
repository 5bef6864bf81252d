"""What may be asked about duplicates: for the team, and for what a reader may see."""

from terreau.duplicates.queries.comparing import compare_page, organisations_of, pair_for, preview_page
from terreau.duplicates.queries.listing import list_page, merge_for, merge_page, merges_page
from terreau.duplicates.queries.profiles import compared, profiles_of

__all__ = [
    "compare_page", "compared", "list_page", "merge_for", "merge_page", "merges_page", "organisations_of", "pair_for",
    "preview_page", "profiles_of",
]  # fmt: skip
