"""Who may sign in, invite, give and take roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from terreau.kernel import policy
from terreau.kernel.policy import Permission, administrator, animators, anyone, members, signed_in, stewards
from terreau.kernel.pure.actor import Actor

stewards_and_administrators = stewards | administrator


@predicate
def holds_this_grant(actor: Actor, target: Any) -> bool:
    """Tell whether the role in question is the actor's own."""
    return not actor.is_anonymous and getattr(target, "user_id", None) == actor.user_id


readers_of_rights = members | administrator

POLICY = [
    Permission("accounts.sign_in", anyone, _("tout le monde peut se connecter, ou retrouver son mot de passe")),
    Permission("accounts.sign_out", anyone, _("tout le monde peut se déconnecter")),
    Permission("accounts.own_account", signed_in, _("chaque personne connectée tient son propre compte")),
    Permission("accounts.invitation.accept", anyone, _("qui a reçu le lien d'une invitation peut l'accepter")),
    Permission(
        "accounts.team.read",
        stewards_and_administrators,
        _("les garantes et garants du territoire et l'administration du site voient l'équipe"),
    ),
    Permission(
        "accounts.team.change",
        stewards_and_administrators,
        _("les garantes et garants du territoire et l'administration du site confient et retirent les rôles"),
    ),
    Permission(
        "accounts.managers.change",
        animators | administrator,
        _("les animatrices, les garants et l'administration du site confient la gestion d'une fiche"),
    ),
    Permission(
        "accounts.managers.end",
        animators | administrator | holds_this_grant,
        _("les animatrices, les garants et qui gère une fiche mettent fin à cette gestion"),
    ),
    Permission("accounts.administrators.change", administrator, _("l'administration du site nomme qui l'administre")),
    Permission("accounts.rights.read", readers_of_rights, _("les membres du territoire lisent qui a le droit de quoi")),
]

policy.register(POLICY)
