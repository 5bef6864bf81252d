"""Numbers in registers: written without spaces, possible, and given to one page only."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terreau.directory.enums import IdentifierScheme
from terreau.directory.models import Identifier, Organisation
from terreau.geography.pure.codes import compact, is_rna, is_siren, is_siret
from terreau.kernel.errors import RuleBroken
from terreau.kernel.locks import hold
from terreau.kernel.pure.actor import Actor

REGISTERS = {
    IdentifierScheme.SIREN: (is_siren, gettext_lazy("vérifier ses neuf chiffres")),
    IdentifierScheme.SIRET: (is_siret, gettext_lazy("vérifier ses quatorze chiffres")),
    IdentifierScheme.RNA: (is_rna, gettext_lazy("écrire W suivi de neuf caractères")),
}
"""The registers whose numbers can be checked, and what to look at when they do not hold."""


def written(scheme: str, value: str) -> str:
    """Write a number as its register does: no space, no point; others as they are."""
    return compact(value) if scheme in REGISTERS else value.strip()


def problem_with(scheme: str, value: str) -> str:
    """Say why a number cannot exist in its register; empty when it can, or when the register says nothing of form."""
    holds, remedy = REGISTERS.get(IdentifierScheme(scheme), (None, ""))
    if not holds or holds(value):
        return ""
    return _("« %(value)s » n'est pas un numéro %(register)s : %(remedy)s.") % {
        "value": value, "register": IdentifierScheme(scheme).label, "remedy": remedy,
    }  # fmt: skip


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
