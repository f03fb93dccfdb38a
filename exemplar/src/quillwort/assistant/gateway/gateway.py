"""The gateway: answers by whichever model can write one, within budgets, each paid for once."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Self

import structlog
from pydantic import BaseModel

from quillwort.assistant.gateway.bill import Bill
from quillwort.assistant.gateway.calls import Calls
from quillwort.assistant.gateway.chain import Chain
from quillwort.assistant.gateway.completions import Completion, Completions, key_of
from quillwort.assistant.gateway.flights import Flights
from quillwort.assistant.gateway.ledger import Budgets, Ledger
from quillwort.assistant.gateway.model import Model, Request
from quillwort.assistant.gateway.observer import Lookup, Observer
from quillwort.assistant.gateway.policy import Policy
from quillwort.assistant.gateway.prices import Prices
from quillwort.assistant.gateway.reuse import Look, Reuse
from quillwort.assistant.gateway.shapes import K, Structured, asked_again, parsed, schema_of
from quillwort.assistant.gateway.usage import DayUsage
from quillwort.assistant.language_models import NoAnswer, Piece, Prompt, Restarted, Spent, Written
from quillwort.domain.errors import Unavailable

_log = structlog.get_logger(__name__)


class Gateway:
    """Implements `LanguageModels` over a chain of models; without any, nothing is ever asked.

    It is open for as long as its context lasts. Answers that are the same in every respect are
    written once: from `completions`, when given, and for all who ask while one is being written.
    With `reuse` they are given to the same question in other words, too.
    """

    def __init__(
        self,
        models: Sequence[Model],
        ledger: Ledger,
        observer: Observer,
        *,
        completions: Completions | None,
        reuse: Reuse | None = None,
        prices: Prices,
        policy: Policy,
        budgets: Budgets,
    ) -> None:
        self._names = tuple(model.name for model in models)
        self._ledger = ledger
        self._observer = observer
        self._completions = completions
        self._reuse = reuse
        self._policy = policy
        self._calls = Calls(ledger, budgets, prices, policy, observer)
        self._chain = Chain(models, self._calls, policy, observer)
        self._flights: Flights[Piece] = Flights()
        self._turns = asyncio.Semaphore(policy.max_concurrent)

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Wait a moment for what is still being settled."""
        await self._calls.close()

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the models, as `provider:model`, the first to be asked first."""
        return self._names

    async def answer(self, prompt: Prompt, tenant: str, scope: str) -> AsyncGenerator[Piece]:
        """Write an answer; see `LanguageModels`.

        Raises:
            NoAnswer: as `LanguageModels` says.
        """
        self._must_have_models()
        key = key_of(prompt, self._names, tenant, scope)
        kept = await self._kept(key)
        if kept is not None:
            await self._at_hand(tenant, "hit")
            yield Written(kept.text)
            yield _free(kept.model)
            return
        look = await self._look(prompt, tenant, scope, key)
        if look is not None and look.given is not None:
            await self._at_hand(tenant, "reworded")
            yield Written(look.given.completion.text)
            yield _free(look.given.completion.model, look.given.question)
            return
        shared = self._flights.under_way(key)
        if not shared:
            self._observer.on_cache("miss")
        followed = self._flights.follow(key, lambda: self._made(prompt, tenant, key, look))
        try:
            async with aclosing(followed) as pieces:
                async for piece in pieces:
                    if shared and isinstance(piece, Spent):
                        await self._at_hand(tenant, "hit")
                        yield _free(piece.model)
                    else:
                        yield piece
        except NoAnswer as error:
            if not shared:
                raise
            # What it took is told to whoever it was made for, and to nobody else.
            raise error.unpaid() from error

    async def structured(self, prompt: Prompt, tenant: str, kind: type[K]) -> Structured[K]:
        """Have a model fill in an object; one that is not valid is asked for once more.

        Args:
            prompt: what is asked.
            tenant: whose budget is charged.
            kind: a pydantic model whose JSON schema is an object's.

        Raises:
            NoAnswer: as `answer`, and `malformed` when it is not valid the second time either.
        """
        self._must_have_models()
        bill = Bill(tenant)
        async with self._billed(bill):
            first = await self._filled(prompt, bill, kind)
            value, problem = parsed(kind, first)
            if value is None:
                second = await self._filled(asked_again(prompt, problem), bill, kind)
                value, problem = parsed(kind, second)
            if value is None:
                raise NoAnswer("malformed", f"The model's {kind.__name__} is not valid: {problem}")
        return Structured(value, bill.spent())

    async def usage(self, owner: str | None, since: date) -> Sequence[DayUsage]:
        """Return what an owner used, or everybody, since that day of UTC, the first day first.

        Raises:
            Unavailable: when the ledger does not answer.
        """
        return await self._ledger.usage(owner, since)

    def _must_have_models(self) -> None:
        if not self._names:
            raise NoAnswer("not_configured", "No language model has a key.")

    async def _made(
        self, prompt: Prompt, tenant: str, key: bytes, look: Look | None
    ) -> AsyncGenerator[Piece]:
        """Have a model write an answer, and keep it once it is whole, if it is sound."""
        bill, texts = Bill(tenant), list[str]()
        request = Request(prompt, self._policy.max_output_tokens)
        async with self._billed(bill), aclosing(self._chain.pieces(request, bill)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Restarted):
                    texts.clear()
                else:
                    texts.append(piece.text)
                yield piece
        if not prompt.sound("".join(texts)):
            yield bill.spent()
            return
        await self._keep(key, prompt, Completion(bill.model, "".join(texts)))
        if look is not None:
            await _though_it_fails(look.keep(key))
        yield bill.spent()

    async def _filled(self, prompt: Prompt, bill: Bill, kind: type[BaseModel]) -> str:
        """Have a model write JSON."""
        texts: list[str] = []
        request = Request(prompt, self._policy.max_output_tokens, schema_of(kind))
        async with aclosing(self._chain.pieces(request, bill)) as pieces:
            async for piece in pieces:
                if isinstance(piece, Restarted):
                    texts.clear()
                else:
                    texts.append(piece.text)
        return "".join(texts)

    @asynccontextmanager
    async def _billed(self, bill: Bill) -> AsyncIterator[None]:
        """Wait for a turn, and tell what was spent however it ends."""
        try:
            async with asyncio.timeout(self._policy.turn_seconds):
                await self._turns.acquire()
        except TimeoutError:
            raise NoAnswer(
                "overloaded",
                "As many answers are being written as may be.",
                retry_after_seconds=self._policy.turn_seconds,
            ) from None
        try:
            yield
        except NoAnswer as error:
            error.spent = _spent(bill)
            raise
        except Unavailable as error:
            # What cannot be reserved is not asked for; a model before may have been.
            message = "No budget can be reserved at the moment."
            raise NoAnswer("unavailable", message, spent=_spent(bill)) from error
        finally:
            self._turns.release()
            for spent in bill.by_model():
                self._observer.on_spent(spent)

    async def _kept(self, key: bytes) -> Completion | None:
        if self._completions is None:
            return None
        try:
            return await self._completions.get(key)
        except Unavailable as error:
            _log.warning("completions unavailable", problem=error.message)
            return None

    async def _look(self, prompt: Prompt, tenant: str, scope: str, key: bytes) -> Look | None:
        """Look for an answer to the question in other words; not where one is being written."""
        if self._reuse is None or self._flights.under_way(key):
            return None
        return await self._reuse.look(prompt, self._names, tenant, scope)

    async def _keep(self, key: bytes, prompt: Prompt, completion: Completion) -> None:
        if self._completions is not None:
            await _though_it_fails(self._completions.put(key, completion, prompt.sources))

    async def _at_hand(self, tenant: str, lookup: Lookup) -> None:
        """Count an answer for which nothing is asked."""
        self._observer.on_cache(lookup)
        try:
            await self._ledger.count_cached(tenant, datetime.now(UTC).date())
        except Unavailable as error:
            _log.warning("cached answer not counted", problem=error.message)


async def _though_it_fails(keeping: Awaitable[None]) -> None:
    """Wait until an answer is kept for others: it is one all the same when that fails."""
    try:
        await keeping
    except Unavailable as error:
        _log.warning("completion not kept", problem=error.message)
    except Exception:  # noqa: BLE001 - whatever it was, the answer is whole
        _log.exception("completion not kept")


def _spent(bill: Bill) -> Spent | None:
    return bill.spent() if bill.calls else None


def _free(model: str, written_for: str | None = None) -> Spent:
    return Spent(model, 0, 0, 0, Decimal(0), cached=True, written_for=written_for)
