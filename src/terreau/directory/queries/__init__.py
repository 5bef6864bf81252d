"""What may be asked about the directory: one file per page."""

from terreau.directory.queries.detail import OrganisationPage, organisation_for, organisation_page, replacement_of
from terreau.directory.queries.distinctions import DistinctionListPage, distinction_for, distinction_list_page
from terreau.directory.queries.doubts import DoubtsPage, doubts_page
from terreau.directory.queries.initiatives import (
    InitiativePage,
    InitiativesPage,
    initiative_for,
    initiative_page,
    initiatives_page,
)
from terreau.directory.queries.listing import ListPage, Wanted, list_page
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
from terreau.directory.queries.resources import ResourcesPage, SourcePage, resources_page, source_for, source_page

__all__ = [
    "Asked",
    "DistinctionListPage",
    "DoubtsPage",
    "InitiativePage",
    "InitiativesPage",
    "ListPage",
    "OfferListPage",
    "OfferPage",
    "OrganisationPage",
    "PurchaseListPage",
    "ResourcesPage",
    "SourcePage",
    "Wanted",
    "all_offers",
    "all_purchases",
    "distinction_for",
    "distinction_list_page",
    "doubts_page",
    "initiative_for",
    "initiative_page",
    "initiatives_page",
    "list_page",
    "offer_for",
    "offer_list_page",
    "offer_page",
    "organisation_for",
    "organisation_page",
    "purchase_for",
    "purchase_list_page",
    "replacement_of",
    "resources_page",
    "sector_load_page",
    "sector_page",
    "selection_page",
    "source_for",
    "source_page",
]
