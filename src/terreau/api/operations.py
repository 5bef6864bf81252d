"""The operations of the interface, version 1: they only read, and every list has pages.

Each carries its action of the policy table (`kernel.http.operation`). What a reader may not see is not there.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import NinjaAPI, Path
from ninja import Query as FromQuery
from ninja.errors import HttpError, ValidationError

from terreau.api import schemas as s
from terreau.api.answers import told
from terreau.api.parameters import KEY_PATTERN, FactsQuery, Paging, SearchQuery, TiesQuery
from terreau.api.queries import records
from terreau.kernel.http import Request, operation

ROOT = "/api/v1/"

P = TypeVar("P", bound=s.Page)
F = TypeVar("F", bound=Callable[..., Any])

api = NinjaAPI(
    title="Terreau",
    version="1",
    description=_(
        "Lire les données publiques des territoires : organisations, liens, jalons, faits, sources et contradictions."
    ),
    openapi_url=None,
    docs_url=None,
    openapi_extra={
        "info": {
            "license": {
                "name": "Licence Ouverte 2.0",
                "url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
            },
        }
    },
)
for unforeseen in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(unforeseen, told)

ERRORS = {403: s.Error, 404: s.Error, 422: s.Error}
TerritoryKey = Annotated[str, Path(pattern=KEY_PATTERN, max_length=100, description=_("Identifiant du territoire."))]
OrganisationKey = Annotated[
    str, Path(pattern=KEY_PATTERN, max_length=100, description=_("Identifiant de l'organisation."))
]


def guarded(action: str) -> Callable[[F], F]:
    """Check an action at each call. `kernel.http.operation` is typed for views: here a shape comes out, no response."""
    return operation(action)  # type: ignore[return-value]


TERRITORY = "/territoires/{slug:territoire}/"


@api.get(
    "/territoires/",
    response={200: s.Territories, **ERRORS},
    operation_id="territoires",
    summary=_("Les territoires de l'instance."),
)
@guarded("api.territories.read")
def list_territories(request: Request, response: HttpResponse, query: FromQuery[Paging]) -> s.Territories:
    return paged(request, response, s.Territories, records.territories(after=query.apres, limit=query.limite))


@api.get(
    TERRITORY,
    response={200: s.TerritoryDetail, **ERRORS},
    operation_id="territoire",
    summary=_("Un territoire, et son vocabulaire."),
)
@guarded("api.territories.read")
def read_territory(request: Request, territoire: TerritoryKey) -> s.TerritoryDetail:
    return records.territory(request.actor, request.territory)


@api.get(
    TERRITORY + "organisations/",
    response={200: s.Organisations, **ERRORS},
    operation_id="organisations",
    summary=_("Les organisations d'un territoire."),
)
@guarded("api.organisations.read")
def list_organisations(
    request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[Paging]
) -> s.Organisations:
    piece = records.organisations(request.actor, request.territory, after=query.apres, limit=query.limite)
    return paged(request, response, s.Organisations, piece)


@api.get(
    TERRITORY + "organisations/{slug:cle}/",
    response={200: s.Organisation, **ERRORS},
    operation_id="organisation",
    summary=_("Une organisation."),
)
@guarded("api.organisations.read")
def read_organisation(request: Request, territoire: TerritoryKey, cle: OrganisationKey) -> s.Organisation:
    return records.organisation(request.actor, request.territory, cle)


@api.get(
    TERRITORY + "liens/",
    response={200: s.Ties, **ERRORS},
    operation_id="liens",
    summary=_("Les liens entre organisations."),
    description=_("Un lien paraît quand ses deux organisations paraissent."),
)
@guarded("api.ties.read")
def list_ties(
    request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[TiesQuery]
) -> s.Ties:
    piece = records.ties(
        request.actor, request.territory, organisation=query.organisation, after=query.apres, limit=query.limite
    )
    return paged(request, response, s.Ties, piece)


@api.get(
    TERRITORY + "jalons/",
    response={200: s.Milestones, **ERRORS},
    operation_id="jalons",
    summary=_("Les jalons de la frise."),
)
@guarded("api.milestones.read")
def list_milestones(
    request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[Paging]
) -> s.Milestones:
    piece = records.milestones(request.actor, request.territory, after=query.apres, limit=query.limite)
    return paged(request, response, s.Milestones, piece)


@api.get(
    TERRITORY + "faits/",
    response={200: s.Facts, **ERRORS},
    operation_id="faits",
    summary=_("Les faits que racontent toutes les fiches."),
    description=_("C'est ce dont la frise et les pages des organisations sont faites, dans l'ordre des numéros."),
)
@guarded("api.facts.read")
def list_facts(
    request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[FactsQuery]
) -> s.Facts:
    piece = records.facts(
        request.actor, request.territory, organisation=query.organisation, after=query.apres, limit=query.limite
    )
    return paged(request, response, s.Facts, piece)


@api.get(TERRITORY + "sources/", response={200: s.Sources, **ERRORS}, operation_id="sources", summary=_("Les sources."))
@guarded("api.sources.read")
def list_sources(
    request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[Paging]
) -> s.Sources:
    piece = records.sources(request.actor, request.territory, after=query.apres, limit=query.limite)
    return paged(request, response, s.Sources, piece)


@api.get(
    TERRITORY + "contradictions/",
    response={200: s.Disputes, **ERRORS},
    operation_id="contradictions",
    summary=_("Ce sur quoi les sources ne s'accordent pas."),
)
@guarded("api.disputes.read")
def list_disputes(
    request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[Paging]
) -> s.Disputes:
    piece = records.disputes(request.actor, request.territory, after=query.apres, limit=query.limite)
    return paged(request, response, s.Disputes, piece)


@api.get(
    TERRITORY + "recherche/",
    response={200: s.Hits, **ERRORS},
    operation_id="recherche",
    summary=_("Chercher une fiche par ses noms et ses mots."),
    description=_("Les noms d'abord, puis les autres noms, les noms mal écrits et les textes."),
)
@guarded("api.search")
def search(request: Request, response: HttpResponse, territoire: TerritoryKey, query: FromQuery[SearchQuery]) -> s.Hits:
    piece, meant = records.search(request.actor, request.territory, query.q, after=query.apres, limit=query.limite)
    return paged(request, response, s.Hits, piece, compris=meant or None)


def paged(request: HttpRequest, response: HttpResponse, kind: type[P], piece: records.Slice[Any], **more: Any) -> P:
    """Write a page, and where the next one is: in the body and in the header `Link`."""
    following = None
    if piece.after is not None:
        asked = request.GET.copy()
        asked["apres"] = str(piece.after)
        following = f"{request.path}?{asked.urlencode()}"
        response["Link"] = f'<{request.build_absolute_uri(following)}>; rel="next"'
    return kind(**{"elements": piece.elements, "suivant": following, **more})
