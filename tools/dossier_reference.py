"""The reference of the dossier format, written from the typed documents.

    python tools/dossier_reference.py    rewrite docs/reference/dossier.md and docs/reference/dossier/*.schema.json

A test compares the committed files with what this writes.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from terreau.dossier.reference import FileReference, KeyLine

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
HEAD = """\
# The dossier format

A territory as a folder of YAML files in UTF-8. Written by `python tools/dossier_reference.py` from the typed documents
of the apps (`src/terreau/<app>/dossier.py`): do not edit. The page `/format/` of any instance says the same, and
`terreau check FOLDER` verifies a folder against it. The JSON Schema of each file lies in [dossier/](dossier/).

Keys are French and stable. Identifiers are lower-case ASCII letters, digits and dashes, and are unique in the whole
dossier. Dates are EDTF (levels 0 and 1); an end that has not come yet is `".."`.
"""


def texts() -> dict[Path, str]:
    """Give what each file of the reference must hold. Django must be ready."""
    from django.utils import translation  # noqa: PLC0415 -- app ready

    from terreau.dossier import reference  # noqa: PLC0415 -- app ready

    with translation.override(None):
        found = {
            REFERENCE / "dossier" / f"{file.name}.schema.json": reference.schema_text(file.name)
            for file in reference.files()
        }
        found[REFERENCE / "dossier.md"] = "\n".join([HEAD, *(_file(file) for file in reference.files())])
    return found


def _file(file: "FileReference") -> str:
    blocks = [f"## {file.name}.yaml\n", _table(file.keys)]
    blocks += [
        f"### {file.name}: {section.path}\n\n{section.about}\n\n{_table(section.keys)}" for section in file.sections
    ]
    return "\n".join(blocks)


def _table(keys: "Sequence[KeyLine]") -> str:
    lines = ["| Clé | Type | Obligatoire | À savoir |", "|---|---|---|---|"]
    for key in keys:
        admitted = ", ".join(f"`{value}`" for value in key.admitted)
        notes = [
            key.about,
            f"valeurs : {admitted}" if admitted else "",
            f"par défaut `{key.default}`" if key.default else "",
        ]
        lines.append(
            f"| `{key.path}` | {key.type} | {'oui' if key.required else ''} | {' ; '.join(note for note in notes if note)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terreau.settings")
    import django  # noqa: PLC0415 -- slow import

    django.setup()
    wanted = texts()
    (REFERENCE / "dossier").mkdir(parents=True, exist_ok=True)
    for stale in set((REFERENCE / "dossier").glob("*.schema.json")) - set(wanted):
        stale.unlink()
    for path, text in wanted.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
