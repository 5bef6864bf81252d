"""What may be asked about the directory: one file per page."""

from terreau.directory.queries.detail import OrganisationPage, organisation_for, organisation_page
from terreau.directory.queries.doubts import DoubtsPage, doubts_page
from terreau.directory.queries.exports import extract
from terreau.directory.queries.listing import ListPage, list_page
from terreau.directory.queries.mapping import communes_of, map_of
from terreau.directory.queries.resources import ResourcesPage, SourcePage, resources_page, source_for, source_page
from terreau.directory.queries.wanted import Wanted

__all__ = [
    "DoubtsPage", "ListPage", "OrganisationPage", "ResourcesPage", "SourcePage", "Wanted", "communes_of", "doubts_page", "extract",
    "list_page", "map_of", "organisation_for", "organisation_page", "resources_page", "source_for", "source_page",
]  # fmt: skip
