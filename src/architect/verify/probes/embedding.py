"""An embedder behind an address: what it is asked, and what a caller is told while it is away."""

import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final

from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.checks import Notes
from architect.verify.library import Library
from architect.verify.models.embeddings import DIMENSIONS, texts_of
from architect.verify.models.script import answers, breaks, fails
from architect.verify.models.server import KEY, Call, ScriptedModels, scripted
from architect.verify.polling import becomes
from architect.verify.ports import free_port
from architect.verify.scene import OWNER, Scene, SceneError, opened

MODEL: Final = "scripted-embedder"
BATCH: Final = 4
QUESTION_SECONDS: Final = 2.0
MARGIN_SECONDS: Final = 2.0
BACK_SECONDS: Final = 15.0
RETRY_AFTER_SECONDS: Final = 1
ASKING: Final = "ask:"
KEEPING: Final = "keep:"
EXIT_SECONDS: Final = 40.0
WELL: Final = answers("vectors")
"""Any script without a fault: the server makes vectors of what it is asked."""
BIRDS: Final = "# Birds\n\n" + "\n\n".join(
    f"## {name}\n\nThe {name} nests on the {place}."
    for name, place in (
        ("heron", "pier"),
        ("swift", "tower"),
        ("wren", "hedge"),
        ("kite", "cliff"),
        ("rail", "marsh"),
        ("tern", "island"),
    )
)


ANSWERED: Final = "Where does the heron nest?"
UNANSWERED: Final = "Who composed famous operas about Egyptian princesses?"


def settings(url: str, dimensions: int = DIMENSIONS) -> dict[str, str]:
    """Return the settings of a service that embeds at the scripted server."""
    return {
        "EMBEDDING_URL": f"{url}/v1",
        "EMBEDDING_MODEL": MODEL,
        "EMBEDDING_DIMENSIONS": str(dimensions),
        "EMBEDDING_API_KEY": KEY,
        "EMBEDDING_QUESTION_PREFIX": ASKING,
        "EMBEDDING_PASSAGE_PREFIX": KEEPING,
        "EMBEDDING_BATCH": str(BATCH),
        "EMBEDDING_TIMEOUT_SECONDS": "3",
        "EMBEDDING_QUESTION_TIMEOUT_SECONDS": str(QUESTION_SECONDS),
        "EMBEDDING_RETRIES": "1",
        "RETRIEVAL_FUSION": "convex",
    }


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search told, and how long it took: the texts, whether by meaning too, and ``degraded``."""

    seen: str
    texts: tuple[str, ...]
    by_meaning: bool
    degraded: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Nest:
    """A service that embeds at a scripted server, and a caller's way to its documents."""

    bench: Bench
    scene: Scene
    library: Library
    models: ScriptedModels

    def calls(self, since: int = 0) -> list[Call]:
        """Return what the embedder was asked."""
        return self.models.of(MODEL, since)

    async def searched(self, query: str) -> Searched:
        """Search."""
        began = time.monotonic()
        outcome = await self.library.shelf.search(query, 5)
        items = outcome.body.get("items")
        hits = [each for each in items if isinstance(each, dict)] if isinstance(items, list) else []
        return Searched(
            outcome.seen,
            tuple(str(hit.get("text")) for hit in hits),
            any(_ranked(hit.get("score")) for hit in hits),
            outcome.body.get("degraded") is True,
            time.monotonic() - began,
        )

    async def well(self) -> None:
        """Have the embedder answer, and wait until searches go by meaning.

        Raises:
            SceneError: they do not come to that.
        """
        self.models.plan(MODEL, WELL)
        found = await self.by_meaning("heron")
        if found.degraded or not found.by_meaning:
            message = f"searches do not go by meaning {BACK_SECONDS:g} s after the embedder answers again"
            raise SceneError(message)

    async def by_meaning(self, query: str) -> Searched:
        """Search until it goes by meaning, or as long as a busy machine may keep it from that."""
        found = await self.searched(query)

        async def meant() -> bool:
            nonlocal found
            if found.degraded or not found.by_meaning:
                found = await self.searched(query)
            return found.by_meaning and not found.degraded

        await becomes(meant, BACK_SECONDS)
        return found


