"""The verbs of the directory, one file per aggregate."""

from terreau.directory.services.organisations import CHANGEABLE, update_organisation
from terreau.directory.services.resources import FileChange, expire_resource, share_resource, update_resource

__all__ = [
    "CHANGEABLE", "FileChange", "expire_resource", "share_resource", "update_organisation", "update_resource",
]  # fmt: skip
