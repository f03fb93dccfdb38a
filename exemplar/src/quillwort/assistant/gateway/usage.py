"""What language models took, by day: tokens and money of one owner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, Protocol

from quillwort.assistant.documents import ACCESS
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.values import Principal, utc_now

MAX_DAYS: Final = 366
DEFAULT_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class DayUsage:
    """What the answers of one day (UTC) took; `cached` of the requests cost nothing.

    `usd` is by the price table; models without a price there add nothing to it.
    """

    day: date
    requests: int
    cached: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    usd: Decimal


class Usage(Protocol):
    """Tells what was spent."""

    async def usage(self, owner: str, since: date, /) -> Sequence[DayUsage]:
        """Return the days from then on that have any, the earliest first.

        Raises:
            Unavailable: when the store does not answer.
        """


class UsageService:
    """Usage, told to whose it is."""

    def __init__(self, usage: Usage, now: Callable[[], datetime] = utc_now) -> None:
        self._usage = usage
        self._now = now

    async def by_day(self, principal: Principal, days: int = DEFAULT_DAYS) -> Sequence[DayUsage]:
        """Return what the caller's owner took on each of the last days, today included.

        Raises:
            InvalidInput: when the days are out of bounds.
            PermissionDenied: without the scope.
            Unavailable: when the store does not answer.
        """
        ACCESS.read(principal)
        if not 1 <= days <= MAX_DAYS:
            raise InvalidInput([FieldError("days", f"must be between 1 and {MAX_DAYS}")])
        since = self._now().date() - timedelta(days=days - 1)
        return await self._usage.usage(principal.owner, since)
