"""Accounts, the roles that they hold in territories, and invitations."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from terreau.kernel.clock import now, today
from terreau.kernel.constraints import Check
from terreau.kernel.enums import Role
from terreau.kernel.models import Entry, Referable
from terreau.territory.models import Territory


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Referable, AbstractBaseUser):
    """A person who signs in by e-mail. What they may do is told by their grants, territory by territory."""

    KIND: ClassVar[str] = "user"
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    email = models.EmailField(_("courriel"), unique=True)
    name = models.CharField(_("nom affiché"), max_length=120, blank=True)
    is_active = models.BooleanField(_("actif"), default=True)
    is_administrator = models.BooleanField(_("administre l'instance"), default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            Check(
                "accounts_email_is_lower_case",
                Q(email=Lower("email")),
                _("Le courriel s'écrit en minuscules."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, day: dt.date) -> Self:
        """Keep the roles held on a day; the last day of a role is a day of it."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def manager_of_one_record(name: str) -> CheckConstraint:
    """Tie the role of manager to one record, and no other role to any."""
    return Check(
        name,
        Q(role=Role.MANAGER, record_id__isnull=False) | (~Q(role=Role.MANAGER) & Q(record_id=None)),
        _("Le rôle de gestionnaire porte sur une fiche, les autres rôles sur le territoire entier."),
    )


class Grant(Referable):
    """A role held by an account in a territory, from a day to a day; an open end means today still.

    record_id: the organisation whose page a manager keeps; None for every other role.
    """

    KIND: ClassVar[str] = "grant"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("rôle"), max_length=15, choices=Role)
    record_id = models.UUIDField(_("fiche"), null=True, blank=True)
    since = models.DateField(_("depuis le"), default=today)
    until = models.DateField(_("jusqu'au"), null=True, blank=True)

    page: Entry | None = None
    """The page that a manager keeps, put there by the queries that show it."""

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("rôle confié")
        verbose_name_plural = _("rôles confiés")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "territory", "role"],
                condition=Q(until=None, record_id=None),
                name="accounts_one_open_grant",
            ),
            models.UniqueConstraint(
                fields=["user", "record_id"],
                condition=Q(until=None, record_id__isnull=False),
                name="accounts_one_open_grant_on_record",
            ),
            manager_of_one_record("accounts_grant_manager"),
            Check(
                "accounts_grant_order", Q(until=None) | Q(until__gte=F("since")), _("La fin du rôle précède son début.")
            ),
        ]
        indexes = [models.Index(fields=["record_id"], name="accounts_grant_record")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.territory}"

    @property
    def edtf_end(self) -> str:
        """Last day as an EDTF text; ".." while no end is planned."""
        return self.until.isoformat() if self.until else ".."


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Keep those neither accepted nor withdrawn, expired ones included."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(Referable):
    """A role offered to an address. The link carries a secret of which only the SHA-256 is kept; it works once."""

    KIND: ClassVar[str] = "invitation"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("courriel"))
    role = models.CharField(_("rôle"), max_length=15, choices=Role)
    record_id = models.UUIDField(_("fiche"), null=True, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField(_("valable jusqu'au"))
    accepted_at = models.DateTimeField(_("acceptée le"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "email", "role"],
                condition=Q(accepted_at=None, withdrawn_at=None, record_id=None),
                name="accounts_one_open_invitation",
            ),
            models.UniqueConstraint(
                fields=["email", "record_id"],
                condition=Q(accepted_at=None, withdrawn_at=None, record_id__isnull=False),
                name="accounts_one_open_invitation_on_record",
            ),
            manager_of_one_record("accounts_invitation_manager"),
            Check(
                "accounts_invitation_ends_once",
                Q(accepted_at=None) | Q(withdrawn_at=None),
                _("Une invitation acceptée ne se retire plus."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= now()
