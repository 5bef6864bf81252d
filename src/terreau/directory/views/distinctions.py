"""Prizes, labels, habilitations, approvals: read by all, kept by the team. Parse, call, show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.desk import Desk, RecordFormPage
from terreau.directory.forms.offers import DistinctionForm
from terreau.directory.models import Initiative, Organisation
from terreau.kernel import policy
from terreau.kernel.addresses import address
from terreau.kernel.errors import StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory

NAMED = (Organisation.KIND, Initiative.KIND)


@reads("directory.read")
def distinction_list(request: Request, territory: Territory) -> HttpResponse:
    """Prizes, labels, habilitations and approvals, by year."""
    page = queries.distinction_list_page(request.actor, territory, request.GET.dict(), request.GET.get("page"))
    return render(request, "directory/distinction_list.html", {"page": page, "query": request.GET})


@writes("directory.distinction")
def distinction_create(request: Request, territory: Territory) -> HttpResponse:
    """Record a distinction."""
    desk = Desk(territory, request.actor)
    form = DistinctionForm(request.POST or None, desk=desk, initial={"holder": request.GET.get("a", "")[:300]})
    if request.method == "POST" and form.is_valid():
        with rules_shown_in(form):
            services.record_distinction(territory=territory, by=request.actor, values=form.values, quote=form.quote)
            messages.success(request, _("La distinction est enregistrée."))
            return redirect("directory:distinction_list", territory=territory.slug)
    back = address("directory:distinction_list", territory.slug)
    page = RecordFormPage(None, form, desk.names(*NAMED), back)
    return render(request, "directory/distinction_form.html", {"page": page})


@writes("directory.distinction")
def distinction_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show the form; when someone saved meanwhile, show both versions and keep what was typed (409)."""
    distinction = queries.distinction_for(request.actor, territory, key)
    policy.require("directory.distinction", request.actor, distinction.organisation or distinction.initiative)
    desk = Desk(territory, request.actor)
    form = DistinctionForm(request.POST or None, desk=desk, record=distinction)
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            with rules_shown_in(form):
                services.update_distinction(
                    distinction, by=request.actor, version=form.version, values=form.values, quote=form.quote
                )
                messages.success(request, _("La distinction est enregistrée."))
                return redirect("directory:distinction_list", territory=territory.slug)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    back = address("directory:distinction_list", territory.slug)
    page = RecordFormPage(distinction, form, desk.names(*NAMED), back, differences)
    return render(
        request, "directory/distinction_form.html", {"page": page}, status=200 if differences is None else 409
    )
