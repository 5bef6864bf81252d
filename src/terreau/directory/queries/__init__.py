"""What may be asked about the directory: one file per page."""

from terreau.directory.queries.detail import OrganisationPage, organisation_for, organisation_page
from terreau.directory.queries.doubts import DoubtsPage, doubts_page
from terreau.directory.queries.listing import ListPage, Wanted, list_page
from terreau.directory.queries.resources import ResourcesPage, SourcePage, resources_page, source_for, source_page

__all__ = [
    "DoubtsPage", "ListPage", "OrganisationPage", "ResourcesPage", "SourcePage", "Wanted", "doubts_page", "list_page",
    "organisation_for", "organisation_page", "resources_page", "source_for", "source_page",
]  # fmt: skip
