"""The verbs of the directory, one file per aggregate."""

from terreau.directory.services.organisations import CHANGEABLE, update_organisation
from terreau.directory.services.places import locate, place

__all__ = ["CHANGEABLE", "locate", "place", "update_organisation"]
