"""Initiatives: parse, call, show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.initiatives import InitiativeForm
from terreau.directory.forms.records import FormPage
from terreau.kernel.errors import StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory


@reads("directory.read")
def initiative_list(request: Request, territory: Territory) -> HttpResponse:
    """List what organisations carry together, and who carries it; `etape` keeps one stage."""
    page = queries.initiatives_page(request.actor, territory, request.GET.get("etape", ""))
    return render(request, "directory/initiative_list.html", {"page": page})


@reads("directory.read")
def initiative_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show an initiative: who carries it, its steps with figures and sources, the organisation born of it."""
    initiative = queries.initiative_for(request.actor, territory, key)
    page = queries.initiative_page(request.actor, initiative)
    return render(request, "directory/initiative_detail.html", {"page": page})


@writes("directory.create")
def initiative_create(request: Request, territory: Territory) -> HttpResponse:
    """Open the page of an initiative: a name is enough."""
    form = InitiativeForm(request.POST or None, reader=request.actor, territory=territory)
    if form.is_complete():
        values = form.changes
        with rules_shown_in(form):
            initiative = services.create_initiative(
                territory, by=request.actor, name=values.pop("name"), visibility=values.pop("visibility"), values=values,
                themes=form.chosen_themes, **form.parts,
            )  # fmt: skip
            messages.success(request, _("La fiche est ouverte."))
            return redirect(initiative)
    return render(request, "directory/initiative_form.html", {"page": FormPage(form)})


@writes("directory.change")
def initiative_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show the form; when someone saved meanwhile, show both versions and keep what was typed (409)."""
    initiative = queries.initiative_for(request.actor, territory, key)
    form = InitiativeForm(request.POST or None, reader=request.actor, territory=territory, record=initiative)
    differences = None
    if form.is_complete():
        try:
            with rules_shown_in(form):
                services.update_initiative(
                    initiative, by=request.actor, version=form.version, changes=form.changes, themes=form.chosen_themes,
                    **form.parts,
                )  # fmt: skip
                messages.success(request, _("La fiche est enregistrée."))
                return redirect(initiative)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    page = FormPage(form, initiative, differences)
    return render(request, "directory/initiative_form.html", {"page": page}, status=200 if differences is None else 409)
