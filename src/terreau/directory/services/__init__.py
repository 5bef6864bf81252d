"""The verbs of the directory, one file per aggregate."""

from terreau.directory.services.distinctions import record_distinction, update_distinction
from terreau.directory.services.offers import Quote, Share, create_offer, end_offer, update_offer
from terreau.directory.services.organisations import CHANGEABLE, update_organisation
from terreau.directory.services.purchases import record_purchase, update_purchase
from terreau.directory.services.sectors import BIGGEST_FILE, FileRefused, load_sectors, told_of_load

__all__ = [
    "BIGGEST_FILE", "CHANGEABLE", "FileRefused", "Quote", "Share", "create_offer", "end_offer", "load_sectors", "record_distinction",
    "record_purchase", "told_of_load", "update_distinction", "update_offer", "update_organisation", "update_purchase",
]  # fmt: skip
