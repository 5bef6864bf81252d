"""Names of files: what people wrote, without what could harm whoever receives it."""

import re
import unicodedata

from django.utils.translation import gettext as _

from terreau.kernel.errors import RuleBroken
from terreau.kernel.files.kinds import ALSO, FileKind

LONGEST = 150
"""Characters, ending included: some systems refuse beyond 255 bytes, and a letter takes up to four."""
_TRICKS = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def refuse_tricks(name: str) -> None:
    """Raise RuleBroken for a name that is a path, or that holds what nobody sees."""
    if (
        name in {"", ".", ".."}
        or _TRICKS.search(name)
        or any(unicodedata.category(sign) in _INVISIBLE for sign in name)
    ):
        seen = "".join(sign if sign.isprintable() else "�" for sign in name)[:60]
        message = _(
            "Le nom de fichier « %(name)s » contient un chemin ou un signe invisible : le renommer avec des lettres, des chiffres et des tirets."
        )
        raise RuleBroken(message % {"name": seen}, field="upload")


def safe_name(name: str, kind: FileKind) -> str:
    """Give the name under which a file is downloaded: short enough, with the ending of what it really is."""
    stem, dot, ending = unicodedata.normalize("NFC", name).rpartition(".")
    known = ALSO.get(ending.lower(), ending.lower()) == kind.extension
    if not dot or (not known and len(ending) > 5):  # noqa: PLR2004 -- longer than any ending: a point in a sentence
        stem = unicodedata.normalize("NFC", name)
    stem = " ".join(stem.split()).strip(". ") or "fichier"
    return f"{stem[: LONGEST - len(kind.extension) - 1].rstrip('. ')}.{kind.extension}"
