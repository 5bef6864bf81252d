"""What leaves the directory: the rows of the list, all of them, in its order, as the reader may see them.

E-mail addresses and telephones stay on the pages: a file of them would serve those who send mail to everyone.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from terreau.directory.enums import IdentifierScheme, PointOrigin
from terreau.directory.models import Identifier, Organisation, OrganisationName
from terreau.directory.queries.matching import Asked, Word, ask, vocabulary
from terreau.directory.queries.wanted import FACETS, Wanted
from terreau.kernel.clock import today
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

CHUNK = 1000
LICENCE = "Licence Ouverte 2.0"
LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
COLUMNS = (
    "identifiant", "nom", "autres_noms", "nature", "nature_deduite", "themes", "echelle", "commune", "code_insee", "code_postal",
    "adresse", "creation", "fin", "resume", "site", "siren", "siret", "rna", "longitude", "latitude", "origine_du_point",
    "confirmee_le", "archivee_le", "fiche", "provenance",
)  # fmt: skip
"""Names of the columns: French, without accents, the same whatever the reader's language: programs read them."""


@dataclass(frozen=True)
class Extract:
    """Something to take away. filters: the question in words. on: the day it was taken. name: of the file, bare."""

    territory: Territory
    asked: Asked
    filters: str
    on: dt.date
    root: str

    @property
    def name(self) -> str:
        return f"annuaire-{self.territory.slug}-{self.on.isoformat()}"

    @property
    def provenance(self) -> str:
        """Say in one sentence where the file comes from, what it holds, and what may be done with it."""
        said = _("Annuaire %(territory)s, extrait le %(day)s (%(filters)s), %(licence)s, %(url)s") % {
            "territory": self.territory.name,
            "day": self.on.isoformat(),
            "filters": self.filters,
            "licence": LICENCE,
            "url": self.root + self.address,
        }
        return str(said)

    @property
    def address(self) -> str:
        query = self.asked.wanted.query
        return f"/{self.territory.slug}/annuaire/" + (f"?{query}" if query else "")


@dataclass
class Line:
    """One organisation that leaves. dates: EDTF texts. url: whole. Unknown texts are empty, unknown numbers None."""

    key: str
    name: str
    other_names: Sequence[str]
    nature: str
    nature_is_deduced: bool
    themes: Sequence[str]
    scale: str
    organisation: Organisation
    url: str
    numbers: dict[str, str] = field(default_factory=dict)


def extract(reader: Actor, territory: Territory, wanted: Wanted, root: str) -> Extract:
    """Prepare an export of what a list shows. root: the address of the instance. One query, those of the search."""
    asked = ask(reader, territory, wanted)
    return Extract(territory, asked, in_words(wanted, asked), today(), root)


def in_words(wanted: Wanted, asked: Asked) -> str:
    """Write what was asked: « toutes les organisations », « nature : Association ; existait en 2018 »."""
    said = [_("recherche : %(words)s") % {"words": wanted.q}] if wanted.q else []
    for name, question in FACETS.items():
        words = [word.name for word in (asked.words or {}).get(name, ())] or list(wanted.chosen.get(name, ()))
        said += [f"{question.label} : {', '.join(words)}"] if words else []
    said += [_("existait à cette date : %(day)s") % {"day": wanted.when.text}] if wanted.when else []
    said += [_("avec les archivées")] if wanted.with_archived else []
    return " ; ".join(said) or _("toutes les organisations")


def lines(taken: Extract) -> Iterator[Line]:
    """Give every organisation, CHUNK at a time: four queries for each CHUNK, and one, whatever is asked."""
    words = vocabulary(taken.territory)
    natures, scales, themes = words["nature"], words["echelle"], words["theme"]
    for chunk in _chunks(taken.asked):
        pks = [organisation.pk for organisation in chunk]
        names, numbers, borne = _names(pks), _numbers(pks), _themes(pks)
        for organisation in chunk:
            organisation.territory = taken.territory
            scale = scales.get(organisation.scale_id) if organisation.scale_id else None
            yield Line(
                key=organisation.key,
                name=organisation.name,
                other_names=names[organisation.pk],
                nature=_word(natures, organisation.nature_id),
                nature_is_deduced=organisation.nature_is_deduced,
                themes=sorted(_word(themes, theme) for theme in borne[organisation.pk]),
                scale=scale.name if scale else "",
                organisation=organisation,
                url=taken.root + organisation.get_absolute_url(),
                numbers=numbers[organisation.pk],
            )


def _chunks(asked: Asked) -> Iterator[list[Organisation]]:
    rows = iter(asked.sorted().iterator(chunk_size=CHUNK))
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _word(words: dict[UUID, Word], pk: UUID) -> str:
    return words[pk].name if pk in words else ""


def _names(pks: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = OrganisationName.objects.filter(organisation__in=pks).order_by("position", "pk")
    for pk, name in rows.values_list("organisation", "name"):
        found[pk].append(name)
    return found


def _numbers(pks: list[UUID]) -> dict[UUID, dict[str, str]]:
    """Give the number of each register that is in force last."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    schemes = (IdentifierScheme.SIREN, IdentifierScheme.SIRET, IdentifierScheme.RNA)
    rows = Identifier.objects.filter(organisation__in=pks, scheme__in=schemes).order_by("position", "pk")
    for pk, scheme, value in rows.values_list("organisation", "scheme", "value"):
        found[pk].setdefault(scheme, value)
    return found


def _themes(pks: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Organisation.themes.through._default_manager.filter(organisation__in=pks).order_by()
    for pk, theme in rows.values_list("organisation", "theme"):
        found[pk].append(theme)
    return found


def cells_of(line: Line, provenance: str) -> list[Any]:
    """Give the values of a line, in the order of COLUMNS: texts, and numbers where they are known."""
    one = line.organisation
    origin = PointOrigin(one.point_origin).label if one.point_origin else ""
    return [
        line.key, line.name, " | ".join(line.other_names), line.nature, "oui" if line.nature_is_deduced else "", " | ".join(line.themes),
        line.scale, one.commune, one.commune_code, one.postcode, one.address, one.start.text if one.start else "",
        one.end.text if one.end else "", one.summary, one.site, line.numbers.get("siren", ""), line.numbers.get("siret", ""),
        line.numbers.get("rna", ""), one.longitude, one.latitude, str(origin), one.confirmed_on.isoformat() if one.confirmed_on else "",
        one.archived_on.isoformat() if one.archived_on else "", line.url, provenance,
    ]  # fmt: skip


def feature_of(line: Line) -> dict[str, Any]:
    """Give a line as a GeoJSON Feature; without a point, its geometry is null (RFC 7946, section 3.2)."""
    values = dict(zip(COLUMNS, cells_of(line, ""), strict=True))
    del values["longitude"], values["latitude"], values["provenance"]
    lists = {
        "autres_noms": list(line.other_names),
        "themes": list(line.themes),
        "nature_deduite": line.nature_is_deduced,
    }
    one = line.organisation
    point = {"type": "Point", "coordinates": [one.longitude, one.latitude]} if one.longitude is not None else None
    return {"type": "Feature", "id": line.key, "geometry": point, "properties": values | lists}
