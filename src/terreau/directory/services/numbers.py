"""Numbers in registers: given to one page only. What each may be is in `directory.pure.identifiers`."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from terreau.directory.enums import IdentifierScheme
from terreau.directory.models import Identifier, Organisation
from terreau.kernel.errors import RuleBroken
from terreau.kernel.locks import hold
from terreau.kernel.pure.actor import Actor


def check_alone(by: Actor, organisation: Organisation, numbers: Iterable[Identifier]) -> None:
    """Refuse a SIRET that another page of the territory already has, and say which. One query; waits for its turn.

    A SIREN may be that of several branches. Records that were merged no longer count.
    """
    sirets = [number.value for number in numbers if number.scheme == IdentifierScheme.SIRET]
    if not sirets:
        return
    hold(f"directory.numbers.{organisation.territory_id}")
    others = Identifier.objects.filter(
        organisation__territory=organisation.territory_id, organisation__merged_into=None,
        scheme=IdentifierScheme.SIRET, value__in=sirets,
    ).exclude(organisation=organisation.pk)  # fmt: skip
    if other := others.select_related("organisation").order_by("organisation__name", "pk").first():
        is_seen = Organisation.objects.visible_to(by).filter(pk=other.organisation_id).exists()
        name = f"« {other.organisation.name} »" if is_seen else _("une fiche que vous ne voyez pas")
        raise RuleBroken(
            _("Le SIRET %(value)s est déjà celui de %(name)s : compléter cette fiche plutôt que d'en faire une autre.")
            % {"value": other.value, "name": name},
            field="identifiers",
        )
