"""What the worker does for upkeep every day."""

from django.conf import settings

from terreau.kernel.chores import every_day
from terreau.kernel.pure.actor import SYSTEM
from terreau.territory.models import Territory
from terreau.upkeep.services import reminders


@every_day("upkeep.reminders")
def send_reminders() -> None:
    """Ask about the pages of every territory that nobody touched for long, and erase the addresses left over."""
    for territory in Territory.objects.order_by("slug"):
        reminders.remind_due(territory, by=SYSTEM, site=settings.TERREAU_URL)
    reminders.forget(by=SYSTEM)
