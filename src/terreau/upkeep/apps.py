from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UpkeepConfig(AppConfig):
    name = "terreau.upkeep"
    verbose_name = _("Tenue à jour")

    def ready(self) -> None:
        """Put the desk of the team in the head of the pages, and what anyone may do on the page of an organisation."""
        from terreau.directory import ports  # noqa: PLC0415 -- app ready
        from terreau.kernel import navigation  # noqa: PLC0415 -- app ready
        from terreau.kernel.navigation import Group, NavItem  # noqa: PLC0415 -- app ready
        from terreau.kernel.policy import animators, stewards  # noqa: PLC0415 -- app ready
        from terreau.upkeep import page  # noqa: PLC0415 -- app ready

        navigation.register(
            NavItem(_("Suggestions"), "upkeep:suggestions", order=20, group=Group.TEAM, shown_to=animators),
            NavItem(_("Fraîcheur"), "upkeep:freshness", order=22, group=Group.TEAM, shown_to=animators),
            NavItem(_("Règles de l'annuaire"), "upkeep:rules", order=90, group=Group.TEAM, shown_to=stewards),
        )
        ports.register_list_actions(page.list_actions)
        ports.register_actions(page.actions)
        ports.register_notices(page.notices)
        ports.register_answers(page.answers)
