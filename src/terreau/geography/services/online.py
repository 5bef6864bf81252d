"""Ask the official service for the shapes of an intercommunality."""

import json
import logging
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from terreau.geography.pure.codes import is_siren
from terreau.geography.services.errors import GeometryUnavailable
from terreau.geography.services.geometry import LoadedGeometry, load_points_and_shapes

logger = logging.getLogger("terreau.geography")

DEFAULT_SERVICE = "https://geo.api.gouv.fr"
SOURCE = "geo.api.gouv.fr (IGN, Admin Express)"
TIMEOUT_SECONDS = 20
LARGEST_ANSWER = 64 * 1024 * 1024  # bytes
NOT_FOUND = 404


def fetch_geometry(epci: str, *, timeout: float = TIMEOUT_SECONDS) -> LoadedGeometry:
    """Fetch the shapes of an intercommunality and of its communes, and write them as `load_points_and_shapes` does.

    epci: its SIREN. timeout: seconds, for each of the two requests. The service's base address is the setting
    TERREAU_GEO_API. All is fetched before anything is written.
    Raises GeometryUnavailable when offline, refused or unintelligible.
    Source: API Découpage administratif, https://geo.api.gouv.fr/decoupage-administratif.
    """
    if not is_siren(epci):
        raise GeometryUnavailable(_("%(siren)s n'est pas un SIREN : neuf chiffres sont attendus.") % {"siren": epci})
    whole = _ask(f"/epcis/{epci}", {"fields": "code,nom,contour"}, timeout)
    communes = _ask(f"/epcis/{epci}/communes", {"fields": "code,nom,centre,contour"}, timeout)
    if not isinstance(communes, list) or not isinstance(whole, dict):
        raise GeometryUnavailable(
            _("Le service officiel des contours a répondu autre chose que des communes. Réessayez plus tard.")
        )
    loaded = load_points_and_shapes([*communes, whole], source=SOURCE)
    logger.info("geography.geometry_fetched epci=%s shapes=%d problems=%d", epci, loaded.shapes, len(loaded.problems))
    return loaded


def _ask(path: str, query: dict[str, str], timeout: float) -> object:
    base = getattr(settings, "TERREAU_GEO_API", DEFAULT_SERVICE).rstrip("/")
    if urlsplit(base).scheme not in {"https", "http"}:
        raise GeometryUnavailable(
            _("L'adresse du service des contours doit commencer par https:// (réglage TERREAU_GEO_API).")
        )
    request = Request(  # noqa: S310 -- scheme checked above
        f"{base}{path}?{urlencode(query)}", headers={"Accept": "application/json", "User-Agent": "Terreau"}
    )
    try:
        with urlopen(request, timeout=timeout) as response:  # noqa: S310 -- scheme checked above
            body = response.read(LARGEST_ANSWER + 1)
    except HTTPError as error:
        if error.code == NOT_FOUND:
            message = _("Le service officiel ne connaît pas cette intercommunalité. Vérifiez son SIREN.")
        else:
            message = _("Le service officiel des contours refuse de répondre (%(status)d). Réessayez plus tard.") % {
                "status": error.code
            }
        raise GeometryUnavailable(message) from error
    except (URLError, OSError) as error:
        raise GeometryUnavailable(
            _(
                "Le service officiel des contours est injoignable d'ici : sans doute hors ligne. "
                "Chargez plutôt un fichier GeoJSON de contours, ou réessayez une fois en ligne."
            )
        ) from error
    if len(body) > LARGEST_ANSWER:
        raise GeometryUnavailable(_("La réponse du service officiel des contours est démesurée : elle a été laissée."))
    try:
        return json.loads(body)
    except ValueError as error:
        raise GeometryUnavailable(
            _("Le service officiel des contours a répondu autre chose que des communes. Réessayez plus tard.")
        ) from error
