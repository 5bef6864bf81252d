"""ZIP archives (office documents, e-books) read without being blown up by them."""

import zipfile
from typing import IO

from django.utils.translation import gettext as _

from terreau.kernel.errors import RuleBroken

MOST_ENTRIES = 10_000
MOST_UNPACKED = 1_000_000_000
"""Bytes that an archive may hold once unpacked."""
MOST_PER_ENTRY = 200_000_000
MOST_RATIO = 200
SPARED = 5_000_000
"""Bytes under which nobody minds how well something was packed: an empty spreadsheet packs a thousand times."""
_ENCRYPTED = 0x1
_MACROS = ("vbaProject.bin", "vbaData.xml")


def refuse_bombs(file: IO[bytes], name: str) -> None:
    """Raise RuleBroken for an archive that would fill the machine, asks a password, holds macros or cannot be read.

    Reads the table of contents only. What it announces binds: `zipfile` never gives more bytes than announced.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        message = _("« %(name)s » est abîmé et ne s'ouvre pas : l'enregistrer à nouveau, puis recommencer.")
        raise RuleBroken(message % {"name": name}, field="upload") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > MOST_UNPACKED
        or any(entry.file_size > MOST_PER_ENTRY for entry in entries)
        or (unpacked > SPARED and unpacked > MOST_RATIO * max(packed, 1))
    ):
        message = _(
            "« %(name)s » se déplie en bien plus grand que lui, comme un fichier piégé : l'enregistrer à nouveau, ou en faire un PDF."
        )
        raise RuleBroken(message % {"name": name}, field="upload")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        message = _("« %(name)s » est protégé par un mot de passe : l'enregistrer sans, puis recommencer.")
        raise RuleBroken(message % {"name": name}, field="upload")
    if any(entry.filename.endswith(_MACROS) or entry.filename.startswith("Basic/") for entry in entries):
        message = _("« %(name)s » contient des macros, qui agissent seules : l'enregistrer sans, ou en faire un PDF.")
        raise RuleBroken(message % {"name": name}, field="upload")
