"""What people said, as its readers may see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from terreau.directory.models import Organisation
from terreau.kernel.components import Facet, Option, SourceLine, Tag
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.edtf import Edtf
from terreau.kernel.references import DisputeLine, disputes_of, ref, source_line
from terreau.stories.enums import Genre
from terreau.stories.models import Testimony
from terreau.territory.models import Theme


@dataclass(frozen=True, kw_only=True)
class Voice:
    """One testimony as a page shows it: a summary, the capacity in which someone spoke, where it is printed.

    organisation: empty when it is not said, or not for this reader.
    cosigned: the function and anchor of the other signature.
    """

    key: str
    genre: str
    function: str
    summary: str
    organisation: str
    organisation_url: str
    on: Edtf | None
    note: str
    source: SourceLine
    themes: tuple[Tag, ...]
    cosigned: Tag | None
    disputes: tuple[DisputeLine, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceGroup:
    """The testimonies of one organisation; `name` is empty for those that no organisation is said for."""

    name: str
    url: str
    voices: tuple[Voice, ...]


@dataclass(frozen=True, kw_only=True)
class StoriesPage:
    """The page of stories. count: testimonies kept by the filters; total: all that the reader may see."""

    territory: Any
    groups: tuple[VoiceGroup, ...]
    editorials: tuple[Voice, ...]
    facets: tuple[Facet, ...]
    count: int
    total: int
    chosen: str


def stories_page(reader: Actor, territory: Any, *, theme: str = "", organisation: str = "") -> StoriesPage:
    """Give what people said on a territory, by organisation, in the order of the dossier; editorials apart.

    theme, organisation: keys to keep, empty for all. Three queries, or six when sources disagree on what was said.
    """
    testimonies = _testimonies(reader, territory)
    organisations = _organisations(reader, territory, testimonies)
    kept = [row for row in testimonies if _has_theme(row, theme) and _is_from(row, organisation, organisations)]
    voices = _voices(reader, territory, kept, organisations)
    said = [voice for voice in voices if voice.genre != Genre.EDITORIAL]
    facets = (
        _theme_facet([row for row in testimonies if _is_from(row, organisation, organisations)], theme),
        _organisation_facet([row for row in testimonies if _has_theme(row, theme)], organisations, organisation),
    )
    chosen = [option.label for facet in facets for option in facet.options if option.selected]
    return StoriesPage(
        territory=territory,
        groups=_by_organisation(said),
        editorials=tuple(voice for voice in voices if voice.genre == Genre.EDITORIAL),
        facets=facets,
        count=len(kept),
        total=len(testimonies),
        chosen=", ".join(map(str, chosen)),
    )


def _testimonies(reader: Actor, territory: Any) -> list[Testimony]:
    themes = Prefetch("themes", Theme.objects.visible_to(reader).in_order())
    rows = Testimony.objects.of(territory).visible_to(reader).select_related("source").prefetch_related(themes)
    return list(rows.in_order())


def _organisations(reader: Actor, territory: Any, testimonies: Iterable[Testimony]) -> dict[UUID, Organisation]:
    wanted = {row.organisation_id for row in testimonies if row.organisation_id}
    rows = Organisation.objects.of(territory).visible_to(reader).filter(pk__in=wanted)
    return {row.pk: row for row in rows}


def _has_theme(testimony: Testimony, key: str) -> bool:
    return not key or any(theme.key == key for theme in testimony.themes.all())


def _is_from(testimony: Testimony, key: str, organisations: dict[UUID, Organisation]) -> bool:
    found = organisations.get(testimony.organisation_id) if testimony.organisation_id else None
    return not key or (found is not None and found.key == key)


def _voices(
    reader: Actor, territory: Any, rows: Sequence[Testimony], organisations: dict[UUID, Organisation]
) -> list[Voice]:
    disputes = disputes_of(rows, reader)
    by_pk = {row.pk: row for row in rows}
    voices = []
    for row in rows:
        row.source.territory = territory
        organisation = organisations.get(row.organisation_id) if row.organisation_id else None
        if organisation:
            organisation.territory = territory
        other = by_pk.get(row.cosigned_with_id) if row.cosigned_with_id else None
        voices.append(
            Voice(
                key=row.key,
                genre=row.genre,
                function=row.function,
                summary=row.summary,
                organisation=organisation.name if organisation else "",
                organisation_url=organisation.get_absolute_url() if organisation else "",
                on=row.said_on,
                note=row.note,
                source=source_line(row.source, row.locator),
                themes=tuple(
                    Tag(label=item.name, url="?" + urlencode({"theme": item.key})) for item in row.themes.all()
                ),
                cosigned=Tag(label=other.function, url=f"#{other.key}") if other else None,
                disputes=tuple(disputes.get(ref(row), ())),
            )
        )
    return voices


def _by_organisation(voices: Iterable[Voice]) -> tuple[VoiceGroup, ...]:
    """Group by organisation, those with most to say first, what no organisation is said for last."""
    groups: dict[tuple[str, str], list[Voice]] = {}
    for voice in voices:
        groups.setdefault((voice.organisation, voice.organisation_url), []).append(voice)
    order = sorted(groups, key=lambda group: (not group[0], -len(groups[group]), group))
    return tuple(VoiceGroup(name=name, url=url, voices=tuple(groups[name, url])) for name, url in order)


def _theme_facet(testimonies: Iterable[Testimony], chosen: str) -> Facet:
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for testimony in testimonies:
        for theme in testimony.themes.all():
            names[theme.key] = theme.name
            counts[theme.key] += 1
    return _facet("theme", _("Thème"), names, counts, chosen)


def _organisation_facet(
    testimonies: Iterable[Testimony], organisations: dict[UUID, Organisation], chosen: str
) -> Facet:
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for testimony in testimonies:
        organisation = organisations.get(testimony.organisation_id) if testimony.organisation_id else None
        if organisation:
            names[organisation.key] = organisation.name
            counts[organisation.key] += 1
    return _facet("organisation", _("Organisation"), names, counts, chosen)


def _facet(name: str, label: str, names: dict[str, str], counts: Counter[str], chosen: str) -> Facet:
    options = [
        Option(value=key, label=names[key], count=counts[key], selected=key == chosen)
        for key in sorted(names, key=lambda key: names[key].casefold())
    ]
    if chosen and chosen not in names:
        options.append(Option(value=chosen, label=chosen, count=0, selected=True))
    return Facet(name=name, label=label, options=options, single=True)
