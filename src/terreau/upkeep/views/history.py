"""What changed on a page, and going back on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory.queries import organisation_for
from terreau.directory.services import Suggested, plain_values
from terreau.kernel import policy
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory
from terreau.upkeep import queries
from terreau.upkeep.forms import RevertForm
from terreau.upkeep.services import history as services


@reads("upkeep.history")
def history(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Every change of a page, the latest first."""
    organisation = organisation_for(request.actor, territory, key)
    page = queries.history_page(request.actor, organisation, request.GET.get("page"))
    return render(request, "upkeep/history.html", {"page": page, "query": request.GET})


@writes("directory.open_form")
def revert(request: Request, territory: Territory, key: str, sequence: int) -> HttpResponse:
    """Show what going back would write, beside what the page says now; then write it."""
    organisation = organisation_for(request.actor, territory, key)
    policy.require("directory.change", request.actor, organisation)
    event = queries.event_of(organisation, sequence)
    overtaken = services.overtaken(organisation, event)
    said = plain_values(organisation, services.revertible(event))
    form = RevertForm(
        request.POST if request.method == "POST" else None,
        asks=bool(overtaken),
        initial={"opened_on": organisation.version},
    )
    if form.is_valid():
        with rules_shown_in(form):
            done = services.revert(
                organisation, event, by=request.actor, version=form.cleaned_data["opened_on"],
                is_sure=form.cleaned_data.get("is_sure", False),
            )  # fmt: skip
            waits = isinstance(done, Suggested)
            words = _("L'équipe relit ce retour avant de le publier.") if waits else _("Ce changement est repris.")
            messages.success(request, words)
            return redirect("upkeep:history", territory=territory.slug, key=key)
    page = queries.revert_page(organisation, event, said, overtaken)
    return render(request, "upkeep/history_revert.html", {"page": page, "form": form})
