"""Tables of the directory, one file per aggregate."""

from terreau.directory.models.glossary import Acronym, ContactPoint, TerritoryContact
from terreau.directory.models.initiatives import Initiative, InitiativeCarrier
from terreau.directory.models.organisations import Identifier, Nature, Organisation, OrganisationName
from terreau.directory.models.people import Person, Role
from terreau.directory.models.ties import Tie, TieKind

__all__ = [
    "Acronym", "ContactPoint", "Identifier", "Initiative", "InitiativeCarrier", "Nature", "Organisation", "OrganisationName", "Person",
    "Role", "TerritoryContact", "Tie", "TieKind",
]  # fmt: skip
