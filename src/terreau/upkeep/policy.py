"""Who asks to keep a page, who decides, who reads what became of it."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel import policy
from terreau.kernel.policy import Permission, administrator, animators, anyone, managers, stewards

POLICY = [
    Permission("upkeep.claim", anyone, _("tout le monde demande à tenir la fiche de sa structure")),
    Permission("upkeep.claim.decide", animators, _("les animatrices et les garants décident qui tient une fiche")),
    Permission(
        "upkeep.managers", animators | managers, _("l'équipe voit qui tient une fiche, chaque gestionnaire aussi")
    ),
    Permission("upkeep.answer", anyone, _("qui a reçu un rappel y répond par son lien")),
    Permission(
        "upkeep.freshness", animators | administrator, _("les animatrices et les garants suivent les fiches à revoir")
    ),
    Permission("upkeep.forget", administrator, _("le site efface de lui-même les adresses devenues inutiles")),
    Permission("upkeep.history", anyone, _("l'histoire des fiches publiques est publique")),
    Permission("upkeep.rules", stewards, _("les garants du territoire règlent la tenue à jour")),
]

policy.register(POLICY)
