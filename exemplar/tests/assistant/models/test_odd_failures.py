"""Failures that no port speaks of."""

from collections.abc import AsyncGenerator, Collection
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from memory_ledger import MemoryCompletions, MemoryLedger
from quillwort.assistant.gateway.completions import Completion
from quillwort.assistant.gateway.gateway import Gateway
from quillwort.assistant.gateway.ledger import Budgets
from quillwort.assistant.gateway.model import Request, Usage
from quillwort.assistant.language_models import NoAnswer, Source, Spent
from quillwort.domain.errors import FieldError, InvalidInput, Unavailable
from scripted_gateway import QUICK, Counting, collected, gateway_over, text_of
from scripted_models import Script, ScriptedModels

WELL = Script(("It ", "is."), input_tokens=100, cached_tokens=40, output_tokens=10)


class _Odd:
    """A model that fails as no model may."""

    name = "openai:odd"

    async def stream(self, request: Request) -> AsyncGenerator[str | Usage]:
        del request
        yield "It "
        raise ZeroDivisionError


async def test_a_model_that_fails_as_none_may_is_another_that_failed() -> None:
    ledger, seen = MemoryLedger(), Counting()
    gateway = Gateway(
        [_Odd()],
        ledger,
        seen,
        completions=None,
        prices={},
        policy=replace(QUICK, retries=0),
        budgets=Budgets(),
    )
    with capture_logs() as logs:
        async with gateway:
            with pytest.raises(NoAnswer) as raised:
                await collected(gateway)
    assert raised.value.reason == "unavailable"
    assert seen.attempts == [("openai:odd", "malformed")]
    assert not ledger.reserved
    assert any(entry.get("exc_info") for entry in logs)


class _Full(MemoryCompletions):
    """Completions that keep nothing more."""

    def __init__(self, problem: Exception) -> None:
        super().__init__()
        self._problem = problem

    async def put(self, key: bytes, completion: Completion, sources: Collection[Source]) -> None:
        del key, completion, sources
        raise self._problem


@pytest.mark.parametrize(
    "problem",
    [Unavailable("No."), InvalidInput([FieldError("value", "cannot be stored")]), OSError()],
)
async def test_an_answer_that_cannot_be_kept_is_one_all_the_same(
    server: ScriptedModels, problem: Exception
) -> None:
    server.script("a", WELL)
    with capture_logs() as logs:
        async with gateway_over(server, completions=_Full(problem)) as scene:
            pieces = await scene.ask()
    assert text_of(pieces) == "It is."
    assert isinstance(pieces[-1], Spent)
    assert [entry["event"] for entry in logs] == ["completion not kept"]
