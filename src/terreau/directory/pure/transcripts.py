"""A transcript as people type it, cut into what a page shows: headings, and paragraphs with their time marks.

# Le tour de table
[00:12] Nous sommes venus à vélo.
[01:02:30] La suite.
"""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"#{1,6}\s+(.+)")
_TIME = re.compile(r"[\[(]?((?:\d{1,2}:)?\d{1,2}:[0-5]\d)(?:[.,]\d{1,3})?[\])]?(?:\s+[-–]+)?(?:\s+(.*))?")


@dataclass(frozen=True)
class Block:
    """A heading, or a paragraph; time: the mark as written, empty when there is none."""

    text: str
    time: str = ""
    is_heading: bool = False


def words_of(transcript: str) -> str:
    """Give what is said, without the marks."""
    return "\n".join(block.text for block in blocks(transcript))


def blocks(transcript: str) -> list[Block]:
    """Cut a transcript: a blank line, a heading and a time mark each begin something."""
    found: list[Block] = []
    lines: list[str] = []
    time = ""

    def close() -> None:
        nonlocal time
        if lines or time:
            found.append(Block(" ".join(lines), time))
        lines.clear()
        time = ""

    for line in map(str.strip, transcript.splitlines()):
        if heading := _HEADING.fullmatch(line):
            close()
            found.append(Block(heading[1], is_heading=True))
        elif mark := _TIME.fullmatch(line):
            close()
            time = mark[1]
            lines += [mark[2]] if mark[2] else []
        elif line:
            lines.append(line)
        elif lines:
            close()
    close()
    return found
