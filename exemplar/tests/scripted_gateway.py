"""A gateway over models that the test's own server answers for."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from memory_ledger import MemoryCompletions, MemoryLedger
from quillwort.adapters.models.names import parsed
from quillwort.adapters.models.pydantic_ai_model import PydanticAiModel
from quillwort.assistant.gateway.completions import Completions
from quillwort.assistant.gateway.gateway import Gateway
from quillwort.assistant.gateway.ledger import Budgets, Ledger
from quillwort.assistant.gateway.observer import Lookup, Outcome
from quillwort.assistant.gateway.policy import Policy
from quillwort.assistant.gateway.prices import Price
from quillwort.assistant.gateway.reuse import Reuse
from quillwort.assistant.language_models import Piece, Prompt, Restarted, Spent, Written
from scripted_models import ScriptedModels

PROMPT = Prompt("1", "Be brief.", "Why?")
PRICE = Price(Decimal(2), Decimal(8), cached_input=Decimal("0.5"))
QUICK = Policy(pause_seconds=0.0, turn_seconds=0.05)
"""Everything as usual, but for pauses."""


@dataclass(slots=True)
class Counting:
    """Observes, and keeps it."""

    attempts: list[tuple[str, Outcome]] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    spent: list[Spent] = field(default_factory=list)
    cache: list[Lookup] = field(default_factory=list)

    def on_attempt(self, model: str, outcome: Outcome, seconds: float) -> None:
        assert seconds >= 0
        self.attempts.append((model, outcome))

    def on_first_token(self, model: str, seconds: float) -> None:
        assert seconds >= 0
        self.begun.append(model)

    def on_spent(self, spent: Spent) -> None:
        self.spent.append(spent)

    def on_cache(self, lookup: Lookup) -> None:
        self.cache.append(lookup)


@dataclass(slots=True)
class Scene:
    """A gateway and what stands around it."""

    gateway: Gateway
    server: ScriptedModels
    seen: Counting
    ledger: Ledger

    async def ask(self, tenant: str = "ada", scope: str = "") -> list[Piece]:
        """Return every piece of an answer."""
        return await collected(self.gateway, PROMPT, tenant, scope)


async def collected(
    gateway: Gateway, prompt: Prompt = PROMPT, tenant: str = "ada", scope: str = ""
) -> list[Piece]:
    """Return every piece of an answer."""
    async with aclosing(gateway.answer(prompt, tenant, scope)) as pieces:
        return [piece async for piece in pieces]


def text_of(pieces: Sequence[Piece]) -> str:
    """Return the answer: what was written since the last restart."""
    text = ""
    for piece in pieces:
        match piece:
            case Written():
                text += piece.text
            case Restarted():
                text = ""
    return text


@asynccontextmanager
async def gateway_over(
    server: ScriptedModels,
    chain: str = "openai:a,anthropic:b",
    *,
    ledger: Ledger | None = None,
    completions: Completions | None = None,
    reuse: Reuse | None = None,
    policy: Policy = QUICK,
    budgets: Budgets | None = None,
) -> AsyncIterator[Scene]:
    """Open a gateway whose models the server answers for."""
    async with AsyncExitStack() as stack:
        models = []
        for name in parsed(chain):
            url = server.url if name.provider == "anthropic" else f"{server.url}/v1"
            models.append(PydanticAiModel(name, url, "key"))
            stack.push_async_callback(models[-1].close)
            # No test's patience is spent on imports.
            await models[-1].open()
        seen, kept_in = Counting(), ledger or MemoryLedger()
        gateway = await stack.enter_async_context(
            Gateway(
                models,
                kept_in,
                seen,
                completions=completions or MemoryCompletions(),
                reuse=reuse,
                prices={model.name: PRICE for model in models},
                policy=policy,
                budgets=budgets or Budgets(),
            )
        )
        yield Scene(gateway, server, seen, kept_in)
