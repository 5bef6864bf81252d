"""Purchases, for the team: recorded, corrected, summed. Parse, call, show."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.desk import Desk, RecordFormPage
from terreau.directory.forms.offers import PurchaseForm
from terreau.directory.models import Organisation
from terreau.directory.views.streamed import csv_file
from terreau.kernel import policy
from terreau.kernel.addresses import address
from terreau.kernel.enums import Visibility
from terreau.kernel.errors import StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory

CSV_COLUMNS = (
    "identifiant", "objet", "acheteur", "fournisseur", "offre", "secteur", "date", "fin", "montant_ht_euros",
    "procedure", "visibilite", "note",
)  # fmt: skip


@reads("directory.read_purchases")
def purchase_list(request: Request, territory: Territory) -> HttpResponse:
    """The purchases that the team knows of, and their sums."""
    page = queries.purchase_list_page(request.actor, territory, request.GET.dict(), request.GET.get("page"))
    return render(request, "directory/purchase_list.html", {"page": page, "query": request.GET})


@reads("directory.read_purchases")
def purchase_csv(request: Request, territory: Territory) -> HttpResponse:
    """The purchases that the filters keep, for a spreadsheet."""
    reader, asked = request.actor, request.GET.dict()

    def rows() -> Iterator[list[Any]]:
        for one in queries.all_purchases(reader, territory, asked):
            yield [
                one.key, one.title, one.buyer.name, one.supplier.name, one.offer.title if one.offer else "",
                one.sector.name if one.sector else "", str(one.start or ""), str(one.end or ""), one.amount,
                one.get_procedure_display(), one.get_visibility_display(), one.note,
            ]  # fmt: skip

    return csv_file(f"achats-{territory.slug}.csv", CSV_COLUMNS, rows)


@writes("directory.purchase")
def purchase_create(request: Request, territory: Territory) -> HttpResponse:
    """Record a purchase; `?offre=` says of which offer, hence from whom and in which sector."""
    desk = Desk(territory, request.actor)
    offer = queries.offer_for(request.actor, territory, key) if (key := request.GET.get("offre", "")) else None
    initial: dict[str, Any] = {"visibility": Visibility.TEAM}
    if offer:
        sectors = list(offer.sectors.all()[:2])
        initial |= {"supplier": offer.organisation.name, "title": offer.title}
        initial |= {"sector": sectors[0].key} if len(sectors) == 1 else {}
    form = PurchaseForm(request.POST or None, desk=desk, initial=initial)
    if request.method == "POST" and form.is_valid():
        with rules_shown_in(form):
            services.record_purchase(
                territory=territory, by=request.actor, values=form.values | {"offer": offer}, quote=form.quote
            )
            messages.success(request, _("L'achat est enregistré."))
            return redirect("directory:purchase_list", territory=territory.slug)
    back = offer.get_absolute_url() if offer else address("directory:purchase_list", territory.slug)
    page = RecordFormPage(None, form, desk.names(Organisation.KIND), back)
    return render(request, "directory/purchase_form.html", {"page": page, "offer": offer})


@writes("directory.purchase")
def purchase_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show the form; when someone saved meanwhile, show both versions and keep what was typed (409)."""
    purchase = queries.purchase_for(request.actor, territory, key)
    policy.require("directory.purchase", request.actor, purchase.buyer)
    desk = Desk(territory, request.actor)
    form = PurchaseForm(request.POST or None, desk=desk, record=purchase)
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            with rules_shown_in(form):
                services.update_purchase(
                    purchase, by=request.actor, version=form.version, values=form.values, quote=form.quote
                )
                messages.success(request, _("L'achat est enregistré."))
                return redirect("directory:purchase_list", territory=territory.slug)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    back = address("directory:purchase_list", territory.slug)
    page = RecordFormPage(purchase, form, desk.names(Organisation.KIND), back, differences)
    return render(
        request, "directory/purchase_form.html", {"page": page, "offer": purchase.offer},
        status=200 if differences is None else 409,
    )  # fmt: skip
