"""A service whose language models are scripted: what probes of failing models work on."""

import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final

from architect.verify.askers import RestAsker, asker_of
from architect.verify.bench import Bench
from architect.verify.conversation import Asker
from architect.verify.library import Library
from architect.verify.models.script import answers, fails
from architect.verify.models.server import Call, ScriptedModels, scripted
from architect.verify.polling import becomes
from architect.verify.scene import Scene, opened

FIRST: Final = "alpha"
"""The model that is asked first, by OpenAI's interface."""
SECOND: Final = "beta"
"""The model that is asked when the first fails, by Anthropic's."""
FIRST_TOKEN_SECONDS: Final = 3.0
BETWEEN_TOKENS_SECONDS: Final = 2.0
TOTAL_SECONDS: Final = 10.0
RETRIES: Final = 1
MOST_TOKENS: Final = 200
HEARTBEAT_SECONDS: Final = 0.3
WARM_SECONDS: Final = 30.0
SETTINGS: Final = {
    "MODEL_CHAIN": f"openai:{FIRST},anthropic:{SECOND}",
    "MODEL_FIRST_TOKEN_TIMEOUT_SECONDS": str(FIRST_TOKEN_SECONDS),
    "MODEL_BETWEEN_TOKENS_TIMEOUT_SECONDS": str(BETWEEN_TOKENS_SECONDS),
    "MODEL_TOTAL_TIMEOUT_SECONDS": str(TOTAL_SECONDS),
    "MODEL_RETRIES": str(RETRIES),
    "MODEL_MAX_OUTPUT_TOKENS": str(MOST_TOKENS),
    "MODEL_AFTER_FIRST_TOKEN": "restart",
    "MODEL_CACHE": "exact",
    "MODEL_DAILY_TOKENS_PER_OWNER": "0",
    "MODEL_DAILY_USD_PER_OWNER": "0",
    "MODEL_DAILY_USD": "0",
    "MODEL_BREAKER_FAILURES": "1000",
    "RETRIEVAL_FUSION": "convex",
    "HTTP_HEARTBEAT_SECONDS": str(HEARTBEAT_SECONDS),
    "HTTP_REQUEST_TIMEOUT_SECONDS": "30",
}
"""What the gates' services are started with: models are given up soon, requests are not; no budget, and a
breaker that stays closed. Whatever a design searches by, questions are to reach the models here."""
LEASE: Final = """\
# Lease of the flat

## Repairs

The tenant pays for repairs of up to 200 euros each. Everything beyond is paid by the landlord.

## Animals

Cats may live in the flat. Dogs need a written consent of the landlord.
"""
FACT: Final = "The tenant pays for repairs of up to 200 euros each."
ANSWER: Final = f"As far as the lease goes: {FACT} [1] Whatever is dearer is another matter."
"""What the first model says when all is well: a sentence of a passage, and words that stand in none."""
FALLBACK: Final = f"In other words, {FACT} [1] That is all there is."
"""What the second says."""


_MARKER: Final = re.compile(r"[ \t]*\[\d+\]")


def said(text: str) -> str:
    """Return an answer's text without the marks of its citations, which are events of their own."""
    return _MARKER.sub("", text).strip()


@dataclass(frozen=True, slots=True)
class Stage:
    """A service with documents, and the models it asks.

    Args:
        scene: the service.
        models: the scripted server.
    """

    scene: Scene
    models: ScriptedModels

    async def asker(self, caller: str, text: str = LEASE) -> Asker:
        """Return a caller who has sent a document.

        Raises:
            SceneError: it was refused, or is not indexed in time.
        """
        await Library(self.scene, caller).kept("lease.md", text)
        return asker_of(self.scene, caller)

    async def reader(self, caller: str, text: str = LEASE) -> RestAsker:
        """Return a caller over REST, who has sent a document.

        Raises:
            SceneError: it was refused, or is not indexed in time.
        """
        await self.asker(caller, text)
        return RestAsker(self.scene, caller)

    def mark(self) -> int:
        """Return how many requests have come so far, for :meth:`since`."""
        return len(self.models.calls)

    def since(self, mark: int, model: str = "") -> list[Call]:
        """Return the requests that came after a mark, to one model or to all."""
        return self.models.of(model, mark) if model else self.models.calls[mark:]


async def left(call: Call, seconds: float) -> bool:
    """Wait until the service has closed the connection of a request; return whether it did in time."""

    async def gone() -> bool:
        return call.abandoned

    return await becomes(gone, seconds)


@contextlib.asynccontextmanager
async def staged(bench: Bench, settings: Mapping[str, str] | None = None) -> AsyncIterator[Stage]:
    """Boot the service with models that are scripted; all of it ends with the block."""
    async with scripted() as models:
        given = {**models.environment, **SETTINGS, **(settings or {})}
        async with opened(bench, given) as scene:
            stage = Stage(scene, models)
            await _warmed(stage)
            yield stage


async def _warmed(stage: Stage) -> None:
    """Ask until each model answers: their clients and the embedder are loaded behind a service's start.

    One that never does is left to the checks, which say what they miss.
    """
    asker = await stage.asker("early")
    stage.models.plan(SECOND, answers(FALLBACK))
    for model, first in ((SECOND, fails(500)), (FIRST, answers(ANSWER))):
        stage.models.plan(FIRST, first)
        asked = 0

        async def answered(model: str = model) -> bool:
            nonlocal asked
            asked += 1
            told = await asker.ask(f"Who pays for repairs at first, try {asked} of {model}?")
            return told.outcome == "answered" and any(
                model in event.text("model") for event in told.named("usage")
            )

        await becomes(answered, WARM_SECONDS)
