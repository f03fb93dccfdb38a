"""What an assistant keeps besides documents when the brief names nothing to store: ratings of its answers.

They are what retrieval is tuned by later, so a service that answers questions keeps them from the first day.
"""

from dataclasses import replace
from typing import Final, TypeVar

from architect.model.brief import Brief, Service
from architect.model.entity import Entity, Field
from architect.model.fact import Fact

BECAUSE: Final = "whether an answer helped is what retrieval is tuned by"
LONGEST_QUESTION: Final = 2000
"""Characters; as long as a question may be."""
LONGEST_ANSWER: Final = 20_000

T = TypeVar("T")


def with_ratings(brief: Brief) -> Brief:
    """Return the brief with an entity of ratings, when it wants an assistant and names no entity."""
    if not brief.assistant.tasks or any(service.entities for service in brief.services):
        return brief
    first, *others = brief.services or (Service(),)
    return replace(brief, services=(replace(first, entities=(_assumed(RATING),)), *others))


def _assumed(value: T) -> Fact[T]:
    return Fact(value, "assumed", BECAUSE)


RATING: Final = Entity(
    "Rating",
    fields=(
        _assumed(Field("question", "text", min_length=1, max_length=LONGEST_QUESTION)),
        _assumed(Field("answer", "text", required=False, max_length=LONGEST_ANSWER)),
        _assumed(Field("helpful", "boolean")),
        _assumed(Field("comment", "text", required=False, max_length=LONGEST_QUESTION)),
    ),
    owned=_assumed(value=True),
    filters=("helpful",),
    sorts=("created_at",),
)
