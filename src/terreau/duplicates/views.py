"""Duplicates, for the team: parse, call, show."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.duplicates import queries, services
from terreau.duplicates.enums import State
from terreau.duplicates.forms import DecisionForm, MergeForm, UndoForm
from terreau.kernel.errors import RuleBroken, StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory

AT_ONCE = 3000
"""Organisations that are compared while the page waits (about two seconds); more go to the worker."""


@reads("duplicates.read")
def candidate_list(request: Request, territory: Territory) -> HttpResponse:
    """Pairs that may be one structure, by what was decided on them."""
    page = queries.list_page(request.actor, territory, request.GET.get("etat", ""), request.GET.get("page"))
    return render(request, "duplicates/candidate_list.html", {"page": page, "query": request.GET})


@writes("duplicates.search")
def search(request: Request, territory: Territory) -> HttpResponse:
    """Search at once in a small territory, beside the site in a large one."""
    if request.method != "POST":
        return redirect("duplicates:candidate_list", territory=territory.slug)
    if queries.compared(territory).count() > AT_ONCE:
        services.search_later(territory, by=request.actor)
        messages.info(request, _("La recherche est lancée : les paires paraîtront ici dans quelques minutes."))
    else:
        done = services.search(territory, by=request.actor)
        messages.success(
            request,
            _("%(compared)s fiches comparées, %(created)s nouvelles paires, %(open)s à examiner.")
            % {"compared": done.compared, "created": done.created, "open": done.open},
        )
    return redirect("duplicates:candidate_list", territory=territory.slug)


@reads("duplicates.read")
def candidate_detail(request: Request, territory: Territory, key: UUID) -> HttpResponse:
    """Two records or more side by side, field by field, with what to keep of each."""
    pair = queries.pair_for(request.actor, territory, key)
    if pair.state == State.MERGED:
        return _merged(request, territory)
    page = queries.compare_page(request.actor, pair, also=request.GET.getlist("avec"))
    return render(request, "duplicates/candidate_detail.html", {"page": page})


@writes("duplicates.review")
def candidate_decide(request: Request, territory: Territory, key: UUID) -> HttpResponse:
    """Say that a pair is two structures, leave it for later, or open it again."""
    pair = queries.pair_for(request.actor, territory, key)
    form = DecisionForm(request.POST or None)
    if not form.is_valid():
        return redirect("duplicates:candidate_detail", territory=territory.slug, key=pair.pk)
    try:
        services.decide(pair, state=State(form.cleaned_data["state"]), by=request.actor)
        messages.success(request, _("C'est noté : %(state)s.") % {"state": State(pair.state).label})
    except RuleBroken as error:
        messages.error(request, error.message)
    return redirect("duplicates:candidate_list", territory=territory.slug)


@writes("duplicates.review")
def candidate_merge(request: Request, territory: Territory, key: UUID) -> HttpResponse:
    """Show what a merge would give (`do=preview`), change the choices again (`do=choose`), or merge (`do=merge`)."""
    pair = queries.pair_for(request.actor, territory, key)
    if pair.state == State.MERGED:
        return _merged(request, territory)
    if request.method != "POST":
        return redirect("duplicates:candidate_detail", territory=territory.slug, key=pair.pk)
    also, do = request.POST.getlist("avec"), request.POST.get("do")
    organisations = queries.organisations_of(request.actor, pair, also=also)
    form = MergeForm(request.POST, organisations)
    chosen: dict[str, str] = {}
    error = _("Une valeur choisie vient d'une autre fiche : choisir à nouveau.")
    if form.is_valid():
        chosen, error = form.choices, ""
        try:
            if do == "merge":
                result = services.merge(
                    territory, by=request.actor, organisations=organisations, choices=chosen, versions=form.versions
                )
                messages.success(request, _("Les fiches sont réunies. Leurs anciennes adresses mènent ici."))
                return redirect(result)
            if do == "preview":
                preview = services.preview(territory, by=request.actor, organisations=organisations, choices=chosen)
                page = queries.preview_page(pair, organisations, preview, chosen, form.versions)
                return render(request, "duplicates/merge_confirm.html", {"page": page})
        except StaleVersion:
            raise
        except RuleBroken as broken:
            error = broken.message
    compared = queries.compare_page(request.actor, pair, also=also, chosen=chosen, error=error)
    return render(request, "duplicates/candidate_detail.html", {"page": compared})


def _merged(request: Request, territory: Territory) -> HttpResponse:
    messages.info(request, _("Ces fiches sont déjà réunies : voici les fusions."))
    return redirect("duplicates:merge_list", territory=territory.slug)


@reads("duplicates.read")
def merge_list(request: Request, territory: Territory) -> HttpResponse:
    """Merges done, the last first."""
    page = queries.merges_page(territory, request.GET.get("page"))
    return render(request, "duplicates/merge_list.html", {"page": page, "query": request.GET})


@reads("duplicates.read")
def merge_detail(request: Request, territory: Territory, key: UUID) -> HttpResponse:
    """What a merge did, and what undoing it would lose."""
    done = queries.merge_for(territory, key)
    return render(
        request, "duplicates/merge_detail.html", {"page": queries.merge_page(request.actor, done), "form": UndoForm()}
    )


@writes("duplicates.review")
def merge_undo(request: Request, territory: Territory, key: UUID) -> HttpResponse:
    """Undo a merge."""
    done = queries.merge_for(territory, key)
    if request.method != "POST":
        return redirect("duplicates:merge_detail", territory=territory.slug, key=done.pk)
    form = UndoForm(request.POST)
    if form.is_valid():
        with rules_shown_in(form):
            services.undo(done, by=request.actor, losing=form.cleaned_data["losing"])
            messages.success(request, _("La fusion est défaite : chaque fiche est redevenue ce qu'elle était."))
            return redirect("duplicates:merge_detail", territory=territory.slug, key=done.pk)
    return render(
        request, "duplicates/merge_detail.html", {"page": queries.merge_page(request.actor, done), "form": form}
    )
