"""Who may do what with events."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel.policy import Permission, anyone, register

register([Permission("agenda.read", anyone, _("les événements publics se lisent sans compte"))])
