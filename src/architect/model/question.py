"""An unknown of the brief for which two answers give different designs."""

from dataclasses import dataclass

from architect.model.fact import Fact


@dataclass(frozen=True, slots=True)
class Effect:
    """What one answer does.

    ``fact`` is what to put at the question's path (an empty tuple leaves it unknown); ``changes`` are
    (decision or figure, from, to) against the recommended answer's design.
    """

    answer: str
    fact: Fact[object] | tuple[Fact[object], ...]
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown worth asking: ``path`` is the brief's dotted path, ``weight`` orders (higher first).

    ``because`` says which answer changes what, with the number where it turns, as in "at 3,400
    writes/s or more the store changes from A to B".
    """

    path: str
    text: str
    recommended: str
    effects: tuple[Effect, ...]
    because: str
    weight: float


@dataclass(frozen=True, slots=True)
class NotAsked:
    """An unknown whose plausible answers all give the same design; ``assumed`` is what was taken."""

    path: str
    assumed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Questions:
    """What is worth asking, weightiest first, and what is not."""

    asked: tuple[Question, ...]
    not_asked: tuple[NotAsked, ...]
