"""Who may do what with the local plans."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel.policy import Permission, anyone, register

register([Permission("plan.read", anyone, _("les plans publics se lisent sans compte"))])
