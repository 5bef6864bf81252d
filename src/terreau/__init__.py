"""Terreau: the shared tool of a territory whose social and solidarity economy grows by cooperation."""

__version__ = "0.1.0"
