from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "terreau.accounts"
    verbose_name = _("Comptes")

    def ready(self) -> None:
        """Offer one's own account, the team and the rights in the head of pages."""
        from terreau.accounts.policy import readers_of_rights, stewards_and_administrators  # noqa: PLC0415 -- app ready
        from terreau.kernel.navigation import Group, NavItem, register  # noqa: PLC0415 -- app ready

        register(
            NavItem(_("Mon compte"), "account_home", order=10, group=Group.ACCOUNT),
            NavItem(_("Équipe"), "accounts:team", order=80, group=Group.TEAM, shown_to=stewards_and_administrators),
            NavItem(_("Droits"), "accounts:rights", order=90, group=Group.TEAM, shown_to=readers_of_rights),
        )
