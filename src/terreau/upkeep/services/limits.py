"""How often one sender may do one thing: counted in a table, so that several workers count together."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from terreau.kernel.clock import now
from terreau.kernel.errors import RuleBroken
from terreau.upkeep.models import Tally

KEPT = dt.timedelta(days=2)


def fingerprint(*words: str) -> str:
    """Give what is kept of an address: a hash that only this instance can make, in lower-case hexadecimal."""
    return hashlib.sha256("\n".join((settings.SECRET_KEY, *words)).encode()).hexdigest()


@transaction.atomic
def spend(what: str, sender: str, *, most: int) -> None:
    """Count one more `what` by a sender (an IP address, an e-mail) in this hour.

    Call outside of the transaction of the act, so that a refused act counts too. Old marks go on the way.
    Raises RuleBroken beyond `most` in the hour.
    """
    hour = now().replace(minute=0, second=0, microsecond=0)
    mark = fingerprint(what, sender.strip().lower())
    Tally.objects.bulk_create([Tally(mark=mark, hour=hour)], ignore_conflicts=True)
    if not Tally.objects.filter(mark=mark, hour=hour, count__lt=most).update(count=F("count") + 1):
        raise RuleBroken(_("Beaucoup d'envois sont venus d'ici en peu de temps : réessayer dans une heure."))
    Tally.objects.filter(hour__lt=hour - KEPT).delete()
