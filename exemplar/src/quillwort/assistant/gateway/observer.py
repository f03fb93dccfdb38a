"""The port of whoever counts what the gateway does."""

from typing import Literal, Protocol, TypeAlias

from quillwort.assistant.gateway.model import Failure
from quillwort.assistant.language_models import Spent

Outcome: TypeAlias = Literal["answered", "cancelled", "over_budget", "breaker_open"] | Failure
"""How one call went; the last two were never made."""

Lookup: TypeAlias = Literal["hit", "reworded", "miss"]
"""Whether an answer was at hand: for the same question, for it in other words, or not."""


class Observer(Protocol):
    """Is told, and must neither wait nor raise."""

    def on_attempt(self, model: str, outcome: Outcome, seconds: float) -> None:
        """A call to a model ended so, after so long."""

    def on_first_token(self, model: str, seconds: float) -> None:
        """A model began to write, so long after it was asked."""

    def on_spent(self, spent: Spent) -> None:
        """An answer took this of a model; told once of each that was asked, if it failed too."""

    def on_cache(self, lookup: Lookup) -> None:
        """An answer was at hand, or is just being written for somebody else; or it was not."""


class Silent:
    """Observes nothing."""

    def on_attempt(self, model: str, outcome: Outcome, seconds: float) -> None:
        """Do nothing."""

    def on_first_token(self, model: str, seconds: float) -> None:
        """Do nothing."""

    def on_spent(self, spent: Spent) -> None:
        """Do nothing."""

    def on_cache(self, lookup: Lookup) -> None:
        """Do nothing."""
