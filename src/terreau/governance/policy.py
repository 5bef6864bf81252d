"""Who may do what with bodies."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel.policy import Permission, anyone, register

register([Permission("governance.read", anyone, _("les instances publiques se lisent sans compte"))])
