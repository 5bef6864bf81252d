"""What upkeep adds to the page of an organisation: ways to correct it, to keep it, to read its past."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from terreau.directory.enums import SuggestionOrigin
from terreau.directory.models import Organisation, Suggestion, UpkeepRules
from terreau.directory.ports import PageAction, PageNotice
from terreau.kernel import policy
from terreau.kernel.clock import today
from terreau.kernel.pure.actor import Actor
from terreau.territory.models import Territory
from terreau.upkeep.pure.freshness import months_before

FIELDS = {"creation": "start", "adresse": "address", "description": "summary", "contact": "email", "emplois": "message"}
"""Where, in the form, one answers the plain questions of a page."""


def actions(reader: Actor, organisation: Organisation) -> Iterator[PageAction]:
    """Offer what this reader may do. No query, one for whoever keeps this page."""

    def url(name: str) -> str:
        return reverse(f"upkeep:{name}", kwargs={"territory": organisation.territory.slug, "key": organisation.key})

    if policy.allows("directory.change", reader, organisation):
        yield PageAction(label=_("Qui tient cette fiche"), url=url("managers"), order=60)
    else:
        yield PageAction(label=_("Suggérer une correction"), url=url("suggest"), order=20)
        yield PageAction(label=_("C'est ma structure"), url=url("claim"), order=30)
    yield PageAction(label=_("Historique"), url=url("history"), order=70)
    if waiting := _waiting(reader, organisation):
        address = reverse("upkeep:withdraw", kwargs={"territory": organisation.territory.slug, "pk": waiting.pk})
        yield PageAction(label=_("Voir ou retirer mon changement en attente"), url=address, order=40)


def list_actions(reader: Actor, territory: Territory) -> Iterator[PageAction]:
    """Offer to tell of a structure that the list lacks, to whoever cannot add it. No query."""
    if not policy.allows("directory.create", reader, territory):
        url = reverse("upkeep:suggest_new", kwargs={"territory": territory.slug})
        yield PageAction(label=_("Signaler une structure qui manque"), url=url)


def notices(reader: Actor, organisation: Organisation) -> Iterator[PageNotice]:
    """Say that the page is old, and that a change waits. No query, one for whoever keeps this page."""
    if organisation.archived_on is None and organisation.merged_into_id is None:
        touched = max(filter(None, (organisation.confirmed_on, localdate(organisation.updated_at))))
        months: int = UpkeepRules._meta.get_field("review_after_months").default
        if touched <= months_before(today(), months):
            words = _("Personne n'a confirmé cette fiche depuis le %(day)s : elle est à revoir.")
            yield PageNotice(text=words % {"day": date_format(touched, "j F Y")}, kind="warning")
    if _waiting(reader, organisation):
        yield PageNotice(
            text=_("Vos changements attendent la relecture de l'équipe ; la fiche montre encore l'ancienne version.")
        )


def answers(reader: Actor, organisation: Organisation, question: str) -> str:
    """Give where a question about a page is answered: « Je sais ». No query."""
    territory = organisation.territory.slug
    if question not in FIELDS:
        return reverse("upkeep:answer_gap", kwargs={"territory": territory, "key": question})
    may_change = policy.allows("directory.change", reader, organisation)
    name = "directory:organisation_edit" if may_change else "upkeep:suggest"
    return reverse(name, kwargs={"territory": territory, "key": organisation.key}) + f"#id_{FIELDS[question]}"


def _waiting(reader: Actor, organisation: Organisation) -> Suggestion | None:
    if organisation.pk not in reader.records:
        return None
    mine = Suggestion.objects.open().filter(organisation=organisation, sent_by_id=reader.user_id)
    return mine.filter(origin=SuggestionOrigin.MANAGER).first()
