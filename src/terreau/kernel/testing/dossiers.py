"""Small dossiers for tests: texts of files, checked, stored, told, as a load does.

    checked(tmp_path, instances="instances: [...]")           the problems that a folder has
    stored(valenciennois, tmp_path, instances="...")          its records in the tables, and their facts

Every folder holds two organisations (cavm, apes), one source (livret, whose title is « Le livret ») and one theme
(mobilite) to name.
"""

import textwrap
from pathlib import Path
from typing import Any

from terreau.kernel import dossier as d
from terreau.kernel import facts

TERRITORY = """
id: {slug}
nom: {slug}
themes: [{{id: mobilite, nom: Mobilité}}]
"""
BASE = {
    "sources": "sources: [{id: livret, titre: Le livret, genre: livret}]",
    "organisations": """
        natures: [{id: association, nom: association}]
        organisations:
          - {id: cavm, nom: L'agglomération, nature: association}
          - {id: apes, nom: L'animatrice, nature: association}
        """,
}


def checked(folder: Path, slug: str = "valenciennois", **files: str) -> d.Checked:
    """Write a folder and check it. files: text by name, without the line that names the territory."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        path.unlink()
    (folder / "territoire.yaml").write_text(TERRITORY.format(slug=slug), encoding="utf-8")
    for name, text in (BASE | files).items():
        (folder / f"{name}.yaml").write_text(f"territoire: {slug}\n{textwrap.dedent(text)}\n", encoding="utf-8")
    return d.check(folder)


def stored(territory: Any, folder: Path, **files: str) -> d.Stored:
    """Store a folder in a territory, and tell its facts. Fails the test, with the problems, when it is not sound."""
    result = checked(folder, territory.slug, **files)
    assert result.folder, "\n".join(map(str, result.problems))
    done = d.Storer(territory, result.folder).store()
    facts.rebuild(territory)
    return done


def messages(result: d.Checked) -> list[str]:
    """Give the problems of a folder as « file:line message »."""
    return [f"{problem.file}:{problem.line} {problem.message}" for problem in result.problems]
