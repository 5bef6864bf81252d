"""What may be asked about the directory: one file per page."""

from terreau.directory.queries.detail import OrganisationPage, organisation_for, organisation_page, replacement_of
from terreau.directory.queries.distinctions import DistinctionListPage, distinction_for, distinction_list_page
from terreau.directory.queries.doubts import DoubtsPage, doubts_page
from terreau.directory.queries.exports import extract
from terreau.directory.queries.initiatives import (
    InitiativePage,
    InitiativesPage,
    initiative_for,
    initiative_page,
    initiatives_page,
)
from terreau.directory.queries.library import LibraryPage, WantedResources, library_page
from terreau.directory.queries.listing import ListPage, list_page
from terreau.directory.queries.mapping import communes_of, map_of
from terreau.directory.queries.offer_detail import OfferPage, offer_for, offer_page
from terreau.directory.queries.offers import (
    Asked,
    OfferListPage,
    all_offers,
    offer_list_page,
    sector_load_page,
    sector_page,
    selection_page,
)
from terreau.directory.queries.purchases import PurchaseListPage, all_purchases, purchase_for, purchase_list_page
from terreau.directory.queries.resources import ResourcePage, resource_for, resource_page
from terreau.directory.queries.sources import (
    SourcePage,
    SourcesPage,
    acronyms_page,
    source_named,
    source_page,
    sources_page,
)
from terreau.directory.queries.wanted import Wanted

__all__ = [
    "Asked",
    "DistinctionListPage",
    "DoubtsPage",
    "InitiativePage",
    "InitiativesPage",
    "LibraryPage",
    "ListPage",
    "OfferListPage",
    "OfferPage",
    "OrganisationPage",
    "PurchaseListPage",
    "ResourcePage",
    "SourcePage",
    "SourcesPage",
    "Wanted",
    "WantedResources",
    "acronyms_page",
    "all_offers",
    "all_purchases",
    "communes_of",
    "distinction_for",
    "distinction_list_page",
    "doubts_page",
    "extract",
    "initiative_for",
    "initiative_page",
    "initiatives_page",
    "library_page",
    "list_page",
    "map_of",
    "offer_for",
    "offer_list_page",
    "offer_page",
    "organisation_for",
    "organisation_page",
    "purchase_for",
    "purchase_list_page",
    "replacement_of",
    "resource_for",
    "resource_page",
    "sector_load_page",
    "sector_page",
    "selection_page",
    "source_named",
    "source_page",
    "sources_page",
]
