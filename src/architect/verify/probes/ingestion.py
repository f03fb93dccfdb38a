"""How documents are indexed: what is the same once, so much at a time, and on after the process has ended."""

import asyncio
import signal
from collections.abc import Iterable
from typing import Final

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.checks import Notes
from architect.verify.indexes import CORPUS_PATH
from architect.verify.library import INDEXED_SECONDS, Library
from architect.verify.models.embeddings import texts_of
from architect.verify.models.script import answers
from architect.verify.models.server import Call
from architect.verify.polling import becomes
from architect.verify.probes.embedding import KEEPING, MODEL, WELL, Nest
from architect.verify.scene import opened

TURNS: Final = 2
SETTINGS: Final = {"EMBEDDING_MAX_CONCURRENT": str(TURNS)}
MANY: Final = 12
"""Documents that come at once, more than the embedder is asked for."""
CHAPTERS: Final = 200
"""Of a book: some of them are kept with their vectors before the others are made."""
SLOW_SECONDS: Final = 0.1
ENDING_SECONDS: Final = 30.0
_LEDGER: Final = "# Ledger\n\nThe quartz lamp was bought in Brno."


async def unchanged_documents_kept(nest: Nest) -> list[Finding]:
    """The same bytes under the same name are the same version; other bytes are the next one."""
    notes = Notes("unchanged_documents_kept", "compare the digest of what is sent with that of what is kept")
    await nest.well()
    versions = [
        (await nest.library.kept("ledger.md", text)).get("version")
        for text in (_LEDGER, _LEDGER, _LEDGER.replace("Brno", "Linz"))
    ]
    first, again, other = versions
    notes.expect(
        holds=first == again and other != again,
        message="what is sent again unchanged is not the same version, or what has changed is",
        where=nest.library.where("document"),
        seen=versions,
    )
    return notes.findings


async def embedder_takes_turns(nest: Nest) -> list[Finding]:
    """However many documents come at once, the embedder is asked by EMBEDDING_MAX_CONCURRENT requests."""
    notes = Notes("embedder_takes_turns", "ask the embedder EMBEDDING_MAX_CONCURRENT times at once at most")
    await nest.well()
    mark = len(nest.models.calls)
    nest.models.plan(MODEL, answers("vectors", first_seconds=SLOW_SECONDS))
    await asyncio.gather(
        *(nest.library.kept(f"note-{number}.md", f"Note {number} is kept.") for number in range(MANY))
    )
    most = _at_once(call for call in nest.calls(mark) if texts_of(call.body)[0].startswith(KEEPING))
    notes.expect(
        holds=0 < most <= TURNS,
        message=f"{most} requests for passages are made at once, and {TURNS} were set",
        where="POST /v1/embeddings",
    )
    return notes.findings


async def documents_resume(nest: Nest) -> list[Finding]:
    """A document under way when the process ends is gone on with by the next, from what was kept of it.

    No other check has the service afterwards.
    """
    notes = Notes(
        "documents_resume", "keep the vectors of a document under way, tell how far it is, and go on with it"
    )
    await nest.well()
    nest.models.plan(MODEL, answers("vectors", first_seconds=SLOW_SECONDS))
    mark = len(nest.models.calls)
    sent = await nest.library.shelf.submit("book.md", _book().encode())
    key = str(sent.body.get("id"))
    progress: Plain = None

    async def begun() -> bool:
        nonlocal progress
        progress = (await nest.library.shelf.get(key)).body.get("progress")
        return isinstance(progress, dict) and _number(progress.get("done")) > 0

    notes.expect(
        holds=await becomes(begun, INDEXED_SECONDS),
        message="a document under way does not tell how far it is",
        where=nest.library.where("document"),
        seen=progress,
    )
    process = nest.scene.service.process
    process.send(signal.SIGTERM)
    await process.wait(ENDING_SECONDS)
    before = _passages(nest.calls(mark))
    nest.models.plan(MODEL, WELL)
    mark = len(nest.models.calls)
    environment = nest.scene.service.environment
    given = {name: environment[name] for name in (*_EMBEDDING, CORPUS_PATH) if name in environment}
    async with opened(nest.bench, given, database_url=nest.scene.service.database_url) as scene:
        library = Library(scene)
        shown: Plain = None

        async def indexed() -> bool:
            nonlocal shown
            body = (await library.shelf.get(key)).body
            shown = dict(body)
            return body.get("status") == "indexed"

        notes.expect(
            holds=await becomes(indexed, INDEXED_SECONDS),
            message=f"a document that was under way still waits {INDEXED_SECONDS:g} s after the next start",
            where=library.where("document"),
            seen=shown,
        )
    again = before & _passages(nest.calls(mark))
    notes.expect(
        holds=len(again) < len(before),
        message="all that was embedded before the process ended is embedded again",
        where="POST /v1/embeddings",
        seen=f"{len(before)} before, {len(again)} of them again",
    )
    return notes.findings


_EMBEDDING: Final = (
    "EMBEDDING_URL",
    "EMBEDDING_MODEL",
    "EMBEDDING_DIMENSIONS",
    "EMBEDDING_API_KEY",
    "EMBEDDING_QUESTION_PREFIX",
    "EMBEDDING_PASSAGE_PREFIX",
    "EMBEDDING_BATCH",
)
"""What makes the next process embed at the same server, as the same model."""


def _book() -> str:
    return "# Travels\n\n" + "\n\n".join(
        f"## Day {day}\n\nOn day {day} the caravan rested at well {day}." for day in range(CHAPTERS)
    )


def _passages(calls: Iterable[Call]) -> set[str]:
    """Return the texts of passages that were asked for and answered."""
    return {
        text
        for call in calls
        if not call.abandoned
        for text in texts_of(call.body)
        if text.startswith(KEEPING)
    }


def _at_once(calls: Iterable[Call]) -> int:
    """Return how many of some requests were under way at the same time."""
    edges = [edge for call in calls for edge in ((call.at, 1), (call.ended_at, -1))]
    most = now = 0
    # One that ends as another begins is over: ends come first.
    for _, step in sorted(edges):
        now += step
        most = max(most, now)
    return most


def _number(value: Plain) -> int:
    """Return a number of JSON, where those of 64 bits are strings over gRPC."""
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0
