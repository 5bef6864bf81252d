"""What is not an operation: the description, the page for people, the health of the instance, and lost addresses."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from terreau.api import description, health
from terreau.api.queries import records
from terreau.kernel.http import Request, reads


@reads("api.use")
def openapi(request: Request) -> HttpResponse:
    return JsonResponse(description.schema(), json_dumps_params={"ensure_ascii": False})


@reads("api.use")
def documentation(request: Request) -> HttpResponse:
    territory = records.first_territory()
    page = description.page(territory.slug if territory else "", records.example_of(territory))
    return render(request, "api/documentation.html", {"page": page})


@reads("api.use")
def nothing_here(request: Request, reste: str = "") -> HttpResponse:
    raise Http404


@reads("api.health")
def health_report(request: Request) -> HttpResponse:
    report = health.report()
    return JsonResponse(report, status=200 if report["ok"] else 503, headers={"Cache-Control": "no-store"})
