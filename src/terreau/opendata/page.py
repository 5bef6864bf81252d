"""What imports add to the page of an organisation: where each of its fields comes from."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from terreau.directory.models import Organisation
from terreau.directory.ports import PageAction
from terreau.kernel import policy
from terreau.kernel.pure.actor import Actor


def actions(reader: Actor, organisation: Organisation) -> Iterator[PageAction]:
    """Offer to the team to see what was imported, corrected and displayed. No query."""
    if policy.allows("opendata.import", reader, organisation):
        slug = organisation.territory.slug
        url = reverse("opendata:origin", kwargs={"territory": slug, "key": organisation.key})
        yield PageAction(label=_("Provenance"), url=url, order=75)
