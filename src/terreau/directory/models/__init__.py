"""Tables of the directory, one file per aggregate."""

from terreau.directory.models.glossary import Acronym, ContactPoint, TerritoryContact
from terreau.directory.models.initiatives import Initiative, InitiativeCarrier, InitiativeStep
from terreau.directory.models.offers import Distinction, Offer, OfferProvider, Purchase, Sector
from terreau.directory.models.organisations import (
    Identifier,
    Nature,
    Organisation,
    OrganisationLink,
    OrganisationName,
    Staffing,
)
from terreau.directory.models.people import Person, Role
from terreau.directory.models.resources import Resource
from terreau.directory.models.suggestions import Suggestion, UpkeepRules
from terreau.directory.models.tallies import Tally, YearTally
from terreau.directory.models.ties import Tie, TieKind

__all__ = [
    "Acronym", "ContactPoint", "Distinction", "Identifier", "Initiative", "InitiativeCarrier", "InitiativeStep", "Nature", "Offer",
    "OfferProvider", "Organisation", "OrganisationLink", "OrganisationName", "Person", "Purchase", "Resource", "Role", "Sector", "Staffing",
    "Suggestion", "Tally", "TerritoryContact", "Tie", "TieKind", "UpkeepRules", "YearTally",
]  # fmt: skip
