"""Pages of one's own account, of invitations, and of a territory's team."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from terreau.accounts import queries, services
from terreau.accounts.forms import EndForm, InvitationForm, NameForm, NewAccountForm, ReplayForm
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory


@writes("accounts.own_account")
def home(request: Request) -> HttpResponse:
    page = queries.account_page(request.actor)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": page.user.name})
    if form.is_valid():
        services.rename_me(name=form.cleaned_data["name"], by=request.actor)
        messages.success(request, _("Votre nom est enregistré."))
        return redirect("account_home")
    return render(request, "accounts/account_detail.html", {"page": page, "form": form})


@never_cache
@writes("accounts.invitation.accept")
def accept_invitation(request: Request, secret: str) -> HttpResponse:
    invitation = queries.invitation_by_secret(secret)
    page = queries.invitation_page(request.actor, invitation, closed=services.why_closed(invitation))
    if page.closed:
        return render(request, "accounts/invitation_closed.html", {"page": page}, status=410)
    form_class = NewAccountForm if page.opens_account else Form
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with rules_shown_in(form):
            grant = services.accept_invitation(invitation=invitation, by=request.actor, **form.cleaned_data)
            if request.actor.is_anonymous:
                login(request, grant.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            messages.success(request, _("Bienvenue : votre rôle vous est confié."))
            return redirect("account_home")
    return render(request, "accounts/invitation_detail.html", {"page": page, "form": form})


@reads("accounts.team.read")
def team(request: Request, territory: Territory) -> HttpResponse:
    return render(request, "accounts/team_list.html", {"page": queries.team_page(request.actor, territory)})


@writes("accounts.team.change")
def invite(request: Request, territory: Territory) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        with rules_shown_in(form):
            services.invite(
                territory=territory, site=request.build_absolute_uri("/"), by=request.actor, **form.cleaned_data
            )
            messages.success(request, _("L'invitation est partie à %(email)s.") % {"email": form.cleaned_data["email"]})
            return redirect("accounts:team", territory=territory.slug)
    return render(request, "accounts/invitation_form.html", {"form": form})


@writes("accounts.team.change")
def withdraw_invitation(request: Request, territory: Territory, invitation: UUID) -> HttpResponse:
    waiting = queries.invitation_of(territory, invitation)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with rules_shown_in(form):
            services.withdraw_invitation(invitation=waiting, by=request.actor)
            messages.success(request, _("L'invitation est retirée : son lien ne marche plus."))
            return redirect("accounts:team", territory=territory.slug)
    return render(request, "accounts/invitation_confirm.html", {"invitation": waiting, "form": form})


@writes("accounts.team.change")
def end_role(request: Request, territory: Territory, grant: UUID) -> HttpResponse:
    held = queries.grant_of(territory, grant)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with rules_shown_in(form):
            services.end_role(grant=held, by=request.actor, **form.cleaned_data)
            messages.success(request, _("La fin du rôle est enregistrée."))
            return redirect("accounts:team", territory=territory.slug)
    return render(request, "accounts/grant_confirm.html", {"grant": held, "form": form})


@reads("accounts.rights.read")
def rights(request: Request, territory: Territory) -> HttpResponse:
    form = ReplayForm(request.GET)
    page = queries.rights_page(territory, form.chosen)
    return render(request, "accounts/rights_list.html", {"page": page, "form": form})
