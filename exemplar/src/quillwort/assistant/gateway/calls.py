"""One call to one model: reserved before, timed and bounded while it lasts, settled after."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final
from uuid import uuid4

import structlog

from quillwort.assistant.gateway.bill import Bill
from quillwort.assistant.gateway.ledger import Budgets, Ledger, Reservation, Spending
from quillwort.assistant.gateway.model import UNPAID, Model, ModelFailed, Reasoning, Request, Usage
from quillwort.assistant.gateway.observer import Observer, Outcome
from quillwort.assistant.gateway.policy import Policy
from quillwort.assistant.gateway.prices import Prices, input_tokens, tokens_of, worst
from quillwort.domain.errors import Unavailable

BYTES_OF_A_LONG_TOKEN: Final = 6
"""Prose has some 4.5 bytes a token: an answer with more than this for each is longer than asked."""

EXPIRY_MARGIN_SECONDS: Final = 60.0
"""How much longer a call that is not settled may be under way than it may last."""

SETTLE_PAUSES: Final = (0.2, 1.0, 5.0, 20.0)
"""How long to wait before settling is tried again while the ledger does not answer."""

_log = structlog.get_logger(__name__)


class OverBudget(Exception):
    """The call was not made: it might have exceeded a budget of the day."""


@dataclass(slots=True)
class _Progress:
    """How far a call has come; what a model thinks is written too."""

    pieces: int = 0
    written: int = 0
    texts: list[str] = field(default_factory=list)
    told: Usage | None = None

    def write(self, piece: str, request: Request) -> None:
        self.pieces += 1
        self.written += len(piece.encode())
        self.texts.append(piece)
        # A piece is a token at least, so that more pieces than tokens are too many too.
        most = request.max_output_tokens
        if self.pieces > most or self.written > most * BYTES_OF_A_LONG_TOKEN:
            raise ModelFailed("too_long", "The answer is longer than answers may be.")

    def usage(self, request: Request, outcome: Outcome) -> Usage:
        """Return what the provider counted, or else what it may have."""
        told = self.told or Usage(final=False)
        if told.final and told.input_tokens:
            return told
        if outcome in UNPAID and not self.pieces:
            return Usage()
        written = min(tokens_of("".join(self.texts)), request.max_output_tokens)
        return replace(
            told,
            input_tokens=told.input_tokens or input_tokens(request),
            output_tokens=max(told.output_tokens, written),
        )


class Calls:
    """Makes calls, each within the budget."""

    def __init__(
        self, ledger: Ledger, budgets: Budgets, prices: Prices, policy: Policy, observer: Observer
    ) -> None:
        self._ledger = ledger
        self._budgets = budgets
        self._prices = prices
        self._policy = policy
        self._observer = observer
        self._settling: set[asyncio.Task[None]] = set()

    async def pieces(
        self, model: Model, request: Request, bill: Bill, deadline: float
    ) -> AsyncGenerator[str]:
        """Write pieces of an answer, until `deadline` on the clock of `time.monotonic` at most.

        Raises:
            OverBudget: nothing was asked.
            ModelFailed: as the model says, or its time is up, or it wrote too much.
        """
        price = self._prices.get(model.name)
        reservation = Reservation(
            id=uuid4(),
            owner=bill.owner,
            day=datetime.now(UTC).date(),
            worst=bill.next(worst(request, price), price),
            seconds=self._policy.total_seconds + EXPIRY_MARGIN_SECONDS,
        )
        if not await self._reserved(reservation):
            self._observer.on_attempt(model.name, "over_budget", 0.0)
            raise OverBudget
        progress, started = _Progress(), time.monotonic()
        outcome: Outcome = "cancelled"
        try:
            async with aclosing(self._timed(model, request, progress, deadline)) as pieces:
                async for piece in pieces:
                    yield piece
            outcome = "answered"
        except ModelFailed as error:
            outcome = error.failure
            raise
        except Exception as error:
            outcome = "malformed"
            _log.exception("defect of a model", model=model.name)
            raise ModelFailed(outcome, f"{model.name} failed as no model may.") from error
        finally:
            self._observer.on_attempt(model.name, outcome, time.monotonic() - started)
            usage = progress.usage(request, outcome)
            if not usage.is_plausible:
                _log.warning("implausible usage", model=model.name, told=str(usage))
                usage = reservation.worst.usage
            await self._settle(reservation, bill.add(model.name, usage, price))

    async def close(self) -> None:
        """Wait a moment for what is being settled."""
        if not self._settling:
            return
        _, late = await asyncio.wait(self._settling, timeout=SETTLE_PAUSES[1] * 2)
        for task in late:
            task.cancel()
        await asyncio.gather(*late)

    async def _reserved(self, reservation: Reservation) -> bool:
        try:
            return await self._ledger.reserve(reservation, self._budgets)
        except asyncio.CancelledError:
            # It may have been kept all the same.
            await self._settle(reservation, Spending(Usage(), Decimal(0), requests=0))
            raise

    async def _timed(
        self, model: Model, request: Request, progress: _Progress, deadline: float
    ) -> AsyncGenerator[str]:
        started, begun = time.monotonic(), False
        patience = self._policy.first_token_seconds
        async with aclosing(model.stream(request)) as stream:
            while True:
                left = min(patience, deadline - time.monotonic())
                try:
                    async with asyncio.timeout(left):
                        piece = await anext(stream, None)
                except TimeoutError as error:
                    raise ModelFailed("timeout", f"{model.name} is silent.") from error
                if piece is None:
                    return
                if isinstance(piece, Usage):
                    progress.told = piece
                    continue
                patience = self._policy.between_tokens_seconds
                if isinstance(piece, Reasoning):
                    progress.write(piece.text, request)
                    continue
                if not begun:
                    begun = True
                    self._observer.on_first_token(model.name, time.monotonic() - started)
                progress.write(piece, request)
                yield piece

    async def _settle(self, reservation: Reservation, spending: Spending) -> None:
        """Settle, whatever becomes of the caller, who waits a moment for it."""
        task = asyncio.create_task(self._settle_at_last(reservation, spending))
        self._settling.add(task)
        task.add_done_callback(self._settling.discard)
        await asyncio.wait({task}, timeout=SETTLE_PAUSES[1])

    async def _settle_at_last(self, reservation: Reservation, spending: Spending) -> None:
        try:
            for seconds in (*SETTLE_PAUSES, None):
                try:
                    await self._ledger.settle(reservation, spending)
                except Unavailable:
                    if seconds is None:
                        raise
                    await asyncio.sleep(seconds)
                else:
                    return
        except (Exception, asyncio.CancelledError):  # noqa: BLE001 - nobody waits who could be told
            _log.exception(
                "not settled",
                owner=reservation.owner,
                usd=str(spending.usd),
                input_tokens=spending.usage.input_tokens,
                output_tokens=spending.usage.output_tokens,
            )
