"""The worker of stream_memory.py: the exemplar's answers over REST, by a model that takes its time.

Its first line says the port; it serves until it is ended.
"""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from uuid import UUID

from quillwort.adapters.limits.memory import MemoryCounter
from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.fusion import Fused
from quillwort.assistant.generation.generated import Generated
from quillwort.assistant.generation.redaction import NoRedaction
from quillwort.assistant.language_models import Piece, Prompt, Spent, Written
from quillwort.assistant.passages import Chunk
from quillwort.assistant.question_service import QuestionService
from quillwort.assistant.search_service import Hit
from quillwort.domain.values import Principal
from quillwort.entrypoints.rest.app import build_app
from quillwort.entrypoints.rest.assistant.questions import QuestionRoutes
from quillwort.entrypoints.rest.server import RestServer
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.health import Health
from quillwort.kit.rate_limit import RateLimiter

FIRST_SECONDS = 1.0
PIECES = 60
PIECE_SECONDS = 0.1
PASSAGE = "The tenant pays for repairs of up to 200 euros each. " * 15


class Search:
    """Six passages for every question."""

    async def search(self, _principal: Principal, _query: str, limit: int) -> Sequence[Hit]:
        """Return passages with texts of their own, as a database gives them."""
        return [
            Hit(
                UUID(int=number),
                "lease.md",
                "Lease",
                Chunk(f"{number}", 0, ("Repairs",), f"{PASSAGE}Case {number}.", 180),
                Fused(number, 0.9, 1.0, 0.7, 1, 1),
            )
            for number in range(limit)
        ]


class Models:
    """Writes the time first, and then a sentence at a time."""

    async def answer(self, _prompt: Prompt, _tenant: str, _scope: str) -> AsyncGenerator[Piece, None]:
        """Write an answer."""
        await asyncio.sleep(FIRST_SECONDS)
        yield Written(f"@{time.monotonic():.6f} ")
        for _ in range(PIECES):
            await asyncio.sleep(PIECE_SECONDS)
            yield Written("The tenant pays for repairs [1]. ")
        yield Spent("fake:slow", 1500, 0, PIECES * 8, None)


class Verifier:
    """Believes everybody."""

    scheme = None

    async def verify(self, _authorization: str | None, _peer: str) -> Principal:
        """Return the caller."""
        return Principal("bench", "bench", frozenset({"documents:read"}))


class Store:
    """Keeps nothing."""

    async def keep(self, _answer: object) -> None:
        """Keep nothing."""

    async def forget(self, _before: datetime) -> int:
        """Forget nothing."""
        return 0


async def serve() -> None:
    """Serve until the process is ended."""
    async with AnswerRuns(Store(), AnswerSettings()) as runs:
        answerer = Generated(Models(), 3000, NoRedaction())
        server = RestServer(
            build_app(
                [QuestionRoutes(QuestionService(Search(), answerer, runs), 15.0)],
                verifier=Verifier(),
                limiter=RateLimiter(MemoryCounter(), 1_000_000, 60),
                health=Health({}),
                settings=HttpSettings(port=0),
            ),
            HttpSettings(port=0),
        )
        sys.stdout.write(f"{await server.start()}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