@contextlib.asynccontextmanager
async def nested(bench: Bench, more: Mapping[str, str] | None = None) -> AsyncIterator[Nest]:
    """Boot a service with a scripted embedder and these settings besides, and keep a document in it."""
    async with scripted() as models, opened(bench, {**settings(models.url), **(more or {})}) as scene:
        yield await _kept(bench, scene, models)


async def _kept(bench: Bench, scene: Scene, models: ScriptedModels) -> Nest:
    library = Library(scene, OWNER)
    await library.kept("birds.md", BIRDS)
    return Nest(bench, scene, library, models)


async def embedded_by_server(nest: Nest) -> list[Finding]:
    """Documents and questions are embedded by the server: in batches, with the key, each as what it is."""
    notes = Notes("embedded_by_server", "embed at EMBEDDING_URL, in batches of EMBEDDING_BATCH")
    await nest.well()
    mark = len(nest.models.calls)
    await nest.library.kept("more.md", BIRDS.replace("nests", "sleeps"))
    found = await nest.by_meaning("Which bird sleeps on the cliff?")
    calls = nest.calls(mark)
    texts = [text for call in calls for text in texts_of(call.body)]
    where = "POST /v1/embeddings"
    notes.expect(
        holds=any("kite" in text for text in found.texts) and found.by_meaning and not found.degraded,
        message="what the server embedded is not found by its vectors",
        where=nest.library.where("search"),
        seen=found,
    )
    for prefix in (ASKING, KEEPING):
        notes.expect(
            holds=any(text.startswith(f"{prefix} ") for text in texts),
            message=f"no text comes with the prefix {prefix}",
            where=where,
            seen=texts,
        )
    largest = max((len(texts_of(call.body)) for call in calls), default=0)
    notes.expect(
        holds=0 < largest <= BATCH,
        message=f"{largest} texts in one request, where EMBEDDING_BATCH is {BATCH}",
        where=where,
        seen=[len(texts_of(call.body)) for call in calls],
    )
    notes.expect(
        holds=bool(calls) and all(call.headers.get("authorization") == f"Bearer {KEY}" for call in calls),
        message="a request comes without the key of EMBEDDING_API_KEY",
        where=where,
        seen=[sorted(call.headers) for call in calls][:1],
    )
    return notes.findings


async def search_without_embedder(nest: Nest) -> list[Finding]:
    """While the embedder fails or says nothing, keywords are searched, soon, and the caller is told."""
    notes = Notes("search_without_embedder", "search by keywords when the embedder fails, and say so")
    for script, how in ((fails(500), "answers 500"), (breaks("stalls"), "says nothing")):
        await nest.well()
        nest.models.plan(MODEL, script)
        found = await nest.searched("heron")
        notes.expect(
            holds=any("heron" in text for text in found.texts),
            message=f"while the embedder {how} nothing is found by keywords",
            where=nest.library.where("search"),
            seen=found,
        )
        notes.expect(
            holds=found.degraded,
            message=f"while the embedder {how} a search does not say that it is degraded",
            where=nest.library.where("search"),
            seen=found,
        )
        notes.expect(
            holds=found.seconds < QUESTION_SECONDS + MARGIN_SECONDS,
            message=f"a search takes {found.seconds:.1f} s while the embedder {how}",
            where=nest.library.where("search"),
            seen=found,
        )
    outcome, events = await nest.library.shelf.ask("Where does the heron nest?")
    ends = [event.data for event in events if event.name == "done"]
    notes.expect(
        holds=bool(ends) and ends[0].get("degraded") is True,
        message="the end of an answer does not say that keywords alone were searched",
        where=nest.library.where("question"),
        seen=(outcome.seen, ends),
    )
    return notes.findings


