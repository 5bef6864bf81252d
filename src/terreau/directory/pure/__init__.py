"""Rules of the directory over plain data."""
