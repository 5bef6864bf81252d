"""Imports, step by step, and where pages come from: parse, call, show."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terreau.directory.services.suggestions import accept_many, decline_many
from terreau.kernel.errors import RuleBroken
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.kernel.pure.csv_lines import csv_lines
from terreau.opendata import services
from terreau.opendata.enums import BatchState
from terreau.opendata.forms import ColumnsForm, FileForm, ResemblancesForm
from terreau.opendata.models import ImportBatch
from terreau.opendata.queries import batches as queries
from terreau.opendata.queries import layers
from terreau.territory.models import Territory

AT_ONCE = 2000
"""Rows that a page takes in before it answers, a second or two; the rest is a task."""


@writes("opendata.import")
def import_list(request: Request, territory: Territory) -> HttpResponse:
    """Show the imports, and take a file."""
    form = FileForm(request.POST or None, request.FILES or None, territory=territory)
    if form.is_valid():
        with rules_shown_in(form):
            given = form.cleaned_data
            batch = services.open_import(
                territory, by=request.actor, file=given["file"], source=given["source"], vintage=given["vintage"], nature=given["nature"]
            )  # fmt: skip
            return redirect(batch)
    return render(request, "opendata/import_list.html", {"page": queries.list_page(territory), "form": form})


@reads("opendata.import")
def import_detail(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """What an import recognised, would do, did, refused and left."""
    batch = queries.batch_for(territory, pk)
    page = queries.batch_page(batch, request.GET.get("page"))
    form = ResemblancesForm(rows=list(page.resemblances))
    lines = [(row, form[f"ligne-{row.row}"]) for row in page.resemblances]
    return render(request, "opendata/import_detail.html", {"page": page, "lines": lines, "query": request.GET})


@writes("opendata.import")
def import_columns(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Match columns with fields, then prepare the preview."""
    batch = queries.batch_for(territory, pk)
    columns = list(batch.columns.all())
    form = ColumnsForm(request.POST or None, batch=batch, columns=columns)
    if form.is_valid():
        with rules_shown_in(form):
            given = form.cleaned_data
            services.match_columns(
                batch, by=request.actor, mapping=form.mapping, source=given["source"], vintage=given["vintage"], nature=given["nature"]
            )  # fmt: skip
            return _previewed(request, batch)
    return render(request, "opendata/import_columns.html", {"batch": batch, "columns": columns, "form": form})


