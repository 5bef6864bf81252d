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
from terreau.directory.services.plain_values import WRITABLE, plain_values
from terreau.directory.services.suggestions import Applied, Draft, Suggested, submit_change, suggest, suggest_many

__all__ = [
    "CHANGEABLE",
    "INITIATIVE_CHANGEABLE",
    "WRITABLE",
    "Applied",
    "Draft",
    "Suggested",
    "archive_organisation",
    "check_key",
    "confirm_organisation",
    "create_initiative",
    "create_organisation",
    "free_keys",
    "plain_values",
    "submit_change",
    "suggest",
    "suggest_many",
    "unarchive_organisation",
    "update_initiative",
    "update_organisation",
]
