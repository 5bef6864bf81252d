"""Small dossiers for the tests of stories and of what reads them."""

from pathlib import Path
from typing import Any

from terreau.kernel import dossier as d
from terreau.kernel import facts
from terreau.territory.models import Territory

HEAD = {
    "territoire": """
        id: {slug}
        nom: Val
        echelles: [{{id: commune, nom: Commune, rang: 1}}]
        themes: [{{id: emploi, nom: Emploi}}, {{id: mobilite, nom: Mobilité}}]
    """,
    "sources": """
        territoire: {slug}
        sources: [{{id: livret, titre: Le livret, genre: livret}}]
    """,
    "organisations": """
        territoire: {slug}
        natures: [{{id: association, nom: Association}}]
        organisations:
          - {{id: atelier, nom: L'Atelier, nature: association}}
          - {{id: reseau, nom: Le Réseau, nature: association}}
          - {{id: discrete, nom: La Discrète, nature: association, visibilite: equipe}}
    """,
    "fonctions": """
        territoire: {slug}
        personnes: [{{id: p01, nom: Camille Exemple}}]
    """,
}
"""A territory with one source, three organisations (one for the team alone) and one person."""


def check(directory: Path, slug: str = "val", **files: str) -> d.Checked:
    """Write HEAD and `files` in a folder, and check it. files: what follows the line of the territory."""
    texts = {name: text.format(slug=slug) for name, text in HEAD.items()}
    texts |= {name: f"territoire: {slug}\n{text}" for name, text in files.items()}
    for name, text in texts.items():
        (directory / f"{name}.yaml").write_text(text, encoding="utf-8")
    return d.check(directory)


def load(directory: Path, slug: str = "val", **files: str) -> Territory:
    """Check and store a small dossier, with its facts. Gives its territory."""
    checked = check(directory, slug, **files)
    assert checked.folder is not None, checked.problems
    territory, _created = Territory.objects.get_or_create(slug=slug, defaults={"name": "Val"})
    d.Storer(territory, checked.folder).store()
    facts.rebuild(territory)
    return territory


def dumped(territory: Territory, path: str) -> list[dict[str, Any]]:
    """Give the documents of a section, as they would be written."""
    section = next(section for section in d.sections() if section.path == path)
    return [document for _record, document in d.Dumper(territory).documents(section)]
