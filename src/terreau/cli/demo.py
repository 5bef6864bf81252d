"""The demonstration: the Valenciennois, and one account for each role."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

import terreau
from terreau.accounts import services as accounts
from terreau.accounts.models import User
from terreau.directory.models import Organisation
from terreau.dossier import services as dossier
from terreau.geography import services as geography
from terreau.geography.models import Commune
from terreau.kernel.enums import Role
from terreau.kernel.pure.actor import SYSTEM, VISITOR
from terreau.territory.models import Territory

PACKAGE = Path(terreau.__file__).resolve().parent
PASSWORD = "terreau-demonstration"  # noqa: S105 -- printed on purpose; these accounts exist in the demonstration only
DEPARTMENT = "59"


def folder() -> Path:
    """Give the bundled dossier: inside the installed package, or at the root of a checkout."""
    inside = PACKAGE / "demo" / "valenciennois"
    return inside if inside.is_dir() else PACKAGE.parents[1] / "demo" / "valenciennois"


def prepare(tell: Callable[[int, int], None]) -> Iterator[str]:
    """Load what is missing and tell it line by line; what the instance already holds is kept as it is."""
    if not Commune.objects.filter(department_id=DEPARTMENT).exists():
        yield _("Code officiel géographique : %(count)s lignes") % {"count": geography.load_code([DEPARTMENT]).written}
    territory = Territory.objects.filter(slug="valenciennois").first()
    if territory is None:
        territory, stored = dossier.load(folder(), by=SYSTEM, tell=tell)
        yield _("%(name)s : %(count)s fiches") % {"name": territory.name, "count": stored.created}
    yield _("Comptes de démonstration (mot de passe : %(password)s)") % {"password": PASSWORD}
    for role in Role:
        user = _account(territory, role)
        yield f"  {user.email:<32} {role.label}"
    yield f"  {_administrator().email:<32} " + _("administration de l'instance")


@transaction.atomic
def _account(territory: Territory, role: Role) -> User:
    email = f"{role.value}@demonstration.invalid"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, name=str(role.label).capitalize())
        managed = Organisation.objects.of(territory).visible_to(VISITOR).order_by("key").first()
        record = managed if role == Role.MANAGER else None
        accounts.grant_role(territory=territory, user=user, role=role.value, by=SYSTEM, record=record)
    return user


def _administrator() -> User:
    email = "administration@demonstration.invalid"
    return User.objects.filter(email=email).first() or User.objects.create_user(
        email, PASSWORD, name=_("Administration"), is_administrator=True
    )
