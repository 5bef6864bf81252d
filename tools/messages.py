"""The catalogues of messages: French in the sources, English in `src/terreau/<app>/locale/en/LC_MESSAGES/django.po`.

    python tools/messages.py extract    rewrite the catalogues from the sources: keep translations, drop the obsolete
    python tools/messages.py check      list what is missing, untranslated, fuzzy, or changes its placeholders
    python tools/messages.py compile    write the .mo files, as the build does

Catalogues hold neither dates nor line numbers and are sorted by message, so that parallel changes merge.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

sys.path.insert(0, str(Path(__file__).resolve().parent))

import assets

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "terreau"
# Strings of the modules that belong to no app (settings, addresses, command line).
HOUSEHOLD = "site"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]|%[sd]|\{\w*\}")
HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            for app in apps():
                write(app)
            return 0
        case ["check"]:
            faults = [fault for app in apps() for fault in faults_of(app)]
            print("\n".join(faults) or "Every message is translated.")
            return bool(faults)
        case ["compile"]:
            print(f"{assets.compile_messages(ROOT)} file(s) written.")
            return 0
    print(__doc__)
    return 2


def apps() -> list[Path]:
    """List the folders of the apps."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def sources(app: Path) -> Iterator[Path]:
    """List the files of an app that may hold messages: all but tests and migrations."""
    found = {path for pattern in ("**/*.py", "templates/**/*.*") for path in app.glob(pattern)}
    if app.name == HOUSEHOLD:
        found |= set(PACKAGE.glob("*.py"))
    for path in sorted(found):
        if (
            not {"tests", "testing", "migrations"} & set(path.relative_to(PACKAGE).parts[:-1])
            and path.name != "testing.py"
        ):
            yield path


def extracted(app: Path) -> Catalog:
    """Read the messages of an app from its sources, untranslated."""
    catalogue = Catalog(locale="en")
    for path in sources(app):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # Each call of gettext is on one line; what is around them keeps the template's indentation, not Python's.
            text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
        found = extract("python", BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})
        for _line, ids, _comments, context in found:
            if ids:
                catalogue.add(ids, context=context)
    return catalogue


def catalogue_path(app: Path) -> Path:
    """Tell where the English of an app is."""
    return app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def stored(app: Path) -> Catalog:
    """Read the catalogue of an app; an empty one when it has none."""
    path = catalogue_path(app)
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def counterpart(message: Message, catalogue: Catalog) -> Message | None:
    """Find a message in another catalogue, if it has the same forms there."""
    other = catalogue.get(first(message), message.context)
    return other if other and other.id == message.id else None


def first(message: Message) -> str:
    """Give the singular of a message."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """Give the forms of a text or of a translation: one, or singular and plural."""
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def write(app: Path) -> None:
    """Rewrite the catalogue of an app; remove it when the app has no message."""
    catalogue, known, path = extracted(app), stored(app), catalogue_path(app)
    if not len(catalogue):
        path.unlink(missing_ok=True)
        return
    for message in catalogue:
        if message.id and (translated := counterpart(message, known)):
            message.string = translated.string
            message.flags |= translated.flags
            message.user_comments = translated.user_comments
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + buffer.getvalue().decode().strip() + "\n", encoding="utf-8")


def faults_of(app: Path) -> Iterator[str]:
    """Say what is wrong in the catalogue of an app, one line each."""
    known = stored(app)
    for message in extracted(app):
        if not message.id:
            continue
        place = f"{app.name}: {first(message)!r}"
        translated = counterpart(message, known)
        if translated is None:
            yield f"{place}: missing (python tools/messages.py extract)"
        elif not all(forms(translated.string)):
            yield f"{place}: untranslated"
        elif translated.fuzzy:
            yield f"{place}: fuzzy"
        elif not same_placeholders(forms(message.id), forms(translated.string)):
            yield f"{place}: placeholders differ in {translated.string!r}"


def same_placeholders(source: tuple[str, ...], target: tuple[str, ...]) -> bool:
    """Compare the placeholders of a message and of its translation.

    A singular may leave some out ("one file"); otherwise all are there, and no other.
    """
    wanted, given = ([set(PLACEHOLDER.findall(form)) for form in texts] for texts in (source, target))
    return given[-1] == wanted[-1] and all(form <= set().union(*wanted) for form in given)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
