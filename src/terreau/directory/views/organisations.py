"""Organisations, their doubts and sources: parse, call, show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.organisations import OrganisationForm, OrganisationFormPage
from terreau.kernel.errors import StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory


@reads("directory.read")
def organisation_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    organisation = queries.organisation_for(request.actor, territory, key)
    page = queries.organisation_page(request.actor, organisation)
    return render(request, "directory/organisation_detail.html", {"page": page})


@writes("directory.change")
def organisation_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show the form; when someone saved meanwhile, show both versions and keep what was typed (409)."""
    organisation = queries.organisation_for(request.actor, territory, key)
    form = OrganisationForm(request.POST or None, organisation=organisation, reader=request.actor)
    differences = None
    if request.method == "POST" and form.is_valid():
        try:
            with rules_shown_in(form):
                services.update_organisation(
                    organisation,
                    by=request.actor,
                    version=form.version,
                    changes=form.changes,
                    themes=form.chosen_themes,
                )
                messages.success(request, _("La fiche est enregistrée."))
                return redirect(organisation)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    page = OrganisationFormPage(organisation, form, differences)
    return render(
        request, "directory/organisation_form.html", {"page": page}, status=200 if differences is None else 409
    )


@reads("directory.read")
def resources(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "directory/resources.html", {"page": queries.resources_page(request.actor, territory)})


@reads("directory.read")
def source_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    source = queries.source_for(request.actor, territory, key)
    page = queries.source_page(request.actor, source, request.GET.get("page"))
    return render(request, "directory/source_detail.html", {"page": page, "query": request.GET})


@reads("directory.read")
def doubts(request: Request, territory: Territory) -> HttpResponse:
    return render(
        request, "directory/doubts.html", {"page": queries.doubts_page(request.actor, territory, request.GET.dict())}
    )
