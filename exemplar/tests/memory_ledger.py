"""A ledger and completions in memory, as their ports say."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from quillwort.assistant.gateway.completions import Completion
from quillwort.assistant.gateway.ledger import Budgets, Reservation, Spending
from quillwort.assistant.gateway.model import Usage
from quillwort.assistant.gateway.usage import DayUsage
from quillwort.assistant.language_models import Source


class MemoryLedger:
    """Implements `Ledger`; nobody dies."""

    def __init__(self) -> None:
        self.reserved: dict[UUID, Reservation] = {}
        self.settled: list[tuple[Reservation, Spending]] = []
        self.cached: defaultdict[tuple[str, date], int] = defaultdict(int)

    async def reserve(self, reservation: Reservation, budgets: Budgets) -> bool:
        """See `Ledger`."""
        everybody = self._taken(reservation.day)
        own = self._taken(reservation.day, reservation.owner)
        checks = (
            (budgets.tokens_per_owner, own[0] + _tokens(reservation.worst.usage)),
            (budgets.usd_per_owner, own[1] + reservation.worst.usd),
            (budgets.usd, everybody[1] + reservation.worst.usd),
        )
        if any(limit and taken > limit for limit, taken in checks):
            return False
        self.reserved[reservation.id] = reservation
        return True

    async def settle(self, reservation: Reservation, spending: Spending) -> None:
        """See `Ledger`."""
        if self.reserved.pop(reservation.id, None) is not None:
            self.settled.append((reservation, spending))

    async def count_cached(self, owner: str, day: date) -> None:
        """See `Ledger`."""
        self.cached[owner, day] += 1

    def _at_hand(self, owner: str | None, day: date) -> int:
        return sum(n for (of, on), n in self.cached.items() if owner in {None, of} and on == day)

    async def usage(self, owner: str | None, since: date) -> Sequence[DayUsage]:
        """See `Ledger`."""
        spent = [(r, s) for r, s in self.settled if owner in {None, r.owner} and r.day >= since]
        days = {r.day for r, _ in spent} | {day for of, day in self.cached if owner in {None, of}}
        return [
            DayUsage(
                day=day,
                requests=sum(s.requests for r, s in spent if r.day == day)
                + self._at_hand(owner, day),
                cached=self._at_hand(owner, day),
                input_tokens=sum(s.usage.input_tokens for r, s in spent if r.day == day),
                cached_input_tokens=sum(
                    s.usage.cached_input_tokens for r, s in spent if r.day == day
                ),
                output_tokens=sum(s.usage.output_tokens for r, s in spent if r.day == day),
                usd=sum((s.usd for r, s in spent if r.day == day), Decimal(0)),
            )
            for day in sorted(days)
            if day >= since
        ]

    def _taken(self, day: date, owner: str | None = None) -> tuple[int, Decimal]:
        reserved = [
            (_tokens(r.worst.usage), r.worst.usd)
            for r in self.reserved.values()
            if r.day == day and owner in {None, r.owner}
        ]
        spent = [
            (_tokens(s.usage), s.usd)
            for r, s in self.settled
            if r.day == day and owner in {None, r.owner}
        ]
        taken = [*reserved, *spent]
        return sum(tokens for tokens, _ in taken), sum((usd for _, usd in taken), Decimal(0))


class MemoryCompletions:
    """Implements `Completions`, without bounds or documents: `sources` tells what each rests on."""

    def __init__(self) -> None:
        self.kept: dict[bytes, Completion] = {}
        self.sources: dict[bytes, Collection[Source]] = {}

    async def get(self, key: bytes) -> Completion | None:
        """See `Completions`."""
        return self.kept.get(key)

    async def put(self, key: bytes, completion: Completion, sources: Collection[Source]) -> None:
        """See `Completions`."""
        self.kept[key] = completion
        self.sources[key] = sources


def _tokens(usage: Usage) -> int:
    return usage.input_tokens + usage.output_tokens
