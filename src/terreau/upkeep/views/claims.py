"""« C'est ma structure » : asking to keep a page, and deciding."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from terreau.accounts import queries as accounts
from terreau.accounts import services as accounts_services
from terreau.directory.queries import organisation_for
from terreau.kernel import policy
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory
from terreau.upkeep import queries
from terreau.upkeep.forms import ClaimForm, RefusalForm
from terreau.upkeep.services import claims as services
from terreau.upkeep.services.limits import spend
from terreau.upkeep.visitors import sender_of


@writes("upkeep.claim")
def claim(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Ask to keep a page; the answer reads the same whether the address is known here or not."""
    organisation = organisation_for(request.actor, territory, key)
    if organisation.pk in request.actor.records:
        return redirect("upkeep:managers", territory=territory.slug, key=key)
    is_signed_in = not request.actor.is_anonymous
    form = ClaimForm(request.POST if request.method == "POST" else None, is_signed_in=is_signed_in)
    is_sent = False
    if form.is_valid():
        with rules_shown_in(form):
            if not form.is_trapped:
                email = form.cleaned_data.get("email", "")
                spend("claim", sender_of(request), most=10)
                spend("claim", email or str(request.actor.user_id), most=5)
                services.claim(
                    organisation=organisation, by=request.actor, email=email, message=form.cleaned_data["message"],
                    site=request.build_absolute_uri("/"),
                )  # fmt: skip
            is_sent = True
    context = {"organisation": organisation, "form": form, "is_sent": is_sent, "is_signed_in": is_signed_in}
    return render(request, "upkeep/claim_form.html", context)


@never_cache
@writes("upkeep.claim")
def verify(request: Request, territory: Territory, secret: str) -> HttpResponse:
    """Confirm an address: the letter leads to a button, since machines that scan letters open their links."""
    waiting = queries.claim_by_secret(territory, secret)
    form = Form(request.POST if request.method == "POST" else None)
    is_done = False
    if form.is_valid():
        with rules_shown_in(form):
            services.verify(waiting, by=request.actor)
            is_done = True
    return render(request, "upkeep/claim_verify.html", {"claim": waiting, "form": form, "is_done": is_done})


@reads("upkeep.claim.decide")
def queue(request: Request, territory: Territory) -> HttpResponse:
    """Claims to decide."""
    page = queries.claims_page(territory, request.GET.get("page"))
    return render(request, "upkeep/claim_list.html", {"page": page, "query": request.GET})


@writes("upkeep.claim.decide")
def decide(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Accept, or refuse with a reason."""
    waiting = queries.claim_of(territory, pk)
    form = RefusalForm(request.POST if request.POST.get("do") == "refuse" else None)
    given = Form(request.POST if request.POST.get("do") == "accept" else None)
    site = request.build_absolute_uri("/")
    if given.is_valid():
        with rules_shown_in(given):
            services.accept(waiting, by=request.actor, site=site)
            messages.success(request, _("La gestion est confiée : la personne est prévenue."))
            return redirect("upkeep:claims", territory=territory.slug)
    if form.is_valid():
        with rules_shown_in(form):
            services.refuse(waiting, by=request.actor, reason=form.cleaned_data["reason"], site=site)
            messages.success(request, _("La demande est refusée : la personne est prévenue."))
            return redirect("upkeep:claims", territory=territory.slug)
    context = {
        "claim": waiting,
        "form": form,
        "given": given,
        "keepers": queries.keepers_of(waiting.organisation),
    }
    return render(request, "upkeep/claim_detail.html", context)


@reads("upkeep.managers")
def managers(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Who keeps a page: for the team, and for those who keep it."""
    organisation = organisation_for(request.actor, territory, key)
    policy.require("directory.change", request.actor, organisation)
    grants = queries.keepers_of(organisation)
    lines = [(grant, policy.allows("accounts.managers.end", request.actor, grant)) for grant in grants]
    return render(request, "upkeep/manager_list.html", {"organisation": organisation, "lines": lines})


@writes("upkeep.managers")
def end_management(request: Request, territory: Territory, key: str, grant: UUID) -> HttpResponse:
    """End someone's management of a page, or one's own."""
    organisation = organisation_for(request.actor, territory, key)
    held = accounts.grant_of(territory, grant)
    policy.require("accounts.managers.end", request.actor, held)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with rules_shown_in(form):
            accounts_services.end_role(grant=held, by=request.actor)
            messages.success(request, _("La gestion de la fiche a pris fin."))
            return redirect(organisation)
    is_mine = held.user_id == request.actor.user_id
    context = {"organisation": organisation, "grant": held, "form": form, "is_mine": is_mine}
    return render(request, "upkeep/manager_confirm.html", context)
