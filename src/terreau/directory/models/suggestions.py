"""What people and machines propose for the directory, and the rules of a territory for keeping it true."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terreau.directory.enums import SuggestionKind, SuggestionOrigin, SuggestionState
from terreau.directory.models.organisations import Organisation
from terreau.kernel.clock import now
from terreau.kernel.constraints import Check
from terreau.kernel.models import Gap, Referable
from terreau.territory.models import Territory


class UpkeepRules(Referable):
    """How a territory keeps its directory true; a territory without a row follows the defaults.

    reviews_managers: whether what a manager changes waits for the team. review_after_months: how long a page may go
    untouched before someone is asked about it. silent_after_days: how long an unanswered reminder makes it silent.
    """

    KIND: ClassVar[str] = "upkeep_rules"

    territory = models.OneToOneField(Territory, on_delete=models.CASCADE, related_name="upkeep_rules")
    reviews_managers = models.BooleanField(
        _("relire les changements des gestionnaires avant publication"), default=False
    )
    review_after_months = models.PositiveSmallIntegerField(
        _("mois sans nouvelle avant un rappel"), default=12, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    silent_after_days = models.PositiveSmallIntegerField(
        _("jours sans réponse avant de dire la fiche silencieuse"),
        default=30,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("règles de tenue à jour")
        verbose_name_plural = _("règles de tenue à jour")
        constraints = [
            Check(
                "directory_upkeep_delays",
                Q(review_after_months__gte=1, review_after_months__lte=60)
                & Q(silent_after_days__gte=7, silent_after_days__lte=365),
                _("Un rappel attend de 1 à 60 mois, le silence de 7 à 365 jours."),
            ),
        ]

    @property
    def key(self) -> str:
        return self.territory.slug


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def of(self, territory: Territory) -> Self:
        return self.filter(territory=territory)

    def open(self) -> Self:
        return self.filter(state=SuggestionState.OPEN)


class Suggestion(Referable):
    """A change that someone, or a machine, proposes; the team decides. It is never public, nor is its sender.

    organisation: the page that it is about; None for a new structure until it is accepted, or for a question of the
    territory. changes: field → [value seen, value proposed], plain JSON values as the audit writes them.
    label: name of the import or of the check that filed it. batch: what was filed together.
    fingerprint: what makes two suggestions the same while they are open. email: erased some time after the decision.
    """

    KIND: ClassVar[str] = "suggestion"

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions"
    )
    gap = models.ForeignKey(Gap, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(_("nature"), max_length=12, choices=SuggestionKind)
    origin = models.CharField(_("origine"), max_length=12, choices=SuggestionOrigin, default=SuggestionOrigin.PERSON)
    label = models.CharField(_("intitulé"), max_length=200, blank=True)
    batch = models.UUIDField(null=True, blank=True)
    changes = models.JSONField(_("changements"), default=dict, blank=True)
    message = models.TextField(_("en quelques mots"), blank=True)
    evidence = models.TextField(_("d'où c'est su"), blank=True)
    email = models.EmailField(_("courriel"), blank=True)
    language = models.CharField(max_length=5, default="fr")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    seen_version = models.PositiveIntegerField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(_("état"), max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)
    accepted_fields = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(_("reçue le"), default=now, editable=False)
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("raison"), blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "fingerprint"],
                condition=Q(state=SuggestionState.OPEN),
                name="directory_one_open_suggestion",
            ),
            Check(
                "directory_suggestion_decided",
                Q(state=SuggestionState.OPEN, decided_at=None)
                | (~Q(state=SuggestionState.OPEN) & Q(decided_at__isnull=False)),
                _("Une décision porte une date, et une date suppose une décision."),
            ),
            Check(
                "directory_suggestion_target",
                Q(organisation__isnull=False) | Q(kind__in=[SuggestionKind.CREATION, SuggestionKind.ANSWER]),
                _("Une suggestion porte sur une fiche, sur une structure nouvelle ou sur une lacune."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "state", "-created_at"], name="directory_suggestion_queue"),
            models.Index(fields=["batch"], name="directory_suggestion_batch"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return str(self.pk)

    @property
    def title(self) -> str:
        """What it is about: the page, the name proposed, or the question."""
        if self.organisation_id and self.organisation:
            return self.organisation.name
        if self.gap_id and self.gap:
            return self.gap.subject
        proposed = self.changes.get("name", ["", ""])[1]
        return str(proposed or self.get_kind_display())

    @property
    def is_open(self) -> bool:
        return self.state == SuggestionState.OPEN
