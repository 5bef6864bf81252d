"""What may be asked about the directory: one file per page."""

from terreau.directory.queries.detail import OrganisationPage, organisation_for, organisation_page, replacement_of
from terreau.directory.queries.doubts import DoubtsPage, doubts_page
from terreau.directory.queries.initiatives import (
    InitiativePage,
    InitiativesPage,
    initiative_for,
    initiative_page,
    initiatives_page,
)
from terreau.directory.queries.listing import ListPage, Wanted, list_page
from terreau.directory.queries.resources import ResourcesPage, SourcePage, resources_page, source_for, source_page

__all__ = [
    "DoubtsPage",
    "InitiativePage",
    "InitiativesPage",
    "ListPage",
    "OrganisationPage",
    "ResourcesPage",
    "SourcePage",
    "Wanted",
    "doubts_page",
    "initiative_for",
    "initiative_page",
    "initiatives_page",
    "list_page",
    "organisation_for",
    "organisation_page",
    "replacement_of",
    "resources_page",
    "source_for",
    "source_page",
]  # fmt: skip
