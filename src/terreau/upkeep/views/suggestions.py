"""Suggesting, and deciding what was suggested."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.directory.enums import SuggestionKind
from terreau.directory.models import Nature, Suggestion
from terreau.directory.queries import organisation_for
from terreau.directory.services import suggest, suggestions
from terreau.kernel import policy
from terreau.kernel.errors import StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.kernel.models import Gap
from terreau.territory.models import Territory
from terreau.upkeep import queries
from terreau.upkeep.forms import BatchForm, DecisionForm, ShortForm, SuggestionForm
from terreau.upkeep.services.limits import spend
from terreau.upkeep.visitors import sender_of


@writes("directory.suggest")
def correct(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Correct a page: the form says what the page says, and only what is changed is sent."""
    organisation = organisation_for(request.actor, territory, key)
    form = SuggestionForm(_posted(request), territory=territory, organisation=organisation)
    return _suggest(request, territory, form, "correct", organisation=organisation)


@writes("directory.suggest")
def closed(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Say that a structure no longer exists."""
    organisation = organisation_for(request.actor, territory, key)
    form = ShortForm(_posted(request), territory=territory, organisation=organisation, asks_end=True)
    return _suggest(request, territory, form, "closed", organisation=organisation, kind=SuggestionKind.CLOSURE)


@writes("directory.suggest")
def new(request: Request, territory: Territory) -> HttpResponse:
    """Suggest a structure that the directory does not know."""
    form = SuggestionForm(_posted(request), territory=territory)
    return _suggest(request, territory, form, "new", kind=SuggestionKind.CREATION)


@writes("directory.suggest")
def answer_gap(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Answer a question that the territory asks (« Je sais »)."""
    gap = get_object_or_404(Gap.objects.of(territory).visible_to(request.actor).select_related("territory"), key=key)
    form = ShortForm(_posted(request), territory=territory)
    return _suggest(request, territory, form, "gap", gap=gap, kind=SuggestionKind.ANSWER)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _suggest(
    request: Request, territory: Territory, form: SuggestionForm, what: str, *, kind: str = SuggestionKind.CORRECTION,
    organisation: Any = None, gap: Any = None,
) -> HttpResponse:  # fmt: skip
    if form.is_valid():
        with rules_shown_in(form):
            if not form.is_trapped:
                spend("suggest", sender_of(request), most=30)
                proposed = form.proposed
                said = form.words
                if kind == SuggestionKind.CLOSURE and not said["message"]:
                    said["message"] = _("Cette structure n'existe plus.")
                suggest(
                    territory, by=request.actor, kind=kind, organisation=organisation, gap=gap, proposed=proposed, message=said["message"],
                    evidence=said["evidence"], email=said["email"],
                )  # fmt: skip
            return redirect("upkeep:thanks", territory=territory.slug)
    context = {"form": form, "organisation": organisation, "gap": gap, "what": what}
    return render(request, "upkeep/suggestion_form.html", context)


@reads("directory.suggest")
def thanks(request: Request, territory: Territory) -> HttpResponse:
    """Say that a suggestion arrived, and what becomes of it."""
    return render(request, "upkeep/suggestion_thanks.html")


@writes("directory.suggest")
def withdraw(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Take back one's own suggestion."""
    suggestion = queries.suggestion_of(territory, pk)
    policy.require("directory.suggestion.withdraw", request.actor, suggestion)
    form = Form(_posted(request))
    if form.is_valid():
        with rules_shown_in(form):
            suggestions.withdraw(suggestion, by=request.actor)
            messages.success(request, _("Votre suggestion est retirée."))
            return redirect(suggestion.organisation or territory)
    page = queries.suggestion_page(suggestion)
    return render(request, "upkeep/suggestion_withdraw.html", {"page": page, "form": form})


@reads("directory.suggestion.decide")
def queue(request: Request, territory: Territory) -> HttpResponse:
    """Suggestions to read, filtered."""
    page = queries.queue_page(territory, request.GET.dict())
    return render(request, "upkeep/suggestion_list.html", {"page": page, "query": request.GET})


@writes("directory.suggestion.decide")
def batch(request: Request, territory: Territory) -> HttpResponse:
    """Decide several suggestions: the queue sends what is ticked, this page asks once more, then does it."""
    if request.method != "POST":
        return redirect("upkeep:suggestions", territory=territory.slug)
    chosen = queries.chosen_suggestions(territory, request.POST.getlist("chosen")[: suggestions.MOST_AT_ONCE])
    form = BatchForm(request.POST)
    if not chosen or not form.is_valid():
        messages.warning(request, _("Cocher au moins une suggestion, puis choisir quoi en faire."))
        return redirect("upkeep:suggestions", territory=territory.slug)
    if "sure" not in request.POST:
        context = {"form": form, "chosen": chosen, "do": form.cleaned_data["do"]}
        return render(request, "upkeep/suggestion_batch.html", context)
    if form.cleaned_data["do"] == "accept":
        outcome = suggestions.accept_many(chosen, by=request.actor)
        said = ngettext("Une suggestion retenue.", "%(count)s suggestions retenues.", outcome.accepted)
    else:
        outcome = suggestions.decline_many(chosen, by=request.actor, reason=form.cleaned_data["reason"])
        said = ngettext("Une suggestion écartée.", "%(count)s suggestions écartées.", outcome.accepted)
    if outcome.accepted:
        messages.success(request, said % {"count": outcome.accepted})
    if outcome.stale:
        words = _("La fiche a changé depuis, à relire une par une : %(titles)s.")
        messages.warning(request, words % {"titles": ", ".join(row.title for row in outcome.stale)})
    for suggestion, why in outcome.refused:
        messages.error(request, _("%(title)s : %(why)s") % {"title": suggestion.title, "why": why})
    return redirect("upkeep:suggestions", territory=territory.slug)


@writes("directory.suggestion.decide")
def decide(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Compare field by field, keep what is right, amend it, or set it aside."""
    suggestion = queries.suggestion_of(territory, pk)
    target = suggestion.organisation if suggestion.kind != SuggestionKind.CREATION else None
    form = DecisionForm(_posted(request), initial={"opened_on": target.version if target else None})
    status = 200
    if form.is_valid():
        try:
            with rules_shown_in(form):
                if request.POST.get("do") == "decline":
                    suggestions.decline(suggestion, by=request.actor, reason=form.cleaned_data["reason"])
                    messages.success(request, _("La suggestion est écartée."))
                else:
                    suggestions.accept(
                        suggestion, by=request.actor, version=form.cleaned_data["opened_on"], fields=request.POST.getlist("keep"),
                        values=_amended(request, suggestion), reason=form.cleaned_data["reason"],
                    )  # fmt: skip
                    messages.success(request, _("La suggestion est retenue, la fiche est à jour."))
                return redirect("upkeep:suggestions", territory=territory.slug)
        except StaleVersion as stale:
            messages.warning(request, stale.message)
            suggestion = queries.suggestion_of(territory, pk)
            form = DecisionForm(initial={"opened_on": stale.current.version, "reason": form.cleaned_data["reason"]})
            status = 409
    context = {
        "page": queries.suggestion_page(suggestion),
        "form": form,
        "natures": _natures(territory, suggestion),
    }
    return render(request, "upkeep/suggestion_detail.html", context, status=status)


def _amended(request: Request, suggestion: Suggestion) -> dict[str, Any]:
    """Read what the team worded otherwise, and what a new structure needs beside."""
    values: dict[str, Any] = {}
    for name, (_seen, proposed) in suggestion.changes.items():
        typed = request.POST.get(f"value-{name}")
        if typed is not None and name in request.POST.getlist("keep") and typed != (proposed or ""):
            values[name] = typed
    for name in ("nature", "answer"):
        if value := request.POST.get(name):
            values[name] = value
    return values


def _natures(territory: Territory, suggestion: Suggestion) -> list[tuple[str, str]]:
    if suggestion.kind != SuggestionKind.CREATION or not suggestion.is_open:
        return []
    return list(Nature.objects.of(territory).in_order().values_list("key", "name"))


@writes("directory.suggestion.decide")
def reopen(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Undo a refusal."""
    suggestion = queries.suggestion_of(territory, pk)
    form = Form(_posted(request))
    if form.is_valid():
        with rules_shown_in(form):
            suggestions.reopen(suggestion, by=request.actor)
            messages.success(request, _("La suggestion est de nouveau à relire."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("upkeep:suggestion", territory=territory.slug, pk=pk)
