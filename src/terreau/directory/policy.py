"""Who may read and change the directory."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from terreau.kernel import policy
from terreau.kernel.policy import (
    Permission,
    administrator,
    animators,
    anyone,
    managers,
    manages_record,
    officers,
    stewards,
    team,
)
from terreau.kernel.pure.actor import Actor


@predicate
def sent_it(actor: Actor, target: Any) -> bool:
    """Tell whether the actor is the account that sent the suggestion."""
    return not actor.is_anonymous and getattr(target, "sent_by_id", None) == actor.user_id


POLICY = [
    Permission("directory.read", anyone, _("l'annuaire, ses sources et ses doutes sont publics")),
    Permission("directory.read_private", stewards, _("les garants du territoire ouvrent les fiches privées")),
    Permission("directory.create", animators, _("les animatrices et les garants du territoire ouvrent des fiches")),
    Permission(
        "directory.open_form",
        animators | managers,
        _("les animatrices, les garants et les gestionnaires d'une fiche ouvrent le formulaire de correction"),
    ),
    Permission(
        "directory.change",
        animators | manages_record,
        _("les animatrices et les garants du territoire tiennent l'annuaire, et qui gère une fiche corrige la sienne"),
    ),
    Permission(
        "directory.confirm",
        animators | manages_record,
        _("les animatrices, les garants et qui gère une fiche disent qu'elle est à jour"),
    ),
    Permission(
        "directory.archive",
        animators | manages_record,
        _("les animatrices, les garants et qui gère une fiche l'archivent"),
    ),
    Permission("directory.suggest", anyone, _("tout le monde suggère une correction, avec ou sans compte")),
    Permission(
        "directory.suggestion.decide", animators, _("les animatrices et les garants lisent et décident les suggestions")
    ),
    Permission("directory.suggestion.withdraw", sent_it, _("qui a envoyé une suggestion la retire")),
    Permission(
        "directory.offer_form",
        animators | managers,
        _("les animatrices, les garants et les gestionnaires d'une fiche ouvrent le formulaire d'une offre"),
    ),
    Permission(
        "directory.offer",
        animators | manages_record,
        _("les animatrices et les garants du territoire tiennent les offres, et qui gère une fiche tient les siennes"),
    ),
    Permission("directory.distinction", animators, _("les animatrices et les garants tiennent les distinctions")),
    Permission(
        "directory.sectors",
        animators | administrator,
        _("les animatrices et les garants chargent les secteurs d'achat"),
    ),
    Permission("directory.purchase", officers | animators, _("l'équipe d'animation enregistre les achats")),
    Permission("directory.read_purchases", team, _("les achats et leurs sommes se lisent dans l'équipe d'animation")),
    Permission(
        "directory.share", animators, _("les animatrices et les garants du territoire tiennent la bibliothèque")
    ),
    Permission("directory.make_private", stewards, _("seuls les garants du territoire rendent une fiche privée")),
]

policy.register(POLICY)
