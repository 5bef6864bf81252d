"""Files that people give: checked by their content, kept outside the database under their fingerprint, served safely.

A model that holds a file derives from `kernel.models.WithFile`. Its service calls `checked` (what is it, is it
admitted?), `keep` (bytes first, under a name that nothing reads yet), then writes its row; a crash between the two
leaves bytes that no page reaches and that `terreau doctor` names. `served` answers a request for one.
"""

from terreau.kernel.files.checking import CheckedFile, checked
from terreau.kernel.files.extracting import extract, reads_words
from terreau.kernel.files.kinds import ACCEPT, FILE_KINDS, FileKind, kind_of
from terreau.kernel.files.serving import served
from terreau.kernel.files.storing import is_kept, keep, open_kept
from terreau.kernel.files.sweeping import forget_unheld, lost, orphans, remove_orphans
from terreau.kernel.files.words import size_in_words

__all__ = [
    "ACCEPT", "FILE_KINDS", "CheckedFile", "FileKind", "checked", "extract", "forget_unheld", "is_kept", "keep", "kind_of", "lost",
    "open_kept", "orphans", "reads_words", "remove_orphans", "served", "size_in_words",
]  # fmt: skip
