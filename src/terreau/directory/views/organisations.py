"""Organisations, their doubts: parse, call, show."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.organisations import OrganisationForm, StateForm
from terreau.directory.forms.records import FormPage
from terreau.kernel import policy
from terreau.kernel.errors import RuleBroken, StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory


@reads("directory.read")
def organisation_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show a page; the address of a merged one leads to what took its place."""
    try:
        organisation = queries.organisation_for(request.actor, territory, key)
    except Http404:
        if replacement := queries.replacement_of(request.actor, territory, key):
            # Not for ever: a merge can be undone, and browsers keep a permanent answer.
            return redirect(replacement)
        raise
    page = queries.organisation_page(request.actor, organisation, request.build_absolute_uri("/")[:-1])
    return render(request, "directory/organisation_detail.html", {"page": page})


@writes("directory.create")
def organisation_create(request: Request, territory: Territory) -> HttpResponse:
    """Open the page of an organisation: a name and a nature are enough."""
    form = OrganisationForm(request.POST or None, reader=request.actor, territory=territory)
    if form.is_complete():
        values = form.changes
        with rules_shown_in(form):
            organisation = services.create_organisation(
                territory, by=request.actor, name=values.pop("name"), nature=values.pop("nature"),
                visibility=values.pop("visibility"), values=values, themes=form.chosen_themes, **form.parts,
            )  # fmt: skip
            messages.success(request, _("La fiche est ouverte."))
            return redirect(organisation)
    return render(request, "directory/organisation_form.html", {"page": FormPage(form)})


@writes("directory.open_form")
def organisation_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Show the form; when someone saved meanwhile, show both versions and keep what was typed (409)."""
    organisation = queries.organisation_for(request.actor, territory, key)
    policy.require("directory.change", request.actor, organisation)
    form = OrganisationForm(request.POST or None, reader=request.actor, territory=territory, record=organisation)
    differences = None
    if form.is_complete():
        try:
            with rules_shown_in(form):
                done = services.submit_change(
                    organisation, by=request.actor, version=form.version, changes=form.changes, themes=form.chosen_themes,
                    **form.parts,
                )  # fmt: skip
                waits = isinstance(done, services.Suggested)
                messages.success(
                    request,
                    _("Vos changements attendent la relecture de l'équipe.")
                    if waits
                    else _("La fiche est enregistrée."),
                )
                return redirect(organisation)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    page = FormPage(form, organisation, differences)
    return render(
        request, "directory/organisation_form.html", {"page": page}, status=200 if differences is None else 409
    )


@writes("directory.open_form")
def organisation_state(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Say that a page is still true, put it away or open it again; to be read, it is its page."""
    organisation = queries.organisation_for(request.actor, territory, key)
    form = StateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.apply(organisation, by=request.actor))
        except RuleBroken as error:
            messages.error(request, error.message)
    return redirect(organisation)


@reads("directory.read")
def doubts(request: Request, territory: Territory) -> HttpResponse:
    return render(
        request, "directory/doubts.html", {"page": queries.doubts_page(request.actor, territory, request.GET.dict())}
    )
