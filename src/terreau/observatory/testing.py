"""Small dossiers for the tests of figures."""

from pathlib import Path

from terreau.kernel import dossier as d
from terreau.kernel import facts
from terreau.territory.models import Territory

HEAD = {
    "sources": "sources: [{id: livret, titre: Le livret, genre: livret}]",
    "organisations": """
natures: [{id: association, nom: Association}]
organisations:
  - {id: atelier, nom: L'Atelier, nature: association}
  - {id: discrete, nom: La Discrète, nature: association, visibilite: equipe}
""",
}
"""One source and two organisations, one of them for the team alone."""


def check(directory: Path, slug: str = "val", portrait: str = "", **files: str) -> d.Checked:
    """Write HEAD and `files` in a folder, and check it. files: what follows the line of the territory."""
    (directory / "territoire.yaml").write_text(f"id: {slug}\nnom: Le Val\n{portrait}", encoding="utf-8")
    for name, text in (HEAD | files).items():
        (directory / f"{name}.yaml").write_text(f"territoire: {slug}\n{text}", encoding="utf-8")
    return d.check(directory)


def load(directory: Path, slug: str = "val", portrait: str = "", **files: str) -> Territory:
    """Check and store a small dossier, with its facts. Gives its territory."""
    checked = check(directory, slug, portrait, **files)
    assert checked.folder is not None, checked.problems
    territory, _created = Territory.objects.get_or_create(slug=slug, defaults={"name": "Le Val"})
    d.Storer(territory, checked.folder).store()
    facts.rebuild(territory)
    return territory
