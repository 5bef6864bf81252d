"""How the directory is written to and read from files; opening the package registers every section."""

from terreau.directory.dossier import offers, organisations, resources

__all__ = ["offers", "organisations", "resources"]
