"""Models behind one another: retries of one, then the next, and what is told at the end."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta

import structlog

from quillwort.assistant.gateway.bill import Bill
from quillwort.assistant.gateway.breaker import Breaker
from quillwort.assistant.gateway.calls import Calls, OverBudget
from quillwort.assistant.gateway.model import AGAIN, FINAL, Model, ModelFailed, Request
from quillwort.assistant.gateway.observer import Observer
from quillwort.assistant.gateway.policy import Policy, pause
from quillwort.assistant.language_models import NoAnswer, Restarted, Written

_log = structlog.get_logger(__name__)


class Chain:
    """Asks the first model that may be asked, and another when it fails."""

    def __init__(
        self, models: Sequence[Model], calls: Calls, policy: Policy, observer: Observer
    ) -> None:
        self._links = [
            (model, Breaker(policy.breaker_failures, policy.breaker_seconds, time.monotonic))
            for model in models
        ]
        self._calls = calls
        self._policy = policy
        self._observer = observer

    async def pieces(self, request: Request, bill: Bill) -> AsyncGenerator[Written | Restarted]:
        """Write pieces of an answer by whichever model can.

        Raises:
            NoAnswer: when none can.
        """
        deadline = time.monotonic() + self._policy.total_seconds
        failures: list[ModelFailed] = []
        refused = False
        for place, (model, breaker) in enumerate(self._links):
            link = _Link(model, breaker, place + 1 < len(self._links), deadline)
            try:
                async with aclosing(self._tries(link, request, bill, failures)) as pieces:
                    async for piece in pieces:
                        yield piece
            except OverBudget:
                refused = True
                continue
            if link.answered:
                return
        raise self._nothing(failures, over_budget=refused)

    async def _tries(
        self, link: "_Link", request: Request, bill: Bill, failures: list[ModelFailed]
    ) -> AsyncGenerator[Written | Restarted]:
        """Ask one model until it answers, or it is another's turn."""
        for retry in range(self._policy.retries + 1):
            if time.monotonic() >= link.deadline:
                return
            ticket = link.breaker.begin()
            if ticket is None:
                self._observer.on_attempt(link.model.name, "breaker_open", 0.0)
                return
            begun = False
            try:
                async with aclosing(self._once(link, ticket, request, bill)) as pieces:
                    async for text in pieces:
                        begun = True
                        yield Written(text)
            except ModelFailed as error:
                failures.append(error)
                self._rest(link, error)
                _log.warning(
                    "model failed", model=link.model.name, failure=error.failure, detail=str(error)
                )
                self._end_if_final(error, begun=begun)
                if begun:
                    if link.more and time.monotonic() < link.deadline:
                        yield Restarted(link.model.name)
                    return
                seconds = self._pause(link, retry, error)
                if seconds is None:
                    return
                await asyncio.sleep(seconds)
            else:
                link.answered = True
                return

    async def _once(
        self, link: "_Link", ticket: int, request: Request, bill: Bill
    ) -> AsyncGenerator[str]:
        """Make a call, and tell the breaker how it went."""
        tell = link.breaker.left
        try:
            async with aclosing(
                self._calls.pieces(link.model, request, bill, link.deadline)
            ) as pieces:
                async for text in pieces:
                    yield text
            tell = link.breaker.succeeded
        except ModelFailed as error:
            tell = link.breaker.succeeded if error.failure in FINAL else link.breaker.failed
            raise
        finally:
            tell(ticket)

    def _rest(self, link: "_Link", error: ModelFailed) -> None:
        """Leave a model alone that asks for longer than anybody waits for it."""
        asked = error.retry_after_seconds or 0.0
        if asked > self._policy.first_token_seconds:
            link.breaker.rest(asked)

    def _end_if_final(self, error: ModelFailed, *, begun: bool) -> None:
        if error.failure == "too_long":
            raise NoAnswer("too_long", "The answer became too long.") from error
        if error.failure == "refused":
            raise NoAnswer("refused", "The model would not answer this.") from error
        if begun and self._policy.once_begun == "incomplete":
            raise NoAnswer("incomplete", "The answer broke off.") from error

    def _pause(self, link: "_Link", retry: int, error: ModelFailed) -> float | None:
        """Return how long to wait before this model is asked again, or None to go on."""
        if error.failure not in AGAIN or retry >= self._policy.retries:
            return None
        # Another model is asked at once rather than this one after as long a silence again.
        if link.more and error.failure == "timeout":
            return None
        seconds = pause(self._policy, retry, error.retry_after_seconds)
        # Whoever waits holds a turn, which another question could have.
        if seconds > self._policy.first_token_seconds:
            return None
        return seconds if time.monotonic() + seconds < link.deadline else None

    def _nothing(self, failures: Sequence[ModelFailed], *, over_budget: bool) -> NoAnswer:
        if over_budget and not failures:
            return NoAnswer(
                "budget_exhausted",
                "What may be spent on answers today is spent.",
                retry_after_seconds=_seconds_to_midnight(),
            )
        asked = [error.retry_after_seconds for error in failures if error.retry_after_seconds]
        open_for = [breaker.opens_in() for _, breaker in self._links if breaker.opens_in()]
        return NoAnswer(
            "unavailable",
            "No language model answers at the moment.",
            retry_after_seconds=min([*asked, *open_for], default=None),
        )


class _Link:
    """A model while it is its turn; `more` says that others follow."""

    def __init__(self, model: Model, breaker: Breaker, more: bool, deadline: float) -> None:  # noqa: FBT001 - private, and one of four
        self.model = model
        self.breaker = breaker
        self.more = more
        self.deadline = deadline
        self.answered = False


def _seconds_to_midnight() -> float:
    now = datetime.now(UTC)
    tomorrow = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), UTC)
    return (tomorrow - now).total_seconds()
