from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "terreau.directory"
    verbose_name = _("Annuaire")

    def ready(self) -> None:
        """Put the pages of the directory in the heads of pages; heal the tallies after a migration."""
        from terreau.directory.services import tallies  # noqa: PLC0415 -- app ready
        from terreau.kernel import navigation  # noqa: PLC0415 -- app ready
        from terreau.kernel.navigation import Group, NavItem  # noqa: PLC0415 -- app ready
        from terreau.kernel.policy import animators, team  # noqa: PLC0415 -- app ready

        navigation.register(
            NavItem(_("Annuaire"), "directory:organisation_list", order=10, group=Group.DISCOVER),
            NavItem(_("Initiatives"), "directory:initiative_list", order=15, group=Group.DISCOVER),
            NavItem(_("Ressources"), "directory:resources", order=40, group=Group.DISCOVER),
            NavItem(_("Distinctions"), "directory:distinction_list", order=60, group=Group.ALSO),
            NavItem(_("Acheter ici"), "directory:offer_list", order=10, group=Group.ACT),
            NavItem(_("Achats"), "directory:purchase_list", order=40, group=Group.TEAM, shown_to=team),
            NavItem(_("Secteurs d'achat"), "directory:sector_load", order=50, group=Group.TEAM, shown_to=animators),
            NavItem(_("Doutes"), "directory:doubts", order=80, group=Group.UNDERSTAND),
        )
        post_migrate.connect(tallies.heal, sender=self, dispatch_uid="directory.tallies")
