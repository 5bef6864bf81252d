"""The verbs of imports."""

from terreau.opendata.services.later import go_on
from terreau.opendata.services.opening import match_columns, open_import
from terreau.opendata.services.running import advance, choose, confirm, preview, run
from terreau.opendata.services.undoing import undo

__all__ = ["advance", "choose", "confirm", "go_on", "match_columns", "open_import", "preview", "run", "undo"]
