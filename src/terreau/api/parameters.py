"""What may be asked in an address, after the question mark. A name that the address does not know is refused."""

from typing import Annotated, Any

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

MOST = 200
"""Elements of one page, at most."""
MOST_FOUND = 100
MOST_HITS = 10_000
LARGEST = 2**63 - 1
"""What a number of the database can be."""
KEY_PATTERN = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"

Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=100)]
LIMIT = _("Nombre d'éléments d'une page, de 1 à 200.")


def _without_default(schema: dict[str, Any]) -> None:
    """Leave out the empty default, which is not a key."""
    schema.pop("default", None)


class Query(Schema):
    """Parameters of one operation."""

    @model_validator(mode="before")
    @classmethod
    def refuse_unknown(cls, values: Any, info: ValidationInfo) -> Any:
        """Refuse the names that this address does not know: a mistyped one would change nothing, silently."""
        unknown = sorted(set((info.context or {})["request"].GET) - set(cls.model_fields))
        if unknown:
            raise PydanticCustomError("extra_forbidden", "unknown parameter", {"name": unknown[0]})
        return values


class Paging(Query):
    apres: Key = Field(
        "",
        description=_("Identifiant du dernier élément reçu : la page commence juste après. « suivant » le porte déjà."),
        json_schema_extra=_without_default,
    )
    limite: int = Field(50, ge=1, le=MOST, description=LIMIT)


class TiesQuery(Paging):
    organisation: Key = Field(
        "",
        description=_("Identifiant d'une organisation : ne garder que ses liens."),
        json_schema_extra=_without_default,
    )


class FactsQuery(Query):
    apres: int = Field(0, ge=0, le=LARGEST, description=_("Numéro du dernier fait reçu."))
    limite: int = Field(50, ge=1, le=MOST, description=LIMIT)
    organisation: Key = Field(
        "",
        description=_(
            "Identifiant d'une organisation : ne garder que les faits qu'elle raconte ou auxquels elle a pris part."
        ),
        json_schema_extra=_without_default,
    )


class SearchQuery(Query):
    q: str = Field(min_length=1, max_length=400, description=_("Ce que l'on cherche : un nom, un sigle, des mots."))
    apres: int = Field(0, ge=0, le=MOST_HITS, description=_("Nombre de réponses déjà reçues."))
    limite: int = Field(20, ge=1, le=MOST_FOUND, description=_("Nombre de réponses d'une page, de 1 à 100."))
