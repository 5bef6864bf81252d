"""Who may sign in, invite, give and take roles."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, administrator, anyone, members, signed_in, stewards

stewards_and_administrators = stewards | administrator
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
    Permission("accounts.administrators.change", administrator, _("l'administration du site nomme qui l'administre")),
    Permission("accounts.rights.read", readers_of_rights, _("les membres du territoire lisent qui a le droit de quoi")),
]

policy.register(POLICY)
