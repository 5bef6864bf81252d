"""Offers: found by a buyer, kept by those who make them. Parse, call, show."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.desk import Desk, RecordFormPage
from terreau.directory.forms.offers import EndForm, OfferForm
from terreau.directory.models import Offer, Organisation
from terreau.directory.queries.offers import Asked, OfferRow
from terreau.directory.views.streamed import csv_file, json_file
from terreau.kernel import policy
from terreau.kernel.addresses import address
from terreau.kernel.errors import StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory

CSV_COLUMNS = (
    "identifiant", "intitule", "type", "organisation", "commune", "avec", "secteurs", "capacite", "zone", "labels",
    "debut", "fin", "telephone", "courriel", "site", "description", "adresse",
)  # fmt: skip


@reads("directory.read")
def offer_list(request: Request, territory: Territory) -> HttpResponse:
    """What can be bought here: searched, filtered, page by page."""
    page = queries.offer_list_page(request.actor, territory, _asked(request), request.GET.get("page"))
    carried = [("choix", key) for key in page.asked.picked]
    return render(request, "directory/offer_list.html", {"page": page, "query": request.GET, "carried": carried})


@reads("directory.read")
def offer_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    """One offer: who answers, with what, how to reach them."""
    offer = queries.offer_for(request.actor, territory, key)
    return render(request, "directory/offer_detail.html", {"page": queries.offer_page(request.actor, offer)})


@reads("directory.read")
def offer_selection(request: Request, territory: Territory) -> HttpResponse:
    """A short list of offers, made by its address alone."""
    page = queries.selection_page(request.actor, territory, request.GET.getlist("choix"))
    return render(request, "directory/offer_selection.html", {"page": page})


@reads("directory.read")
def offer_csv(request: Request, territory: Territory) -> HttpResponse:
    """The offers that the filters keep, for a spreadsheet."""
    asked, reader = _asked(request), request.actor

    def rows() -> Iterator[list[Any]]:
        for row in queries.all_offers(reader, territory, asked):
            yield _csv_row(request, row)

    return csv_file(f"offres-{territory.slug}.csv", CSV_COLUMNS, rows)


@reads("directory.read")
def offer_json(request: Request, territory: Territory) -> HttpResponse:
    """The offers that the filters keep, for a program."""
    asked, reader = _asked(request), request.actor
    about = {"territoire": territory.slug, "le": asked.when.text, "licence": "Licence Ouverte 2.0"}
    return json_file(
        f"offres-{territory.slug}.json", about, "offres",
        lambda: (_json_item(request, row) for row in queries.all_offers(reader, territory, asked)),
    )  # fmt: skip


@writes("directory.offer_form")
def offer_create(request: Request, territory: Territory) -> HttpResponse:
    """Make an offer."""
    desk = Desk(territory, request.actor)
    form = OfferForm(
        request.POST or None, desk=desk, initial={"organisation": request.GET.get("organisation", "")[:300]}
    )
    if request.method == "POST" and form.is_valid():
        with rules_shown_in(form):
            offer = services.create_offer(
                form.cleaned_data["organisation"], by=request.actor, values=form.values, sectors=form.chosen_sectors,
                shares=form.cleaned_data["shares"], quote=form.quote,
            )  # fmt: skip
            messages.success(request, _("L'offre est enregistrée."))
            return redirect(offer)
    back = address("directory:offer_list", territory.slug)
    page = RecordFormPage(None, form, desk.names(Organisation.KIND), back)
    return render(request, "directory/offer_form.html", {"page": page})


@writes("directory.offer_form")
def offer_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show the form; when someone saved meanwhile, show both versions and keep what was typed (409)."""
    offer = _offer_to_change(request, territory, key)
    desk = Desk(territory, request.actor)
    form = OfferForm(request.POST or None, desk=desk, record=offer)
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            with rules_shown_in(form):
                services.update_offer(
                    offer, by=request.actor, version=form.version, changes=form.values,
                    sectors=form.chosen_sectors if "sectors" in form.fields else None,
                    shares=form.cleaned_data["shares"], quote=form.quote,
                )  # fmt: skip
                messages.success(request, _("L'offre est enregistrée."))
                return redirect(offer)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    page = RecordFormPage(offer, form, desk.names(Organisation.KIND), offer.get_absolute_url(), differences)
    return render(request, "directory/offer_form.html", {"page": page}, status=200 if differences is None else 409)


@writes("directory.offer_form")
def offer_end(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Say that an offer ended."""
    offer = _offer_to_change(request, territory, key)
    form = EndForm(request.POST or None, version=offer.version)
    if request.method == "POST" and form.is_valid():
        with rules_shown_in(form):
            services.end_offer(
                offer, by=request.actor, version=form.cleaned_data["opened_on"], on=form.cleaned_data["on"]
            )
            messages.success(
                request, _("L'offre a pris fin : les acheteurs ne la verront plus à partir de cette date.")
            )
            return redirect(offer)
    return render(request, "directory/offer_end.html", {"offer": offer, "form": form})


def _offer_to_change(request: Request, territory: Territory, key: str) -> Offer:
    offer = queries.offer_for(request.actor, territory, key)
    policy.require("directory.offer", request.actor, offer.organisation)
    return offer


def _asked(request: Request) -> Asked:
    return Asked.of(request.GET.dict(), request.GET.getlist("choix"))


def _csv_row(request: Request, row: OfferRow) -> list[Any]:
    offer, lead = row.offer, row.suppliers[0].organisation
    others = [" : ".join(filter(None, (one.organisation.name, one.part))) for one in row.suppliers[1:]]
    return [
        offer.key, offer.title, offer.sort, lead.name, lead.commune, " ; ".join(others),
        " ; ".join(str(sector.label) for sector in row.sectors), offer.capacity, offer.area, " ; ".join(row.labels),
        _text(offer.start), _text(offer.end), lead.telephone, lead.email, lead.site, offer.description,
        request.build_absolute_uri(offer.get_absolute_url()),
    ]  # fmt: skip


def _json_item(request: Request, row: OfferRow) -> dict[str, Any]:
    offer = row.offer
    return {
        "id": offer.key, "intitule": offer.title, "type": offer.sort, "description": offer.description,
        "capacite": offer.capacity, "zone": offer.area, "debut": _text(offer.start), "fin": _text(offer.end),
        "secteurs": [str(sector.label) for sector in row.sectors],
        "fournisseurs": [
            {
                "id": one.organisation.key, "nom": one.organisation.name, "commune": one.organisation.commune,
                "apport": one.part, "telephone": one.organisation.telephone, "courriel": one.organisation.email,
                "site": one.organisation.site, "labels": [label.name for label in one.labels],
            }
            for one in row.suppliers
        ],
        "adresse": request.build_absolute_uri(offer.get_absolute_url()),
    }  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value)
