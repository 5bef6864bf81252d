"""How what is handed over is found. None of it is dated: it tells no fact."""

from terreau.continuity.models import ConclusionPoint, Contribution, Ingredient, IngredientIndicator, OpenTopic, Stake
from terreau.kernel import facts


def describe(record: Ingredient | ConclusionPoint | Contribution | Stake | OpenTopic) -> facts.Described:
    return facts.Described(title=record.name, body=record.summary, weight=5)


def describe_indicator(indicator: IngredientIndicator) -> facts.Described:
    return facts.Described(title=indicator.name, weight=7)


facts.register(
    *(facts.Teller(model, describe) for model in (Ingredient, ConclusionPoint, Contribution, Stake, OpenTopic)),
    facts.Teller(IngredientIndicator, describe_indicator),
)
