"""Addresses of the directory, its resources and its doubts."""

from django.urls import path

from terreau.directory.views import distinctions, exports, initiatives, listing, offers, purchases, resources, sectors
from terreau.directory.views import organisations as views

app_name = "directory"

urlpatterns = [
    path("annuaire/", listing.organisation_list, name="organisation_list"),
    path("annuaire/carte.json", listing.map_data, name="map_data"),
    path("annuaire/communes.json", listing.map_communes, name="map_communes"),
    path("annuaire/export.csv", exports.export_csv, name="export_csv"),
    path("annuaire/export.geojson", exports.export_geojson, name="export_geojson"),
    path("annuaire/export.xlsx", exports.export_xlsx, name="export_xlsx"),
    path("annuaire/ajouter/", views.organisation_create, name="organisation_create"),
    path("annuaire/<slug:key>/", views.organisation_detail, name="organisation_detail"),
    path("annuaire/<slug:key>/modifier/", views.organisation_edit, name="organisation_edit"),
    path("annuaire/<slug:key>/etat/", views.organisation_state, name="organisation_state"),
    path("initiatives/", initiatives.initiative_list, name="initiative_list"),
    path("initiatives/ajouter/", initiatives.initiative_create, name="initiative_create"),
    path("initiatives/<slug:key>/", initiatives.initiative_detail, name="initiative_detail"),
    path("initiatives/<slug:key>/modifier/", initiatives.initiative_edit, name="initiative_edit"),
    path("offres/", offers.offer_list, name="offer_list"),
    path("offres.csv", offers.offer_csv, name="offer_csv"),
    path("offres.json", offers.offer_json, name="offer_json"),
    path("offres/<slug:key>/", offers.offer_detail, name="offer_detail"),
    path("offres/<slug:key>/modifier/", offers.offer_edit, name="offer_edit"),
    path("offres/<slug:key>/finir/", offers.offer_end, name="offer_end"),
    path("nouvelle-offre/", offers.offer_create, name="offer_create"),
    path("offres-choisies/", offers.offer_selection, name="offer_selection"),
    path("secteurs/<slug:key>/", sectors.sector_detail, name="sector_detail"),
    path("charger-des-secteurs/", sectors.sector_load, name="sector_load"),
    path("achats/", purchases.purchase_list, name="purchase_list"),
    path("achats.csv", purchases.purchase_csv, name="purchase_csv"),
    path("achats/<slug:key>/modifier/", purchases.purchase_edit, name="purchase_edit"),
    path("nouvel-achat/", purchases.purchase_create, name="purchase_create"),
    path("distinctions/", distinctions.distinction_list, name="distinction_list"),
    path("distinctions/<slug:key>/modifier/", distinctions.distinction_edit, name="distinction_edit"),
    path("nouvelle-distinction/", distinctions.distinction_create, name="distinction_create"),
    # The fixed words come first: no resource takes them for its key (services/resources.py).
    path("ressources/", resources.resource_list, name="resources"),
    path("ressources/sources/", resources.source_list, name="source_list"),
    path("ressources/sigles/", resources.acronym_list, name="acronym_list"),
    path("ressources/ajouter/", resources.resource_add, name="resource_add"),
    path("ressources/<slug:key>/", resources.resource_detail, name="resource_detail"),
    path("ressources/<slug:key>/fichier/", resources.resource_file, name="resource_file"),
    path("ressources/<slug:key>/modifier/", resources.resource_edit, name="resource_edit"),
    path("ressources/<slug:key>/perimer/", resources.resource_expire, name="resource_expire"),
    path("contradictions/", views.doubts, name="doubts"),
]
