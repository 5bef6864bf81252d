"""The map of the list as the server draws it: for print, without a script, before the other one is asked for."""

from collections import Counter

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.directory.pure.towns import loose
from terreau.directory.queries.counting import Counts, Town
from terreau.directory.queries.wanted import Wanted
from terreau.geography.pure.map_svg import Place, draw
from terreau.geography.pure.names import fold
from terreau.territory.models import Territory

MOST_NAMES = 8


def drawn(territory: Territory, counts: Counts, wanted: Wanted) -> SafeString:
    """Draw the communes of the perimeter, each dot as large as the organisations that answer there. No query.

    The commune chosen is left aside: the others show what choosing them would give. A commune without any stays an
    empty dot. Empty when no commune has a point, or when there are too many answers to be counted by commune.
    """
    if counts.are_towns_typed:
        return SafeString()
    found: Counter[str] = Counter()
    for town in counts.towns:
        found[town.code or loose(fold(town.name))] += town.count
    places = [
        _place(town, found[town.code] + found[loose(fold(town.name))])
        for town in counts.perimeter
        if town.longitude is not None
    ]
    names = min(MOST_NAMES, sum(bool(place.population) for place in places)) or MOST_NAMES
    title = _("Où sont les organisations de %(name)s") % {"name": territory.name}
    description = _(
        "Un point par commune ; sa surface dit combien d'organisations répondent. La liste donne les mêmes."
    )
    return mark_safe(  # noqa: S308 -- texts are escaped by `draw`
        draw(places, title=title, description=description, width=420, tallest=460, labels=names, prefix="list-map")
    )


def unplaced(counts: Counts, wanted: Wanted) -> int:
    """Count the answers of which no commune is known, 0 when they are not counted by commune. No query."""
    if counts.are_towns_typed or "commune" in wanted.chosen:
        return 0
    return counts.total(wanted) - sum(town.count for town in counts.towns)


def _place(town: Town, count: int) -> Place:
    said = ngettext("%(name)s : %(count)s organisation", "%(name)s : %(count)s organisations", count)
    return Place(
        code=town.code,
        name=town.name,
        longitude=town.longitude or 0.0,
        latitude=town.latitude or 0.0,
        population=count or None,
        caption=said % {"name": town.name, "count": count},
    )