async def weak_evidence_by_server(nest: Nest) -> list[Finding]:
    """A question that nothing answers has no answer, though all vectors of the server's are alike."""
    notes = Notes("weak_evidence_by_server", "tell how near a passage is on the embedder's own scale")
    await nest.well()
    for question, wanted in ((ANSWERED, "answered"), (UNANSWERED, "no_evidence")):
        outcome, events = await nest.library.shelf.ask(question)
        ends = [event.data for event in events if event.name == "done"]
        notes.expect(
            holds=bool(ends) and ends[0].get("outcome") == wanted and ends[0].get("degraded") is False,
            message=f"{question!r} does not end with {wanted}",
            where=nest.library.where("question"),
            seen=(outcome.seen, ends),
        )
    return notes.findings


async def documents_wait_for_embedder(nest: Nest) -> list[Finding]:
    """A document that comes while the embedder is away waits, and is indexed once it is back."""
    notes = Notes("documents_wait_for_embedder", "ask the embedder again for a document that is under way")
    await nest.well()
    mark = len(nest.models.calls)
    nest.models.plan(MODEL, fails(500))
    sent = await nest.library.shelf.submit("late.md", b"The osprey fishes in the bay.")
    key = str(sent.body.get("id"))

    async def asked() -> bool:
        return len(nest.calls(mark)) > 1

    await becomes(asked, BACK_SECONDS)
    waiting = (await nest.library.shelf.get(key)).body
    notes.expect(
        holds=waiting.get("status") == "queued",
        message="a document does not wait while the embedder fails",
        where=nest.library.where("document"),
        seen=waiting,
    )
    nest.models.plan(MODEL, WELL)
    shown: Plain = None

    async def indexed() -> bool:
        nonlocal shown
        body = (await nest.library.shelf.get(key)).body
        shown = dict(body)
        return body.get("status") == "indexed"

    back = await becomes(indexed, BACK_SECONDS)
    notes.expect(
        holds=back,
        message=f"a document still waits {BACK_SECONDS:g} s after the embedder came back",
        where=nest.library.where("document"),
        seen=shown,
    )
    return notes.findings


async def embedder_retry_after(nest: Nest) -> list[Finding]:
    """An embedder that says when to come back is not asked sooner, and then it is."""
    notes = Notes("embedder_retry_after", "wait as long as Retry-After says before asking again")
    await nest.well()
    mark = len(nest.models.calls)
    nest.models.plan(MODEL, fails(429, str(RETRY_AFTER_SECONDS)), WELL)
    await nest.library.kept("limited.md", "The plover runs along the beach.")
    calls = nest.calls(mark)
    waits = [later.at - sooner.at for sooner, later in itertools.pairwise(calls)]
    notes.expect(
        holds=bool(waits) and waits[0] >= RETRY_AFTER_SECONDS,
        message=f"an embedder that says {RETRY_AFTER_SECONDS} s is asked again sooner, or never",
        where="POST /v1/embeddings",
        seen=[f"after {seconds:.2f} s" for seconds in waits],
    )
    return notes.findings


async def wrong_embedder_refused(nest: Nest) -> list[Finding]:
    """A service whose embedder makes other vectors than the settings say does not start, and says why."""
    notes = Notes("wrong_embedder_refused", "embed a word at the start, and count its dimensions")
    await nest.well()
    variable = "EMBEDDING_DIMENSIONS"
    given = {
        **nest.scene.service.environment,
        **settings(nest.models.url, DIMENSIONS * 2),
        "EMBEDDING_TIMEOUT_SECONDS": "10",
        "HTTP_PORT": str(free_port()),
        "GRPC_PORT": str(free_port()),
    }
    package = nest.bench.subject.package
    try:
        done = await nest.bench.run("-m", package, "all", within=EXIT_SECONDS, settings=given)
    except TimeoutError:
        message = "a service starts whose embedder makes vectors of another length"
        notes.expect(holds=False, message=message, where=variable)
        return notes.findings
    notes.expect(
        holds=done.status != 0 and variable in done.output and "Traceback" not in done.output,
        message=f"with an embedder of other dimensions the start ends with {done.status}, and says not why",
        where=variable,
        seen=done.output[-600:],
    )
    return notes.findings


def _ranked(score: Plain) -> bool:
    return isinstance(score, dict) and score.get("dense_rank") is not None
