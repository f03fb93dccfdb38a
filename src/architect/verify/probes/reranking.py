"""A reranker behind an address: what it is asked, what comes of it, and what while it is away."""

import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.checks import Notes
from architect.verify.library import Library
from architect.verify.models.rerank import PATH, documents_of
from architect.verify.models.script import answers, breaks, fails
from architect.verify.models.server import KEY, Call, ScriptedModels, scripted
from architect.verify.polling import becomes
from architect.verify.scene import Scene, opened

MODEL: Final = "scripted-reranker"
TIMEOUT_SECONDS: Final = 2.0
MARGIN_SECONDS: Final = 3.0
BACK_SECONDS: Final = 15.0
PAUSE_SECONDS: Final = 0.3
QUERY: Final = "Which boats sail in winter?"
LIMIT: Final = 2
ASKED: Final = f"POST {PATH}"
WELL: Final = answers("scores")
"""Any script without a fault: the server scores what it is asked."""
BOATS: Final = "# Boats\n\n" + "\n\n".join(
    f"## {name}\n\nThe {name} sails in {season}."
    for name, season in (
        ("ferry", "winter"),
        ("barge", "summer"),
        ("cutter", "autumn"),
        ("yawl", "spring"),
        ("ketch", "July"),
        ("sloop", "August"),
    )
)


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search told, and how long it took: the texts, and which of them have a reranker's score."""

    seen: str
    texts: tuple[str, ...]
    reranked: tuple[bool, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Harbour:
    """A service that reranks at a scripted server, and a caller's way to its documents."""

    scene: Scene
    library: Library
    models: ScriptedModels

    def calls(self, since: int = 0) -> list[Call]:
        """Return what the reranker was asked."""
        return self.models.of(MODEL, since)

    async def searched(self) -> Searched:
        """Search."""
        began = time.monotonic()
        outcome = await self.library.shelf.search(QUERY, LIMIT)
        items = outcome.body.get("items")
        hits = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
        scores = [hit.get("score") for hit in hits]
        return Searched(
            outcome.seen,
            tuple(str(hit.get("text")) for hit in hits),
            tuple(isinstance(score, dict) and score.get("reranked") is not None for score in scores),
            time.monotonic() - began,
        )

    async def well(self) -> bool:
        """Have the reranker answer, and return whether searches come to ask it."""
        self.models.plan(MODEL, WELL)

        async def asked() -> bool:
            mark = len(self.models.calls)
            await self.searched()
            return bool(self.calls(mark))

        return await becomes(asked, BACK_SECONDS, PAUSE_SECONDS)


@contextlib.asynccontextmanager
async def moored(bench: Bench) -> AsyncIterator[Harbour]:
    """Boot a service with a scripted reranker, and keep a document in it."""
    async with scripted() as models:
        given = {
            "RERANK_URL": f"{models.url}{PATH.removesuffix('/rerank')}",
            "RERANK_MODEL": MODEL,
            "RERANK_API_KEY": KEY,
            "RERANK_TIMEOUT_SECONDS": str(TIMEOUT_SECONDS),
        }
        async with opened(bench, given) as scene:
            library = Library(scene)
            await library.kept("boats.md", BOATS)
            yield Harbour(scene, library, models)


async def reranked_by_server(harbour: Harbour) -> list[Finding]:
    """More is found than was asked for, the server is given it with the key, and its order is told."""
    notes = Notes("reranked_by_server", "put what was found in the order of the server at RERANK_URL")
    await harbour.well()
    mark = len(harbour.models.calls)
    found = await harbour.searched()
    calls = harbour.calls(mark)
    given = documents_of(calls[0].body) if calls else []
    notes.expect(
        holds=len(calls) == 1 and len(given) > LIMIT and calls[0].body.get("query") == QUERY,
        message=f"a search of {LIMIT} does not have the reranker read more passages with the question",
        where=ASKED,
        seen=[call.body for call in calls],
    )
    best = given[::-1][:LIMIT]
    told = [text in read for text, read in zip(found.texts, best, strict=False)]
    notes.expect(
        holds=len(found.texts) == LIMIT and all(told),
        message="what is told first is not what the reranker gives the best scores",
        where=harbour.library.where("search"),
        seen=(found.texts, best),
    )
    notes.expect(
        holds=bool(found.reranked) and all(found.reranked),
        message="a passage is told without the reranker's score",
        where=harbour.library.where("search"),
        seen=found.seen,
    )
    notes.expect(
        holds=all(call.headers.get("authorization") == f"Bearer {KEY}" for call in calls),
        message="a request comes without the key of RERANK_API_KEY",
        where=ASKED,
        seen=[sorted(call.headers) for call in calls],
    )
    return notes.findings


async def search_without_reranker(harbour: Harbour) -> list[Finding]:
    """While the reranker fails or says nothing, the search's own order is told, and soon."""
    notes = Notes("search_without_reranker", "leave the search's own order when the reranker fails")
    where = harbour.library.where("search")
    for script, how in ((fails(500), "answers 500"), (breaks("stalls"), "says nothing")):
        notes.expect(
            holds=await harbour.well(),
            message=f"searches do not ask the reranker {BACK_SECONDS:g} s after it answers again",
            where=ASKED,
        )
        harbour.models.plan(MODEL, script)
        found = await harbour.searched()
        notes.expect(
            holds=bool(found.texts) and "winter" in found.texts[0] and not any(found.reranked),
            message=f"while the reranker {how} a search does not tell its own order",
            where=where,
            seen=(found.texts, found.seen),
        )
        notes.expect(
            holds=found.seconds < TIMEOUT_SECONDS + MARGIN_SECONDS,
            message=f"a search takes {found.seconds:.1f} s while the reranker {how}",
            where=where,
            seen=found.seen,
        )
        mark = len(harbour.models.calls)
        await harbour.searched()
        notes.expect(
            holds=not harbour.calls(mark),
            message=f"the next search asks again a reranker that {how}",
            where=ASKED,
        )
    return notes.findings
