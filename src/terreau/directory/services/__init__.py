"""The verbs of the directory, one file per aggregate."""

from terreau.directory.services.initiatives import INITIATIVE_CHANGEABLE, create_initiative, update_initiative
from terreau.directory.services.keys import check_key, free_keys
from terreau.directory.services.organisations import (
    CHANGEABLE,
    archive_organisation,
    confirm_organisation,
    create_organisation,
    unarchive_organisation,
    update_organisation,
)

__all__ = [
    "CHANGEABLE",
    "INITIATIVE_CHANGEABLE",
    "archive_organisation",
    "check_key",
    "confirm_organisation",
    "create_initiative",
    "create_organisation",
    "free_keys",
    "unarchive_organisation",
    "update_initiative",
    "update_organisation",
]
