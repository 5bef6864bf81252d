"""One resource: what it is, by whom, what may be done with it, whether it still holds, and the words inside it."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import Licence
from terreau.directory.models import Resource
from terreau.directory.pure import transcripts
from terreau.directory.pure.excerpts import Piece, excerpts, marked, pattern_of
from terreau.directory.queries.library import around_rows, form_of, language_name
from terreau.kernel import policy
from terreau.kernel.components import Pair, SourceLine, Tag
from terreau.kernel.files import FileKind, kind_of, reads_words
from terreau.kernel.models import Source
from terreau.kernel.pure.actor import Actor
from terreau.kernel.pure.date_words import say
from terreau.kernel.pure.edtf import parse
from terreau.kernel.references import DisputeLine, GapLine, ref, source_line, surroundings
from terreau.kernel.search.folding import fold
from terreau.kernel.search.question import ask
from terreau.territory.models import Territory

MOST_PLACES = 8
ALLOWED = {
    Licence.CC_BY: _("On peut la copier, la modifier et la diffuser, même en la vendant, en disant d'où elle vient."),
    Licence.CC_BY_SA: _("On peut la copier, la modifier et la diffuser, même en la vendant, en disant d'où elle vient et en gardant la même licence."),
    Licence.CC_BY_NC: _("On peut la copier, la modifier et la diffuser en disant d'où elle vient, mais pas en tirer d'argent."),
    Licence.CC_BY_NC_SA: _("On peut la copier, la modifier et la diffuser en disant d'où elle vient et en gardant la même licence, mais pas en tirer d'argent."),
    Licence.CC_BY_ND: _("On peut la copier et la diffuser telle quelle, même en la vendant, en disant d'où elle vient ; on ne diffuse pas de version modifiée."),
    Licence.CC0: _("On peut en faire ce qu'on veut, sans rien demander."),
    Licence.OPEN_LICENCE: _("On peut la copier, la modifier et la diffuser, même en la vendant, en disant d'où elle vient et de quand elle date."),
    Licence.RESERVED: _("On peut la lire ; pour la copier ou la diffuser, demander à qui l'a faite."),
}  # fmt: skip
UNSAID = _("Rien ne dit ce qu'on peut en faire : avant de la copier ou de la diffuser, demander à qui l'a faite.")


@dataclass(frozen=True)
class Spoken:
    """A block of a transcript, with the words that were looked for marked in it."""

    pieces: list[Piece]
    time: str
    is_heading: bool


@dataclass(frozen=True)
class ResourcePage:
    """Everything that `resource_detail.html` reads.

    allowed: what may be done with it, in words. form: format, size and length. player: how our page shows the file
    ("image", "audio", "video"), or empty; kind: its sort. validity: until when it holds, or since when it no longer
    does. q, places: words looked for inside it, and where they are. holds_words: whether there are words to look in.
    lacks_words: said to the team, of a file in which no words were found. can_change: for the team.
    """

    resource: Resource
    pairs: list[Pair]
    allowed: str
    form: str
    kind: FileKind | None
    player: str
    validity: str
    transcript: list[Spoken]
    q: str
    places: list[list[Piece]]
    holds_words: bool
    organisations: list[Tag]
    themes: list[Tag]
    sources: list[SourceLine]
    disputes: list[DisputeLine]
    gaps: list[GapLine]
    lacks_words: bool
    can_change: bool


def resource_for(reader: Actor, territory: Territory, key: str) -> Resource:
    """Give a resource that the reader may see, or a 404; a private one only to whom the policy opens it. One query."""
    rows: Any = Resource.objects.of(territory)
    if not policy.allows("directory.read_private", reader, territory):
        rows = rows.visible_to(reader)
    return get_object_or_404(rows, key=key)


def resource_page(reader: Actor, resource: Resource, q: str = "") -> ResourcePage:
    """Gather the page of a resource. Four queries at most, whatever there is to say."""
    territory = resource.territory
    organisations, themes = [], []
    for _of, is_theme, name, key in sorted(around_rows(reader, territory, [resource.pk]), key=lambda row: fold(row[2])):
        if is_theme:
            themes.append(Tag(label=name, url=f"{reverse('directory:resources', args=[territory.slug])}?theme={key}"))
        else:
            page = reverse("directory:organisation_detail", args=[territory.slug, key])
            organisations.append(Tag(label=name, url=page))
    around = surroundings(territory, reader, [resource])
    question = ask(q)
    words = question.words if question else ()
    kind = kind_of(resource.media_type) if resource.sha256 else None
    can_change = policy.allows("directory.share", reader, resource)
    return ResourcePage(
        resource=resource,
        pairs=_identity(resource),
        allowed=str(ALLOWED.get(Licence(resource.licence), UNSAID) if resource.licence else UNSAID),
        form=form_of(resource),
        kind=kind,
        player=kind.player if kind else "",
        validity=validity_of(resource.expires_on, is_expired=resource.is_expired),
        transcript=_spoken(resource.transcript, words),
        q=q,
        places=_places(resource, words),
        holds_words=bool(resource.content or resource.transcript),
        organisations=organisations,
        themes=themes,
        sources=[*_from(reader, resource), *around.sources.get(ref(resource), [])],
        disputes=around.disputes.get(ref(resource), []),
        gaps=around.gaps.get(ref(resource), []),
        lacks_words=can_change and reads_words(resource.media_type) and not (resource.content or resource.transcript),
        can_change=can_change,
    )


def validity_of(expires_on: dt.date | None, *, is_expired: bool) -> str:
    """Say plainly until when something holds, or since when it does not; empty when nothing says that it ages."""
    if expires_on is None:
        return ""
    if is_expired:
        since = _day(expires_on + dt.timedelta(days=1))
        return gettext("N'est plus à jour depuis le %(day)s.") % {"day": since}
    return gettext("Valable jusqu'au %(day)s.") % {"day": _day(expires_on)}


def _day(day: dt.date) -> str:
    return say(parse(day.isoformat()), get_language() or "fr")


def _identity(resource: Resource) -> list[Pair]:
    language = get_language() or "fr"
    return [
        Pair(term=_("Type"), value=capfirst(resource.get_sort_display())),
        Pair(term=_("Auteurs"), value=", ".join(resource.authors)),
        Pair(term=_("Parution"), value=say(resource.published, language, capital=True) if resource.published else ""),
        Pair(term=_("Langue"), value=capfirst(language_name(resource.language))),
        Pair(term=_("Durée"), value=_minutes(resource.duration_minutes)),
        Pair(term=_("Licence"), value=capfirst(resource.get_licence_display()) or gettext("non dite")),
        Pair(term=_("Conditions d'usage"), value=resource.licence_note),
    ]


def _minutes(minutes: int | None) -> str:
    return gettext("%(minutes)s min") % {"minutes": minutes} if minutes else ""


def _from(reader: Actor, resource: Resource) -> list[SourceLine]:
    """Give the source that the resource is, or comes from, when the reader may see it. One query at most."""
    if resource.source_id is None:
        return []
    source = Source.objects.of(resource.territory).visible_to(reader).filter(pk=resource.source_id).first()
    return [source_line(source, "")] if source else []


def _spoken(transcript: str, words: tuple[str, ...]) -> list[Spoken]:
    looked_for = pattern_of(words) if words else None
    return [
        Spoken(marked(block.text, looked_for) if looked_for else [Piece(block.text)], block.time, block.is_heading)
        for block in transcripts.blocks(transcript)
    ]


def _places(resource: Resource, words: tuple[str, ...]) -> list[list[Piece]]:
    """Give the first places of the file, then of the transcript, where the words are."""
    found = [*islice(excerpts(resource.content, words), MOST_PLACES)]
    return [*found, *islice(excerpts(transcripts.words_of(resource.transcript), words), MOST_PLACES - len(found))]
