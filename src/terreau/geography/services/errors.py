"""What can go wrong when official data is loaded; `str()` is one French sentence with its remedy, for a person."""

from terreau.kernel.errors import RuleBroken


class GeographyError(RuleBroken):
    """Nothing was written."""


class CodeFilesMissing(GeographyError):
    """The files of the official code are not there."""


class CodeFilesUnreadable(GeographyError):
    """The files of the official code are not what is expected, or contradict each other."""


class UnknownDepartment(GeographyError):
    """A department was asked for that the official code does not know."""


class GeometryUnreadable(GeographyError):
    """A file of shapes cannot be read as a whole."""


class GeometryUnavailable(GeographyError):
    """The official service of shapes did not answer, or not usefully."""
