"""Themes of a record, given by themselves or by their keys."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from terreau.kernel.errors import RuleBroken
from terreau.territory.models import Territory, Theme


def chosen_themes(territory: Territory, themes: Collection[Theme | str]) -> list[Theme]:
    """Read themes. One query when some are given by their keys. Raises RuleBroken for one of another territory."""
    keys = {theme for theme in themes if isinstance(theme, str)}
    found: list[Theme] = [theme for theme in themes if isinstance(theme, Theme)]
    if keys:
        found += Theme.objects.of(territory).filter(key__in=keys)
    if any(theme.territory_id != territory.pk for theme in found) or not keys <= {theme.key for theme in found}:
        raise RuleBroken(_("Un thème vient d'un autre territoire : choisir parmi ceux d'ici."), field="themes")
    return found


def theme_keys(themes: Iterable[Theme]) -> list[str]:
    return sorted(theme.key for theme in themes)
