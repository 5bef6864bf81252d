from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class KernelConfig(AppConfig):
    name = "terreau.kernel"
    verbose_name = _("Noyau")

    def ready(self) -> None:
        """Open the registries: each app's `policy` and `facts` modules declare what they bring.

        The `dossier` modules wait until someone reads or writes a dossier: pages never do.
        """
        from terreau.kernel.search.index import heal  # noqa: PLC0415 -- app ready

        post_migrate.connect(heal, sender=self, dispatch_uid="terreau.search.heal")

        autodiscover_modules("policy", "facts")
