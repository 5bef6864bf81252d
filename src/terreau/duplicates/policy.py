"""Who may look for duplicates, decide on them and merge."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel.policy import Permission, administrator, animators, register, team

POLICY = [
    Permission("duplicates.read", team, _("l'équipe d'animation voit les doublons possibles et les fusions")),
    Permission(
        "duplicates.search",
        animators | administrator,
        _("les animatrices et les garants du territoire cherchent les doublons, et l'instance le fait pour eux"),
    ),
    Permission(
        "duplicates.review",
        animators,
        _("les animatrices et les garants du territoire décident des doublons et réunissent les fiches"),
    ),
]

register(POLICY)
