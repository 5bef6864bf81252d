"""How a territory keeps its directory true."""

from typing import Any

from django.db import IntegrityError, transaction

from terreau.directory.models import UpkeepRules
from terreau.kernel import audit, policy
from terreau.kernel.errors import StaleVersion
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory

CHANGEABLE = ("reviews_managers", "review_after_months", "silent_after_days")


@transaction.atomic
def change_rules(territory: Territory, *, by: Actor, version: int, changes: dict[str, Any]) -> None:
    """Change the delays of reminders, and whether managers' changes are read first.

    version: that of the rules as the form was opened, 1 when the territory follows the defaults.
    Raises NotAllowed, StaleVersion.
    """
    policy.require("upkeep.rules", by, territory)
    try:
        with transaction.atomic():
            rules, _made = UpkeepRules.objects.get_or_create(territory=territory)
    except IntegrityError:
        rules = UpkeepRules.objects.get(territory=territory)
    written = {name: [getattr(rules, name), value] for name, value in changes.items() if getattr(rules, name) != value}
    if not written:
        return
    values = {name: pair[1] for name, pair in written.items()}
    if not UpkeepRules.objects.filter(pk=rules.pk, version=version).update(**values, version=version + 1):
        raise StaleVersion(rules)
    audit.record(by, "upkeep.rules", rules, written)
