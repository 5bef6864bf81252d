"""The verbs of geography: load the official code, load points and shapes, fetch them when online."""

from terreau.geography.services.code import COG_FOLDER, COG_YEAR, Counts, Loaded, load_code
from terreau.geography.services.errors import (
    CodeFilesMissing,
    CodeFilesUnreadable,
    GeographyError,
    GeometryUnavailable,
    GeometryUnreadable,
    UnknownDepartment,
)
from terreau.geography.services.geometry import GeometryProblem, LoadedGeometry, load_points_and_shapes
from terreau.geography.services.online import fetch_geometry

__all__ = [
    "COG_FOLDER",
    "COG_YEAR",
    "CodeFilesMissing",
    "CodeFilesUnreadable",
    "Counts",
    "GeographyError",
    "GeometryProblem",
    "GeometryUnavailable",
    "GeometryUnreadable",
    "Loaded",
    "LoadedGeometry",
    "UnknownDepartment",
    "fetch_geometry",
    "load_code",
    "load_points_and_shapes",
]