@writes("opendata.import")
def import_preview(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Prepare the preview of an import."""
    batch = queries.batch_for(territory, pk)
    return _previewed(request, batch) if request.method == "POST" else redirect(batch)


@writes("opendata.import")
def import_choose(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Decide of the rows that resemble a page."""
    batch = queries.batch_for(territory, pk)
    form = ResemblancesForm(
        request.POST or None, rows=list(queries.resemblances(batch)) if request.method == "POST" else []
    )
    if form.is_valid() and _done(request, lambda: services.choose(batch, by=request.actor, choices=form.choices)):
        messages.success(request, _("Vos décisions sont enregistrées."))
    return redirect(batch)


@writes("opendata.import")
def import_confirm(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Let an import write, once."""
    batch = queries.batch_for(territory, pk)
    if request.method == "POST" and _done(request, lambda: services.confirm(batch, by=request.actor)):
        _done(request, lambda: services.advance(batch, by=request.actor, rows=AT_ONCE))
        _hand_over(request, batch)
        if batch.state == BatchState.DONE:
            messages.success(request, _("L'import est terminé."))
    return redirect(batch)


@writes("opendata.import")
def import_go_on(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Take some more rows in, here and now: after a crash, or without a worker."""
    batch = queries.batch_for(territory, pk)
    if request.method == "POST":
        _done(request, lambda: services.advance(batch, by=request.actor, rows=AT_ONCE))
    return redirect(batch)


@writes("opendata.import")
def import_undo(request: Request, territory: Territory, pk: UUID) -> HttpResponse:
    """Ask, then take the whole import back."""
    batch = queries.batch_for(territory, pk)
    if request.method != "POST":
        return render(request, "opendata/import_undo.html", {"batch": batch})
    try:
        undone = services.undo(batch, by=request.actor)
    except RuleBroken as error:
        messages.error(request, error.message)
        return redirect(batch)
    told = ngettext("%(count)s fiche est retirée.", "%(count)s fiches sont retirées.", undone.removed) % {
        "count": undone.removed
    }
    if undone.kept:
        told += " " + ngettext(
            "%(count)s autre, touchée depuis, est gardée.", "%(count)s autres, touchées depuis, sont gardées.", undone.kept
        ) % {"count": undone.kept}  # fmt: skip
    messages.success(request, told)
    return redirect(batch)


@reads("opendata.import")
def refused_rows(request: Request, territory: Territory, pk: UUID) -> Any:
    """Give the refused rows as a CSV to correct and import again: the reasons first, then the columns of the file."""
    batch = queries.batch_for(territory, pk)
    columns = [column.name for column in batch.columns.all()]

    def rows() -> Iterator[list[object]]:
        said: list[str] = []
        row = 0
        cells: dict[str, object] = {}
        for problem in queries.refused_rows(batch).iterator(chunk_size=1000):
            if problem.row != row and said:
                yield [row, " ".join(said), *(cells.get(name, "") for name in columns)]
                said, cells = [], {}
            line = queries.line_of(problem)
            said.append(f"{line.column} : {line.message}" if line.column else line.message)
            row, cells = problem.row, cells or problem.cells
        if said:
            yield [row, " ".join(said), *(cells.get(name, "") for name in columns)]

    header = [_("ligne du fichier"), _("motif du refus"), *columns]
    lines = csv_lines(header, rows(), separator=";")
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lignes-refusees.csv"'
    return response


@writes("opendata.import")
def changes(request: Request, territory: Territory) -> HttpResponse:
    """Show what sources say otherwise than pages, and accept or set aside what is ticked."""
    batch = request.GET.get("import", "")
    if request.method == "POST":
        ticked = queries.waiting(territory).filter(pk__in=_uuids(request.POST.getlist("suggestion")))
        rows = ticked.select_related("organisation", "organisation__territory").order_by("created_at", "pk")
        decide = accept_many if request.POST.get("decision") == "accept" else decline_many
        outcome = decide(rows, by=request.actor)
        messages.success(
            request,
            ngettext("%(count)s proposition traitée.", "%(count)s propositions traitées.", outcome.accepted)
            % {"count": outcome.accepted},
        )
        for suggestion in outcome.stale:
            messages.warning(
                request, _("La fiche « %(name)s » a changé entre-temps : la relire.") % {"name": suggestion.title}
            )
        for suggestion, why in outcome.refused:
            messages.error(request, f"{suggestion.title} : {why}")
        return redirect(request.get_full_path())
    page = queries.changes_page(territory, _uuid_text(batch), request.GET.get("page"))
    return render(request, "opendata/changes.html", {"page": page, "query": request.GET})


@reads("opendata.read_origin")
def origin(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Where a page comes from: imported, corrected, displayed, field by field."""
    organisation = queries.organisation_of(request.actor, territory, key)
    return render(request, "opendata/origin.html", {"page": layers.origin_page(request.actor, organisation)})


def _previewed(request: Request, batch: ImportBatch) -> HttpResponse:
    if _done(request, lambda: services.preview(batch, by=request.actor, rows=AT_ONCE)):
        _hand_over(request, batch)
    return redirect(batch)


def _hand_over(request: Request, batch: ImportBatch) -> None:
    """Leave to the worker what is too long for a page."""
    if batch.state in {BatchState.READING, BatchState.WRITING} and request.actor.user_id:
        services.go_on.enqueue(str(batch.pk), str(request.actor.user_id))


def _done(request: Request, act: Callable[[], object]) -> bool:
    """Do something; a broken rule is told on the page that follows."""
    try:
        act()
    except RuleBroken as error:
        messages.error(request, error.message)
        return False
    return True


def _uuids(texts: list[str]) -> list[UUID]:
    return [UUID(text) for text in texts if _uuid_text(text)]


def _uuid_text(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
