"""The vocabulary of purchase: sectors read from a file, whole or not at all."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.directory.models import Offer, Sector
from terreau.directory.services.offers import hold_sectors
from terreau.kernel import audit, facts, policy
from terreau.kernel.audit import Change
from terreau.kernel.clock import now
from terreau.kernel.errors import RuleBroken
from terreau.kernel.pure.actor import Actor
from terreau.kernel.search.folding import fold
from terreau.territory.models import Territory

BIGGEST_FILE = 2_000_000
"""Bytes: a hundred times the national nomenclature."""
MOST_SECTORS = 5_000
MOST_PROBLEMS = 50
"""Problems told at once; nobody corrects more before trying again."""
LONGEST = 120
LONGEST_KEY = 100
COLUMNS = {
    "key": ("slug", "identifiant", "cle", "code", "id"),
    "name": ("libelle", "nom", "intitule", "secteur"),
    "group": ("groupe", "famille", "categorie"),
}
"""Our column → the names that files give it, folded, the national one first."""
OBLIGATORY = ("key", "name")
SHOWN = 60


class FileRefused(RuleBroken):
    """A file that cannot be loaded: nothing was written. problems: one sentence each, with line, value, remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems), field="file")


@dataclass
class Loaded:
    """What a load did. kept: sectors that the file has no more and that something uses. unread: columns left aside."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    number: int
    key: str
    name: str
    group: str


@transaction.atomic
def load_sectors(territory: Territory, content: bytes, *, by: Actor, replace: bool = False) -> Loaded:
    """Write the sectors of a CSV file (slug, libelle, groupe) in a territory, whole or not at all.

    In order: policy, reading, sectors, audit, facts of the offers that name them. Loading twice gives the same state.
    content: the bytes of the file: UTF-8 with or without its mark, UTF-16, or Windows-1252; commas, semicolons or tabs.
    replace: also remove the sectors that the file does not have, but those that an offer or a purchase uses.
    Raises NotAllowed, and FileRefused with every problem; nothing is written then.
    Source: the nomenclature of purchase sectors of the Marché de l'inclusion.
    """
    policy.require("directory.sectors", by, territory)
    lines, unread = read_sectors(content)
    hold_sectors(territory)
    known = {sector.key: sector for sector in Sector.objects.filter(territory=territory)}
    loaded = Loaded(unread=unread)
    made, moved, changes = [], [], []
    for place, line in enumerate(lines):
        sector = known.pop(line.key, None)
        if sector is None:
            made.append(Sector(territory=territory, key=line.key, name=line.name, group=line.group, position=place))
            changes.append(Change("directory.sectors.create", made[-1], {"name": [None, line.name]}))
        elif before := {
            name: [getattr(sector, name), value]
            for name, value in (("name", line.name), ("group", line.group))
            if getattr(sector, name) != value
        }:
            sector.name, sector.group, sector.version, sector.updated_at = (
                line.name, line.group, sector.version + 1, now(),
            )  # fmt: skip
            moved.append(sector)
            changes.append(Change("directory.sectors.change", sector, before))
        else:
            loaded.unchanged += 1
    Sector.objects.bulk_create(made, batch_size=500)
    Sector.objects.bulk_update(moved, ["name", "group", "version", "updated_at"], batch_size=500)
    loaded.created, loaded.updated = len(made), len(moved)
    if replace:
        changes += _remove(list(known.values()), loaded)
    audit.record_all(by, changes, territory_id=territory.pk)
    facts.refresh(*Offer.objects.filter(sectors__in=moved).distinct())
    return loaded


def _remove(sectors: list[Sector], loaded: Loaded) -> Iterator[Change]:
    """Remove sectors that nothing uses; those in use stay, and are told."""
    pks = [sector.pk for sector in sectors]
    used = set(Offer.sectors.through.objects.filter(sector__in=pks).values_list("sector_id", flat=True))
    used |= set(Sector.objects.filter(pk__in=pks, purchases__isnull=False).values_list("pk", flat=True))
    for sector in sorted(sectors, key=lambda one: one.key):
        if sector.pk in used:
            loaded.kept.append(sector.name)
        else:
            loaded.removed += 1
            yield Change("directory.sectors.remove", sector, {"name": [sector.name, None]})
    Sector.objects.filter(pk__in=set(pks) - used).delete()


def told_of_load(loaded: Loaded) -> list[str]:
    """Say in words what a load did, and what it left aside."""
    counts = {
        "created": loaded.created, "updated": loaded.updated, "unchanged": loaded.unchanged, "removed": loaded.removed,
    }  # fmt: skip
    sentences = [
        _("Secteurs ajoutés : %(created)s. Corrigés : %(updated)s. Inchangés : %(unchanged)s. Retirés : %(removed)s.")
        % counts
    ]
    if loaded.kept:
        words = ngettext(
            "Un secteur que le fichier n'a pas reste, car il sert : %(names)s.",
            "%(count)s secteurs que le fichier n'a pas restent, car ils servent : %(names)s.",
            len(loaded.kept),
        )
        sentences.append(words % {"count": len(loaded.kept), "names": ", ".join(loaded.kept)})
    if loaded.unread:
        sentences.append(_("Colonnes laissées de côté : %(names)s.") % {"names": ", ".join(loaded.unread)})
    return sentences


def read_sectors(content: bytes) -> tuple[list[Line], list[str]]:
    """Read the lines of a file of sectors, and the columns that it has for nothing. Raises FileRefused."""
    rows = _rows(_text(content))
    number, header = next(rows, (1, []))
    places = _places(number, header)
    unread = [name.strip() for place, name in enumerate(header) if place not in places.values() and name.strip()]
    problems: list[str] = []
    lines: dict[str, Line] = {}
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(problems) >= MOST_PROBLEMS:
            problems.append(_("Et d'autres peut-être : corriger d'abord celles-ci."))
            break
        line, problem = _line(number, row, places, len(header))
        if line is None:
            problems.append(problem)
        elif (twin := lines.setdefault(line.key, line)) != line and (twin.name, twin.group) != (line.name, line.group):
            message = _(
                "Ligne %(line)s : « %(key)s » est déjà à la ligne %(first)s avec un autre libellé : garder une des deux."
            )
            problems.append(message % {"line": number, "key": line.key, "first": twin.number})
        if len(lines) > MOST_SECTORS:
            message = _("Le fichier a plus de %(most)s secteurs : vérifier que c'est bien une nomenclature.")
            raise FileRefused([message % {"most": MOST_SECTORS}])
    if not problems and not lines:
        problems.append(_("Le fichier n'a aucun secteur sous ses titres de colonnes : en écrire au moins un."))
    if problems:
        raise FileRefused(problems)
    return list(lines.values()), unread


def _text(content: bytes) -> str:
    if len(content) > BIGGEST_FILE:
        message = _(
            "Le fichier dépasse %(most)s Mo : une nomenclature tient en bien moins, vérifier le fichier choisi."
        )
        raise FileRefused([message % {"most": BIGGEST_FILE // 1_000_000}])
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefused([_("Ce fichier n'est pas du texte : l'enregistrer en CSV depuis le tableur, puis recommencer.")])


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a text with the number of the line where each starts."""
    first = text.lstrip().partition("\n")[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for row in reader:
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        message = _("Ligne %(line)s : le guillemet ouvert ne se ferme pas, ou la case est trop longue : corriger cette ligne.")  # fmt: skip
        raise FileRefused([message % {"line": start}]) from error


def _places(number: int, header: Sequence[str]) -> Mapping[str, int]:
    """Find our columns among the titles of a file."""
    titles = {fold(title): place for place, title in reversed(list(enumerate(header)))}
    places = {column: titles[name] for column, names in COLUMNS.items() for name in reversed(names) if name in titles}
    missing = [COLUMNS[column][0] for column in OBLIGATORY if column not in places]
    if missing:
        shown = ", ".join(title.strip() for title in header[:10] if title.strip())[:300] or _("aucune")
        message = _("Ligne %(line)s : il manque la colonne « %(missing)s » (colonnes lues : %(shown)s) : mettre les titres slug, libelle, groupe sur la première ligne.")  # fmt: skip
        raise FileRefused([message % {"line": number, "missing": " », « ".join(missing), "shown": shown}])
    return places


def _line(number: int, row: Sequence[str], places: Mapping[str, int], width: int) -> tuple[Line | None, str]:
    """Read one row. Gives the line, or None and what is wrong with it."""
    if any(cell.strip() for cell in row[width:]):
        extra = next(cell for cell in chain(row[width:]) if cell.strip())
        message = _("Ligne %(line)s : « %(value)s » est en trop à la fin : mettre entre guillemets une case qui contient le séparateur.")  # fmt: skip
        return None, message % {"line": number, "value": extra.strip()[:SHOWN]}
    cells = {column: " ".join(row[place].split()) if place < len(row) else "" for column, place in places.items()}
    written, name, group = cells["key"], cells["name"], cells.get("group", "")
    key = re.sub(r" +", "-", fold(written))
    if not key:
        message = _("Ligne %(line)s : l'identifiant « %(value)s » n'a ni lettre ni chiffre : en écrire un, par exemple « %(example)s ».")  # fmt: skip
        example = re.sub(r" +", "-", fold(name))[:SHOWN] or "entretien-des-jardins"
        return None, message % {"line": number, "value": written[:SHOWN], "example": example}
    if not name:
        return None, _("Ligne %(line)s : « %(key)s » n'a pas de libellé : l'écrire.") % {"line": number, "key": key}
    for value, longest in ((key, LONGEST_KEY), (name, LONGEST), (group, LONGEST)):
        if len(value) > longest:
            message = _("Ligne %(line)s : « %(value)s… » a %(length)s signes, et %(longest)s au plus sont gardés : l'abréger.")  # fmt: skip
            values = {"line": number, "value": value[:SHOWN], "length": len(value), "longest": longest}
            return None, message % values
    return Line(number, key, name, group), ""
