"""The verbs: search, decide, merge, undo."""

from terreau.duplicates.services.background import search_later
from terreau.duplicates.services.deciding import decide
from terreau.duplicates.services.merging import Preview, merge, preview, undo
from terreau.duplicates.services.searching import Proposal, Searched, index_of, propose_for, search

__all__ = [
    "Preview", "Proposal", "Searched", "decide", "index_of", "merge", "preview", "propose_for", "search",
    "search_later", "undo",
]  # fmt: skip
