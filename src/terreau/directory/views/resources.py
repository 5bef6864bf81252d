"""The library, its resources and their files, the sources and the acronyms: parse, call, show."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from terreau.directory import queries, services
from terreau.directory.forms.resources import ResourceForm, ResourceFormPage
from terreau.directory.models import Resource
from terreau.kernel import files, policy
from terreau.kernel.errors import RuleBroken, StaleVersion
from terreau.kernel.http import Request, reads, rules_shown_in, writes
from terreau.territory.models import Territory


@reads("directory.read")
def resource_list(request: Request, territory: Territory) -> HttpResponse:
    """The library: searched inside the files too, filtered."""
    wanted = queries.WantedResources.of(request.GET.dict())
    page = queries.library_page(request.actor, territory, wanted, request.GET.get("page"))
    can_share = policy.allows("directory.share", request.actor, territory)
    return render(request, "directory/resources.html", {"page": page, "query": request.GET, "can_share": can_share})


@reads("directory.read")
def source_list(request: Request, territory: Territory) -> HttpResponse:
    """The documents that the territory is known by."""
    return render(request, "directory/resource_sources.html", {"page": queries.sources_page(request.actor, territory)})


@reads("directory.read")
def acronym_list(request: Request, territory: Territory) -> HttpResponse:
    """What the acronyms of the territory mean."""
    return render(
        request, "directory/resource_acronyms.html", {"rows": queries.acronyms_page(request.actor, territory)}
    )


@reads("directory.read")
def resource_detail(request: Request, territory: Territory, key: str) -> HttpResponse:
    """One document by its key: a source and all that is cited from it, or a resource of the library."""
    if source := queries.source_named(request.actor, territory, key):
        about = queries.source_page(request.actor, source, request.GET.get("page"))
        return render(request, "directory/source_detail.html", {"page": about, "query": request.GET})
    resource = queries.resource_for(request.actor, territory, key)
    page = queries.resource_page(request.actor, resource, request.GET.get("q", "").strip()[:200])
    return render(request, "directory/resource_detail.html", {"page": page})


@reads("directory.read")
def resource_file(request: Request, territory: Territory, key: str) -> HttpResponse:
    """The file of a resource, downloaded, or shown with `?lire=1` when its sort cannot act."""
    resource = queries.resource_for(request.actor, territory, key)
    if not resource.sha256:
        raise Http404
    try:
        return cast("HttpResponse", files.served(request, resource, shown="lire" in request.GET))
    except FileNotFoundError as error:
        raise Http404 from error


@writes("directory.share")
def resource_add(request: Request, territory: Territory) -> HttpResponse:
    """Share a resource: a file, an address, or a recording in words."""
    form = ResourceForm(request.POST or None, request.FILES or None, territory=territory, reader=request.actor)
    if form.is_valid():
        with rules_shown_in(form):
            resource = services.share_resource(
                territory=territory,
                by=request.actor,
                values=form.values,
                themes=form.cleaned_data["themes"],
                organisations=form.cleaned_data["organisations"],
                upload=form.cleaned_data["upload"],
            )
            return _kept(request, resource)
    return render(request, "directory/resource_form.html", {"page": ResourceFormPage(None, form)})


@writes("directory.share")
def resource_edit(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Correct a resource, replace its file; when someone saved meanwhile, show both versions (409)."""
    resource = queries.resource_for(request.actor, territory, key)
    form = ResourceForm(
        request.POST or None, request.FILES or None, territory=territory, reader=request.actor, resource=resource
    )
    differences = None
    if form.is_valid():
        try:
            with rules_shown_in(form):
                services.update_resource(
                    resource,
                    by=request.actor,
                    version=form.version,
                    values=form.values,
                    themes=form.cleaned_data["themes"],
                    organisations=form.cleaned_data["organisations"],
                    file=form.file,
                )
                return _kept(request, resource)
        except StaleVersion as stale:
            differences = form.compare_with(stale.current)
    page = ResourceFormPage(resource, form, differences)
    status = 200 if differences is None else 409
    return render(request, "directory/resource_form.html", {"page": page}, status=status)


@writes("directory.share")
def resource_expire(request: Request, territory: Territory, key: str) -> HttpResponse:
    """Say that a resource is out of date from today on, after asking."""
    resource = queries.resource_for(request.actor, territory, key)
    if request.method == "POST":
        seen = request.POST.get("opened_on", "")
        try:
            services.expire_resource(resource, by=request.actor, version=int(seen) if seen.isdecimal() else 0)
        except StaleVersion:
            raise
        except RuleBroken as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("La ressource dit maintenant qu'elle n'est plus à jour."))
        return redirect(resource)
    return render(request, "directory/resource_expire.html", {"resource": resource})


def _kept(request: Request, resource: Resource) -> HttpResponse:
    messages.success(request, _("La ressource est enregistrée."))
    if resource.sha256 and not resource.content and files.reads_words(resource.media_type):
        messages.warning(
            request,
            _(
                "Aucun texte n'a été trouvé dans le fichier : ajouter une transcription pour que la recherche le trouve."
            ),
        )
    return redirect(resource)
