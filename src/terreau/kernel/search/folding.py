"""How words are folded, for those who search; the folding itself knows no Django, and fields use it too."""

from terreau.kernel.pure.folding import fold

__all__ = ["fold"]
