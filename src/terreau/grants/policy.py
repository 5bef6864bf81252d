"""Who may do what with calls for projects."""

from django.utils.translation import gettext_lazy as _

from terreau.kernel.policy import Permission, anyone, register

register([Permission("grants.read", anyone, _("les appels à projets publics se lisent sans compte"))])
