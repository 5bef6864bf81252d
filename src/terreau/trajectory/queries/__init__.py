"""What may be asked about the trajectory."""

from terreau.trajectory.queries.page import TimelinePage, timeline_page, timeline_picture
from terreau.trajectory.queries.picture import STYLE_HASH
from terreau.trajectory.queries.wanted import Wanted

__all__ = ["STYLE_HASH", "TimelinePage", "Wanted", "timeline_page", "timeline_picture"]
