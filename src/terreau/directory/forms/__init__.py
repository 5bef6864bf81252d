"""Forms of the directory, one file per aggregate."""
