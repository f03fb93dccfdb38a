"""What is reserved before a call and settled after it, whatever fails."""

from dataclasses import replace
from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from memory_ledger import MemoryLedger
from quillwort.assistant.gateway.ledger import Budgets, Reservation, Spending
from quillwort.assistant.gateway.model import Usage
from quillwort.assistant.language_models import NoAnswer
from quillwort.domain.errors import FieldError, InvalidInput, Unavailable
from scripted_gateway import QUICK, gateway_over, text_of
from scripted_models import Script, ScriptedModels

WELL = Script(("It ", "is."), input_tokens=100, cached_tokens=40, output_tokens=10)
FAST = replace(QUICK, first_token_seconds=2.0, between_tokens_seconds=1.0)


class _Failing(MemoryLedger):
    """A ledger that does not answer at first."""

    def __init__(self, *, reserving: int = 0, settling: int = 0) -> None:
        super().__init__()
        self._reserving, self._settling = reserving, settling

    async def reserve(self, reservation: Reservation, budgets: Budgets) -> bool:
        if self._reserving:
            raise Unavailable("The database does not answer.")
        return await super().reserve(reservation, budgets)

    async def settle(self, reservation: Reservation, spending: Spending) -> None:
        if self._settling:
            self._settling -= 1
            raise Unavailable("The database does not answer.")
        await super().settle(reservation, spending)


async def test_what_cannot_be_reserved_is_not_asked(server: ScriptedModels) -> None:
    server.script("a", WELL)
    async with gateway_over(server, ledger=_Failing(reserving=1)) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "unavailable"
    assert not server.calls


class _Failed(MemoryLedger):
    """A ledger that answers once."""

    async def reserve(self, reservation: Reservation, budgets: Budgets) -> bool:
        if self.settled:
            raise Unavailable("The database does not answer.")
        return await super().reserve(reservation, budgets)


async def test_what_was_asked_before_the_ledger_failed_is_told(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, ending="cut"))
    async with gateway_over(server, ledger=_Failed()) as scene:
        with pytest.raises(NoAnswer) as raised:
            await scene.ask()
    assert raised.value.reason == "unavailable"
    assert raised.value.spent is not None
    assert [raised.value.spent] == scene.seen.spent


async def test_what_cannot_be_settled_is_tried_again(server: ScriptedModels) -> None:
    server.script("a", WELL)
    ledger = _Failing(settling=1)
    async with gateway_over(server, ledger=ledger) as scene:
        await scene.ask()
    [(_, spending)] = ledger.settled
    assert spending.usage == Usage(100, 40, 0, 10)


@pytest.mark.parametrize("status", [401, 429, 500])
async def test_what_was_turned_away_costs_nothing(server: ScriptedModels, status: int) -> None:
    server.script("a", Script(status=status))
    ledger = MemoryLedger()
    async with gateway_over(server, "openai:a", ledger=ledger) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    assert {spending.usage for _, spending in ledger.settled} == {Usage()}
    assert not ledger.reserved


async def test_silence_is_counted_as_read(server: ScriptedModels) -> None:
    server.script("a", Script(ending="stall"))
    ledger = MemoryLedger()
    policy = replace(FAST, retries=0)
    async with gateway_over(server, "openai:a", ledger=ledger, policy=policy) as scene:
        with pytest.raises(NoAnswer):
            await scene.ask()
    [(reservation, spending)] = ledger.settled
    assert 0 < spending.usage.input_tokens <= reservation.worst.usage.input_tokens
    assert spending.usd <= reservation.worst.usd


async def test_a_bill_beyond_what_was_reserved_is_settled_as_it_is(server: ScriptedModels) -> None:
    server.script("a", replace(WELL, input_tokens=5_000_000, cached_tokens=0))
    budgets = Budgets(usd=Decimal(5))
    async with gateway_over(server, budgets=budgets) as scene:
        await scene.ask(scope="1")
        with pytest.raises(NoAnswer) as raised:
            await scene.ask(scope="2")
    assert raised.value.reason == "budget_exhausted"
    assert len(server.calls) == 1
    assert scene.seen.attempts[-2:] == [("openai:a", "over_budget"), ("anthropic:b", "over_budget")]


@pytest.mark.parametrize("told", [2**31, 10**19])
async def test_a_count_that_can_be_none_is_settled_as_the_worst(
    server: ScriptedModels, told: int
) -> None:
    server.script("a", replace(WELL, input_tokens=told, cached_tokens=0))
    ledger = MemoryLedger()
    async with gateway_over(server, "openai:a", ledger=ledger) as scene:
        assert text_of(await scene.ask()) == "It is."
    [(reservation, spending)] = ledger.settled
    assert spending == reservation.worst


class _Refusing(MemoryLedger):
    """A ledger that cannot keep what it is told."""

    async def settle(self, reservation: Reservation, spending: Spending) -> None:  # noqa: ARG002 - the port's
        raise InvalidInput([FieldError("value", "cannot be stored")])


async def test_what_is_not_settled_is_logged(server: ScriptedModels) -> None:
    server.script("a", WELL)
    with capture_logs() as logs:
        async with gateway_over(server, ledger=_Refusing()) as scene:
            assert text_of(await scene.ask()) == "It is."
    [entry] = logs
    assert entry["event"] == "not settled"
    assert (entry["owner"], entry["input_tokens"]) == ("ada", 100)


async def test_what_is_being_settled_at_the_end_is_logged(server: ScriptedModels) -> None:
    server.script("a", WELL)
    with capture_logs() as logs:
        async with gateway_over(server, ledger=_Failing(settling=100)) as scene:
            await scene.ask()
    assert [entry["event"] for entry in logs] == ["not settled"]
