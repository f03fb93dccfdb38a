"""What may be spent, however many spend it at once."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from memory_ledger import MemoryLedger
from quillwort.adapters.ledger.postgresql import PostgresqlLedger
from quillwort.adapters.postgresql.database import Database
from quillwort.assistant.gateway.ledger import Budgets, Ledger, Reservation, Spending
from quillwort.assistant.gateway.model import Usage
from quillwort.assistant.gateway.usage import DayUsage
from quillwort.assistant.language_models import NoAnswer, Prompt
from scripted_gateway import QUICK, collected, gateway_over
from scripted_models import Script, ScriptedModels

TODAY = date(2026, 11, 29)
NO_LIMIT = Budgets()


@pytest.fixture(params=["memory", "postgresql"])
def ledger(request: pytest.FixtureRequest, database: Database) -> Ledger:
    return MemoryLedger() if request.param == "memory" else PostgresqlLedger(database)


def _reservation(owner: str = "ada", day: date = TODAY) -> Reservation:
    worst = Spending(Usage(input_tokens=60, output_tokens=40), Decimal("0.5"), requests=1)
    return Reservation(uuid4(), owner, day, worst, seconds=60)


def _spending(tokens: int = 80, usd: str = "0.4") -> Spending:
    return Spending(Usage(tokens - 10, 20, 0, 10), Decimal(usd), requests=1)


async def test_what_was_spent_is_told_by_day_and_owner(ledger: Ledger) -> None:
    for day, owner in ((TODAY, "ada"), (TODAY, "ada"), (TODAY + timedelta(1), "ada"), (TODAY, "b")):
        reservation = _reservation(owner, day)
        assert await ledger.reserve(reservation, NO_LIMIT)
        await ledger.settle(reservation, _spending())
    await ledger.count_cached("ada", TODAY)
    assert list(await ledger.usage("ada", TODAY)) == [
        DayUsage(TODAY, 3, 1, 140, 40, 20, Decimal("0.8")),
        DayUsage(TODAY + timedelta(1), 1, 0, 70, 20, 10, Decimal("0.4")),
    ]
    assert len(await ledger.usage("ada", TODAY + timedelta(1))) == 1
    assert not await ledger.usage("c", TODAY)


@pytest.mark.parametrize(
    ("budgets", "everybody"),
    [
        (Budgets(tokens_per_owner=250), False),
        (Budgets(usd_per_owner=Decimal("1.25")), False),
        (Budgets(usd=Decimal("1.25")), True),
    ],
)
async def test_reserved_and_spent_count_alike(
    ledger: Ledger,
    budgets: Budgets,
    everybody: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    first, second = _reservation(), _reservation()
    assert await ledger.reserve(first, budgets)
    assert await ledger.reserve(second, budgets)
    assert not await ledger.reserve(_reservation(), budgets)
    assert await ledger.reserve(_reservation("b"), budgets) is not everybody
    assert await ledger.reserve(_reservation(day=TODAY + timedelta(1)), budgets)
    await ledger.settle(first, _spending(tokens=30, usd="0.1"))
    if not everybody:
        assert await ledger.reserve(_reservation(), budgets)
    await ledger.settle(second, _spending(tokens=900, usd="9"))
    assert not await ledger.reserve(_reservation(), budgets)


async def test_of_fifty_at_once_only_those_who_fit_get_it(ledger: Ledger) -> None:
    budgets = Budgets(tokens_per_owner=720)
    got = await asyncio.gather(*(ledger.reserve(_reservation(), budgets) for _ in range(50)))
    assert sum(got) == 7


@pytest.mark.parametrize(
    "budgets",
    [
        Budgets(tokens_per_owner=150),
        Budgets(usd_per_owner=Decimal("0.75")),
        Budgets(usd=Decimal("0.75")),
    ],
)
async def test_what_a_dead_process_reserved_is_spent(database: Database, budgets: Budgets) -> None:
    ledger, dead = PostgresqlLedger(database), replace(_reservation(), seconds=-1)
    assert await ledger.reserve(dead, budgets)
    assert not await ledger.reserve(_reservation(), budgets)
    await ledger.settle(_reservation("b"), _spending())
    assert not await ledger.reserve(_reservation(), budgets)
    assert list(await ledger.usage("ada", TODAY)) == [
        DayUsage(TODAY, 1, 0, 60, 0, 40, Decimal("0.5"))
    ]
    assert await ledger.reserve(_reservation(day=TODAY + timedelta(1)), budgets)


async def test_who_was_only_late_settles_what_it_took(database: Database) -> None:
    ledger, late = PostgresqlLedger(database), replace(_reservation(), seconds=-1)
    assert await ledger.reserve(late, NO_LIMIT)
    await ledger.settle(late, _spending())
    assert list(await ledger.usage("ada", TODAY)) == [
        DayUsage(TODAY, 1, 0, 70, 20, 10, Decimal("0.4"))
    ]


async def test_what_is_settled_twice_is_spent_once(ledger: Ledger) -> None:
    reservation = _reservation()
    assert await ledger.reserve(reservation, NO_LIMIT)
    for _ in range(2):
        await ledger.settle(reservation, _spending())
    [day] = await ledger.usage("ada", TODAY)
    assert (day.requests, day.usd) == (1, Decimal("0.4"))


async def test_a_call_under_way_is_not_told_as_spent(ledger: Ledger) -> None:
    assert await ledger.reserve(_reservation(), NO_LIMIT)
    assert not await ledger.usage("ada", TODAY)


async def test_fifty_callers_exceed_a_budget_by_one_settlement_at_most(
    server: ScriptedModels, database: Database
) -> None:
    """Each call is 400 tokens, and reserves somewhat more; the provider tells 400."""
    server.script("a", Script(("Yes.",), input_tokens=380, output_tokens=20))
    limit, call = 5_000, 400
    policy = replace(QUICK, max_output_tokens=360, turn_seconds=30.0)
    ledger = PostgresqlLedger(database)
    async with gateway_over(
        server, "openai:a", ledger=ledger, policy=policy, budgets=Budgets(tokens_per_owner=limit)
    ) as scene:
        answers = await asyncio.gather(
            *(scene.ask(scope=str(number)) for number in range(50)), return_exceptions=True
        )
        [day] = await ledger.usage("ada", datetime.now(UTC).date())
    failures = [answer for answer in answers if isinstance(answer, BaseException)]
    assert all(
        isinstance(failure, NoAnswer) and failure.reason == "budget_exhausted"
        for failure in failures
    )
    spent = day.input_tokens + day.output_tokens
    assert spent == day.requests * call == (50 - len(failures)) * call
    assert limit - 2 * call <= spent <= limit + call


PRICE_LIST = "".join(
    f"| {number * 37 % 90 + 10} | {number * 7919 % 90000 / 100 + 10:.2f} | {number % 9 + 1} |\n"
    for number in range(200)
)


async def test_a_table_of_numbers_is_not_more_than_was_reserved_for_it(
    server: ScriptedModels, database: Database
) -> None:
    """It is 3384 tokens for Mistral's SentencePiece (2024-11), to whom each digit is one."""
    read, written, limit = 3400, 20, 30_000
    server.script("a", Script(("Yes.",), input_tokens=read, output_tokens=written))
    policy = replace(QUICK, max_output_tokens=100, turn_seconds=30.0)
    ledger = PostgresqlLedger(database)
    async with gateway_over(
        server, "openai:a", ledger=ledger, policy=policy, budgets=Budgets(tokens_per_owner=limit)
    ) as scene:
        prompts = [Prompt("1", "Be brief.", f"{PRICE_LIST}Row {n}?") for n in range(50)]
        answers = await asyncio.gather(
            *(collected(scene.gateway, prompt) for prompt in prompts), return_exceptions=True
        )
        [day] = await ledger.usage("ada", datetime.now(UTC).date())
    assert 0 < sum(isinstance(answer, NoAnswer) for answer in answers) < 50
    spent = day.input_tokens + day.output_tokens
    assert limit - 2 * (read + written) <= spent <= limit + read + written
