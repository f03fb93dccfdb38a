"""How a state may change."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from quillwort.domain.errors import TransitionRefused

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S]):
    """A named step from any of `sources` to `target`."""

    name: str
    sources: frozenset[S]
    target: S

    def step(self, kind: str, status: S) -> S:
        """Return the state that follows `status`.

        Raises:
            TransitionRefused: when `status` is none of the sources; `kind` names the thing.
        """
        if status not in self.sources:
            raise TransitionRefused(kind, self.name, status.value)
        return self.target
