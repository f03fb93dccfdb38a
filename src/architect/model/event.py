"""What a verification tells while it runs; a surface renders them, the report does not need them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from architect.model.report import GateResult


@dataclass(frozen=True, slots=True)
class Preparing:
    """Something all gates share is being made (the environment, the database server)."""

    text: str


@dataclass(frozen=True, slots=True)
class GateStarted:
    """A gate began to run."""

    gate: str
    title: str
    checks: int


@dataclass(frozen=True, slots=True)
class GateProgress:
    """A gate says what it is doing; the newest text replaces the one before."""

    gate: str
    text: str


@dataclass(frozen=True, slots=True)
class GateFinished:
    """A gate is through."""

    result: GateResult


Event: TypeAlias = Preparing | GateStarted | GateProgress | GateFinished
OnEvent: TypeAlias = Callable[[Event], None]
