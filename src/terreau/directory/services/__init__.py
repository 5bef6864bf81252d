"""The verbs of the directory, one file per aggregate."""

from terreau.directory.services.organisations import CHANGEABLE, update_organisation

__all__ = ["CHANGEABLE", "update_organisation"]
