"""What may be asked about the directory: one file per page."""

from terreau.directory.queries.detail import OrganisationPage, organisation_for, organisation_page
from terreau.directory.queries.doubts import DoubtsPage, doubts_page
from terreau.directory.queries.library import LibraryPage, WantedResources, library_page
from terreau.directory.queries.listing import ListPage, Wanted, list_page
from terreau.directory.queries.resources import ResourcePage, resource_for, resource_page
from terreau.directory.queries.sources import (
    SourcePage,
    SourcesPage,
    acronyms_page,
    source_named,
    source_page,
    sources_page,
)

__all__ = [
    "DoubtsPage", "LibraryPage", "ListPage", "OrganisationPage", "ResourcePage", "SourcePage", "SourcesPage", "Wanted",
    "WantedResources", "acronyms_page", "doubts_page", "library_page", "list_page", "organisation_for", "organisation_page",
    "resource_for", "resource_page", "source_named", "source_page", "sources_page",
]  # fmt: skip
