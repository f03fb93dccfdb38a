"""Contributions to what the environment says: .env.example, the README's table, and every deployment."""

from dataclasses import dataclass
from typing import Literal

Production = Literal["", "fixed", "tuned", "chosen", "secret"]


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable.

    ``default`` is what the process takes without it, ``meaning`` a row of the README's table.
    ``production`` says what deployments do with it: nothing, set ``value`` (fixed), propose ``value``
    (tuned), leave it to whoever deploys with ``value`` as an example (chosen), or take it from where
    secrets are kept (secret), where an ``optional`` one need not be. ``compose`` is what it is among
    containers, ``machine`` on a single machine, where these differ from ``value``. ``refused`` marks
    defaults that production refuses.
    """

    name: str
    default: str
    meaning: str
    production: Production = ""
    value: str = ""
    compose: str = ""
    machine: str | None = None
    refused: bool = False
    optional: bool = False

    @property
    def without(self) -> tuple[str, ...]:
        """What Kubernetes calls a secret that need not be there, if it need not."""
        return ("optional",) if self.optional else ()

    @property
    def shown(self) -> str:
        """The default as the README shows it."""
        text = f"`{self.default}`" if self.default else "empty"
        return f"{text} *" if self.refused else text


@dataclass(frozen=True, slots=True)
class VariableGroup:
    """Variables of one concern, in the order ``place``, below a comment."""

    place: int
    comment: str
    variables: tuple[Variable, ...]

    @property
    def key(self) -> str:
        """The place, and what it says."""
        return f"{self.place:03} {self.comment}"
