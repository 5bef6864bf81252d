"""Words without markup: what is pasted from a web page or imported from elsewhere is kept as text."""

import re
import unicodedata
from html.parser import HTMLParser

MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
UNREAD = frozenset({"script", "style", "template", "title"})
SPACES = re.compile(r"[^\S\n\u00a0\u202f]+")
BLANK_LINES = re.compile(r"\s*\n\s*\n\s*")
AROUND_LINES = re.compile(r" ?\n ?")


def one_line(text: str) -> str:
    """Give a text on one line, without tags nor control characters."""
    return " ".join(paragraphs(text).split("\n")).strip()


def paragraphs(text: str) -> str:
    """Give a text without tags nor control characters, its paragraphs kept apart by one empty line.

    Entities are read only where there are tags: « R&D » and « a < b » stay as they were written.
    """
    if text.isprintable() and "<" not in text and "  " not in text:
        # Most texts: nothing to take away. The only space that is printable is the ordinary one.
        return text.strip()
    words = _without_tags(text) if MARKUP.search(text) else text
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not words.replace("\n", "").isprintable():
        words = "".join(
            letter for letter in words if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"}
        )
    words = AROUND_LINES.sub("\n", SPACES.sub(" ", words))
    return BLANK_LINES.sub("\n\n", words).strip()


def _without_tags(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return "".join(reader.words)


class _Reader(HTMLParser):
    """Keeps what a browser would show, as text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self.unread += 1
        elif tag in BLOCKS:
            self.words.append("\n\n" if tag == "p" else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag == "p":
            self.words.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(data)
