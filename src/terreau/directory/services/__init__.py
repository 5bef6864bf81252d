"""The verbs of the directory, one file per aggregate."""

from terreau.directory.services.distinctions import record_distinction, update_distinction
from terreau.directory.services.initiatives import INITIATIVE_CHANGEABLE, create_initiative, update_initiative
from terreau.directory.services.keys import check_key, free_keys
from terreau.directory.services.offers import Quote, Share, create_offer, end_offer, update_offer
from terreau.directory.services.organisations import (
    CHANGEABLE,
    archive_organisation,
    confirm_organisation,
    create_organisation,
    unarchive_organisation,
    update_organisation,
)
from terreau.directory.services.places import locate, place
from terreau.directory.services.plain_values import WRITABLE, plain_values
from terreau.directory.services.purchases import record_purchase, update_purchase
from terreau.directory.services.resources import FileChange, expire_resource, share_resource, update_resource
from terreau.directory.services.sectors import BIGGEST_FILE, FileRefused, load_sectors, told_of_load
from terreau.directory.services.suggestions import Applied, Draft, Suggested, submit_change, suggest, suggest_many

__all__ = [
    "BIGGEST_FILE",
    "CHANGEABLE",
    "INITIATIVE_CHANGEABLE",
    "WRITABLE",
    "Applied",
    "Draft",
    "FileChange",
    "FileRefused",
    "Quote",
    "Share",
    "Suggested",
    "archive_organisation",
    "check_key",
    "confirm_organisation",
    "create_initiative",
    "create_offer",
    "create_organisation",
    "end_offer",
    "expire_resource",
    "free_keys",
    "load_sectors",
    "locate",
    "place",
    "plain_values",
    "record_distinction",
    "record_purchase",
    "share_resource",
    "submit_change",
    "suggest",
    "suggest_many",
    "told_of_load",
    "unarchive_organisation",
    "update_distinction",
    "update_initiative",
    "update_offer",
    "update_organisation",
    "update_purchase",
    "update_resource",
]
