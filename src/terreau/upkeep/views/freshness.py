"""Pages left long untouched, letters about them, and the rules of a territory."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from terreau.directory.models import Organisation
from terreau.directory.services import archive_organisation, confirm_organisation
from terreau.kernel.errors import RuleBroken
from terreau.kernel.http import Request, rules_shown_in, writes
from terreau.territory.models import Territory
from terreau.upkeep import queries
from terreau.upkeep.enums import Answer, Freshness
from terreau.upkeep.forms import RulesForm
from terreau.upkeep.models import Reminder
from terreau.upkeep.queries.freshness import rules_of
from terreau.upkeep.services import reminders
from terreau.upkeep.services.rules import CHANGEABLE, change_rules

MOST_TICKED = 50


@writes("upkeep.freshness")
def pages(request: Request, territory: Territory) -> HttpResponse:
    """List the pages by state; ask again about some, archive or confirm them after a call."""
    known = {"a-revoir": Freshness.TO_REVIEW, "silencieuses": Freshness.SILENT, "a-jour": Freshness.FRESH}
    wanted = request.GET.get("etat", "a-revoir")
    state = known.get(wanted, Freshness.TO_REVIEW)
    if request.method == "POST":
        _act(request, territory)
        return redirect(request.get_full_path())
    page = queries.freshness_page(request.actor, territory, state, request.GET.get("page"))
    return render(request, "upkeep/freshness_list.html", {"page": page, "query": request.GET, "wanted": wanted})


def _act(request: Request, territory: Territory) -> None:
    keys = request.POST.getlist("chosen")[:MOST_TICKED]
    chosen = list(Organisation.objects.of(territory).filter(key__in=keys).order_by("name", "pk"))
    if not chosen:
        messages.warning(request, _("Cocher au moins une fiche."))
    elif request.POST.get("do") == "remind":
        site = request.build_absolute_uri("/")
        sent = reminders.remind(territory, chosen, by=request.actor, site=site)
        words = ngettext("Un rappel est parti.", "%(count)s rappels sont partis.", sent.letters)
        messages.success(request, words % {"count": sent.letters})
        if sent.too_soon:
            messages.warning(request, _("Un rappel est déjà parti il y a moins de sept jours pour les autres fiches."))
        if sent.unreachable:
            count = len(sent.unreachable)
            words = ngettext(
                "Une fiche n'a pas d'adresse où écrire.", "%(count)s fiches n'ont pas d'adresse où écrire.", count
            )
            messages.warning(request, words % {"count": count})
    else:
        done = 0
        for page in chosen:
            try:
                if request.POST.get("do") == "archive":
                    archive_organisation(page, by=request.actor, version=page.version)
                else:
                    confirm_organisation(page, by=request.actor)
                done += 1
            except RuleBroken as error:
                messages.error(request, _("%(title)s : %(why)s") % {"title": page.name, "why": error.message})
        words = ngettext("Une fiche est à jour.", "%(count)s fiches sont à jour.", done)
        messages.success(request, words % {"count": done})


@never_cache
@writes("upkeep.answer")
def answer(request: Request, territory: Territory, token: str, answer: str) -> HttpResponse:
    """Answer a letter: its link leads to a button, since machines that scan letters open their links."""
    reminder = _reminder(territory, token)
    if answer not in Answer.values:
        raise Http404
    page = reminder.organisation
    if answer == Answer.UPDATE:
        keeps = page.pk in request.actor.records or reminder.user_id
        name = "directory:organisation_edit" if keeps else "upkeep:suggest"
        return redirect(name, territory=territory.slug, key=page.key)
    form = Form(request.POST if request.method == "POST" else None)
    closed, is_done = reminders.why_closed(reminder), False
    if form.is_valid():
        with rules_shown_in(form):
            reminders.answer(reminder, answer)
            is_done, closed = True, ""
    context = {
        "organisation": page,
        "form": form,
        "is_right": answer == Answer.RIGHT,
        "closed": closed,
        "is_done": is_done,
    }
    return render(request, "upkeep/reminder_answer.html", context, status=410 if closed else 200)


@never_cache
@writes("upkeep.answer")
def stop(request: Request, territory: Territory, token: str) -> HttpResponse:
    """Ask for no more reminders."""
    reminder = _reminder(territory, token)
    form = Form(request.POST if request.method == "POST" else None)
    is_done = False
    if form.is_valid():
        reminders.stop(reminder)
        is_done = True
    return render(request, "upkeep/reminder_stop.html", {"form": form, "is_done": is_done})


def _reminder(territory: Territory, token: str) -> Reminder:
    reminder = reminders.reminder_of(token)
    if reminder is None or reminder.organisation.territory_id != territory.pk:
        raise Http404(_("Ce lien n'est pas complet : copier toute la ligne de la lettre."))
    return reminder


@writes("upkeep.rules")
def rules(request: Request, territory: Territory) -> HttpResponse:
    """Choose the delays of reminders, and whether managers' changes are read first."""
    kept = rules_of(territory)
    form = RulesForm(
        request.POST if request.method == "POST" else None, instance=kept, initial={"opened_on": kept.version}
    )
    if form.is_valid():
        with rules_shown_in(form):
            changes = {name: form.cleaned_data[name] for name in CHANGEABLE}
            change_rules(territory, by=request.actor, version=form.cleaned_data["opened_on"], changes=changes)
            messages.success(request, _("Les règles sont enregistrées."))
            return redirect("upkeep:rules", territory=territory.slug)
    return render(request, "upkeep/rules_form.html", {"form": form})
