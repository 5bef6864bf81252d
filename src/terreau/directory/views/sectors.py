"""Sectors of purchase: who sells in one, and the file that they come from. Parse, call, show."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from terreau.directory import queries, services
from terreau.directory.forms.offers import SectorsForm
from terreau.directory.queries.offers import Asked
from terreau.kernel.http import Request, reads, writes
from terreau.territory.models import Territory


@reads("directory.read")
def sector_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Who sells in one sector, side by side."""
    page = queries.sector_page(request.actor, territory, key, Asked.of({"le": request.GET.get("le", "")}))
    return render(request, "directory/offer_sector.html", {"page": page})


@writes("directory.sectors")
def sector_load(request: Request, territory: Territory) -> HttpResponse:
    """Load a file of sectors, whole or not at all."""
    form = SectorsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            # One byte more than may be read: the verb says that it is too much.
            content = form.cleaned_data["file"].read(services.BIGGEST_FILE + 1)
            loaded = services.load_sectors(territory, content, by=request.actor, replace=form.cleaned_data["replace"])
        except services.FileRefused as refused:
            for problem in refused.problems:
                form.add_error("file", problem)
        else:
            for sentence in services.told_of_load(loaded):
                messages.success(request, sentence)
            return redirect(request.path)
    page = queries.sector_load_page(territory)
    return render(request, "directory/offer_sectors_form.html", {"page": page, "form": form})
