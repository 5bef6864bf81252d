"""What may be asked about calls for projects, other supports and distinctions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from terreau.directory.models import Distinction, Organisation
from terreau.grants.models import Call, CallOutcome, CallTarget, ReportedEffect, SupportScheme
from terreau.kernel.components import SourceLine
from terreau.kernel.gathering import by, by_source, together
from terreau.kernel.models import Entry, Gap, Link, Record, RecordQuerySet
from terreau.kernel.pure.actor import Actor
from terreau.kernel.references import DisputeLine, citations_of, disputes_of, links_from
from terreau.kernel.templatetags.terreau import euros
from terreau.territory.models import Territory

KINDS = [model.KIND for model in (Call, CallTarget, CallOutcome, SupportScheme, Distinction)]


@dataclass(frozen=True)
class EffectLine:
    effect: ReportedEffect
    sources: Sequence[SourceLine]


@dataclass(frozen=True)
class CallCard:
    """A call with all that it holds. juries, plans, figures: what it names and the reader may see."""

    call: Call
    owner: Organisation | None
    targets: Sequence[CallTarget]
    outcomes: Sequence[CallOutcome]
    effects: Sequence[EffectLine]
    laureates: Sequence[Organisation]
    juries: Sequence[Entry]
    plans: Sequence[Entry]
    figures: Sequence[Entry]
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]

    @property
    def cap_words(self) -> str | None:
        """Write the cap in euros; None when it is unknown."""
        return None if self.call.cap is None else euros(self.call.cap)

    @property
    def cap_label(self) -> str:
        """Say what the cap applies to: « plafond par projet »."""
        per = self.call.get_cap_per_display()
        return _("plafond %(per)s") % {"per": per} if per else _("plafond")

    @property
    def cap_source(self) -> SourceLine:
        """Give what backs the cap: the figure that the territory keeps of it, else the first source of the call.

        Without any, its title is empty.
        """
        if self.figures:
            return SourceLine(title=self.figures[0].title, url=self.figures[0].url)
        return self.sources[0] if self.sources else SourceLine(title="")


@dataclass(frozen=True)
class SupportCard:
    """A support: who gives and who receives, None when no source says it or the reader may not see it."""

    support: SupportScheme
    owner: Organisation | None
    beneficiary: Organisation | None
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class DistinctionCard:
    distinction: Distinction
    beneficiary: Organisation | None
    giver: Organisation | None
    sources: Sequence[SourceLine]
    disputes: Sequence[DisputeLine]


@dataclass(frozen=True)
class GrantsPage:
    """The page of calls for projects, other supports and distinctions."""

    territory: Territory
    calls: Sequence[CallCard]
    supports: Sequence[SupportCard]
    distinctions: Sequence[DistinctionCard]
    gaps: Sequence[Gap]

    @property
    def is_empty(self) -> bool:
        return not (self.calls or self.supports or self.distinctions)


def grants_page(reader: Actor, territory: Territory) -> GrantsPage:
    """Give all calls, supports and distinctions, as the reader may see them. Seven queries, whatever there is."""
    return _Reading(reader, territory).page()


class _Reading:
    """One reading of the tables, and what surrounds their rows."""

    def __init__(self, reader: Actor, territory: Territory) -> None:
        def seen(model: type[Record]) -> RecordQuerySet:
            return model.objects.of(territory).visible_to(reader)

        self.territory = territory
        winning = Call.laureates.through.objects.filter(call__territory=territory)
        named = Q(pk__in=Call.objects.of(territory).values("owner")) | Q(pk__in=winning.values("organisation"))
        for model, name in (
            (SupportScheme, "owner"),
            (SupportScheme, "beneficiary"),
            (Distinction, "organisation"),
            (Distinction, "giver"),
        ):
            named |= Q(pk__in=model.objects.of(territory).filter(**{f"{name}__isnull": False}).values(name))
        missing = Link.objects.filter(from_kind=Gap.KIND, role="object", to_kind__in=KINDS, territory=territory)
        self.calls, targets, outcomes, effects, won, self.supports, self.distinctions, organisations, self.gaps = together(
            territory,
            seen(Call), seen(CallTarget), seen(CallOutcome), ReportedEffect.objects.filter(call__territory=territory), winning,
            seen(SupportScheme), seen(Distinction), seen(Organisation).filter(named), seen(Gap).filter(pk__in=missing.values("from_id")),
        )  # fmt: skip
        self.organisations = {organisation.pk: organisation for organisation in organisations}
        self.targets, self.outcomes, self.effects = (
            by("call_id", targets),
            by("call_id", outcomes),
            by("call_id", effects),
        )
        self.won = by("call_id", won)
        records = [*self.calls, *effects, *self.supports, *self.distinctions]
        self.links = links_from(self.calls, reader)
        self.sources = by_source(citations_of(records))
        self.disputes = disputes_of(records, reader)

    def page(self) -> GrantsPage:
        return GrantsPage(
            territory=self.territory,
            calls=[self._call(call) for call in self.calls],
            supports=[
                SupportCard(
                    support=support,
                    owner=self.organisations.get(support.owner_id),
                    beneficiary=self.organisations.get(support.beneficiary_id),
                    sources=self._sources(support),
                    disputes=self._disputes(support),
                )
                for support in self.supports
            ],
            distinctions=[
                DistinctionCard(
                    distinction=distinction,
                    beneficiary=self.organisations.get(distinction.organisation_id),
                    giver=self.organisations.get(distinction.giver_id),
                    sources=self._sources(distinction),
                    disputes=self._disputes(distinction),
                )
                for distinction in self.distinctions
            ],
            gaps=self.gaps,
        )

    def _sources(self, record: Call | ReportedEffect | SupportScheme | Distinction) -> Sequence[SourceLine]:
        return self.sources.get((record.KIND, record.pk), ())

    def _disputes(self, record: Record) -> Sequence[DisputeLine]:
        return self.disputes.get((record.KIND, record.pk), ())

    def _call(self, call: Call) -> CallCard:
        laureates = [self.organisations.get(row.organisation_id) for row in self.won[call.pk]]
        return CallCard(
            call=call,
            owner=self.organisations.get(call.owner_id),
            targets=self.targets[call.pk],
            outcomes=self.outcomes[call.pk],
            effects=[EffectLine(effect, self._sources(effect)) for effect in self.effects[call.pk]],
            laureates=[laureate for laureate in laureates if laureate],
            juries=self.links.get((call.KIND, call.pk, "jury"), ()),
            plans=self.links.get((call.KIND, call.pk, "plan"), ()),
            figures=self.links.get((call.KIND, call.pk, "figure"), ()),
            sources=self._sources(call),
            disputes=self._disputes(call),
        )
