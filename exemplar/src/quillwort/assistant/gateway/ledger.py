"""The port of the ledger: what is spent, reserved before each call and settled after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from quillwort.assistant.gateway.model import Usage
from quillwort.assistant.gateway.usage import DayUsage


@dataclass(frozen=True, slots=True)
class Budgets:
    """What may be spent in a day of UTC; 0 is no limit."""

    tokens_per_owner: int = 0
    usd_per_owner: Decimal = Decimal(0)
    usd: Decimal = Decimal(0)
    """By everybody together."""


@dataclass(frozen=True, slots=True)
class Spending:
    """What one call took; `requests` is 1 for the first call of an answer, else 0."""

    usage: Usage
    usd: Decimal
    requests: int


@dataclass(frozen=True, slots=True)
class Reservation:
    """The worst that one call may take: it counts as spent until it is settled."""

    id: UUID
    owner: str
    day: date
    worst: Spending
    seconds: float
    """After which it is told as spent: a process that died settles nothing, and was billed."""


class Ledger(Protocol):
    """Keeps reservations and what was spent; each method raises `Unavailable` when it cannot."""

    async def reserve(self, reservation: Reservation, budgets: Budgets) -> bool:
        """Reserve, unless spent and reserved together would exceed a budget; say whether it did.

        At once for everybody: of two callers who both fit alone, one gets it.
        """

    async def settle(self, reservation: Reservation, spending: Spending) -> None:
        """Put what a call took in the place of its reservation, also when that is told as spent.

        A second time does nothing.
        """

    async def count_cached(self, owner: str, day: date) -> None:
        """Count an answer that was at hand."""

    async def usage(self, owner: str | None, since: date) -> Sequence[DayUsage]:
        """Return what an owner used, or everybody, by day, the first day first."""
