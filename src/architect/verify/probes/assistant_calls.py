"""How an assistant is spoken to: documents of any size that is taken, and answers that stream over gRPC."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

import psycopg

from architect.model.report import Finding
from architect.verify.applies import secured
from architect.verify.checks import Notes
from architect.verify.doors import bearer
from architect.verify.grpc_door import outcome_of_reply
from architect.verify.grpc_streams import begun, sent
from architect.verify.library import SCOPES, Library, shelves
from architect.verify.payloads import Body
from architect.verify.polling import becomes
from architect.verify.scene import OWNER, STRANGER, Scene
from architect.verify.shelves import GrpcShelf, RestShelf, content_text

MOST_BYTES: Final = 4 * 1024 * 1024
SETTINGS: Final = {"DOCUMENT_MAX_BYTES": str(MOST_BYTES), "DATABASE_STATEMENT_TIMEOUT_MS": "60000"}
"""A bound that bodies reach soon, and statements that PostgreSQL itself does not end meanwhile."""
LARGE_BYTES: Final = 3 * 1024 * 1024
"""More than other bodies and messages may have, and less than a document."""
HUGE_BYTES: Final = 500_000_000
PIECE_BYTES: Final = 256 * 1024
STREAMED_BYTES: Final = 4 * MOST_BYTES
"""Where a body ends that nobody refuses."""
NAME: Final = "scan.bin"
"""What is never read, so that nothing is indexed for long."""
FACT: Final = "The tenant pays for repairs of up to 200 euros each."
_WAITING: Final = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'postings'::regclass"
_SECONDS: Final = 10.0
_STOP_SECONDS: Final = 8.0
_ORDER: Final = {"passage": 0, "token": 1, "citation": 1, "restart": 1, "error": 2, "usage": 3, "done": 4}


async def large_documents_taken(scene: Scene) -> list[Finding]:
    """A document larger than other requests may be is taken, whole, by every interface."""
    notes = Notes(
        "large_documents_taken", "give documents a bound of their own, and let larger ones stream in"
    )
    for shelf in shelves(scene):
        outcome = await shelf.submit(NAME, bytes(LARGE_BYTES))
        notes.expect(
            holds=outcome.verdict == "ok" and outcome.body.get("size_bytes") == LARGE_BYTES,
            message=f"a document of {LARGE_BYTES} bytes is not taken, or not whole",
            where=f"{shelf.name} document",
            seen=outcome.seen if outcome.verdict != "ok" else outcome.body,
        )
    return notes.findings


async def huge_documents_refused(scene: Scene) -> list[Finding]:
    """A document beyond the limit is refused before the rest of it has come."""
    notes = Notes("huge_documents_refused", "refuse by what is announced, and by what has come so far")
    for shelf in shelves(scene):
        if isinstance(shelf, RestShelf):
            await _announced(scene, notes)
            await _unannounced(scene, notes)
        elif isinstance(shelf, GrpcShelf):
            await _streamed(scene, notes, shelf)
    return notes.findings


async def grpc_answers_stream(scene: Scene) -> list[Finding]:
    """Over gRPC events come in their order, each with its answer's id and its number, and end with done."""
    notes = Notes("grpc_answers_stream", "number the events of an answer, and tell passages before its words")
    shelf = _grpc(scene)
    await Library(scene, shelf=shelf).kept("lease.md", f"# Lease\n\n{FACT}\n")
    outcome, events = await shelf.ask("Who pays for repairs?")
    seen = [(event.id, event.name) for event in events] or outcome.seen
    names = [event.name for event in events]
    notes.expect(
        holds={"passage", "token", "citation"} <= {*names} and names.count("done") == 1,
        message="an answer is not told by passages, words, citations and one end",
        where="gRPC question",
        seen=seen,
    )
    notes.expect(
        holds=names == sorted(names, key=lambda name: _ORDER.get(name, -1)),
        message="the events of an answer are out of order",
        where="gRPC question",
        seen=seen,
    )
    answer = events[0].id.partition("/")[0] if events else ""
    notes.expect(
        holds=bool(answer)
        and [event.id for event in events] == [f"{answer}/{number}" for number in range(1, len(events) + 1)],
        message="the events of an answer do not have its id and their number",
        where="gRPC question",
        seen=seen,
    )
    return notes.findings


async def grpc_answers_kept(scene: Scene) -> list[Finding]:
    """Over gRPC an answer is read again, read on after an event, and rated, by who asked alone."""
    notes = Notes("grpc_answers_kept", "serve AnswerService over what keeps answers")
    shelf = _grpc(scene)
    await Library(scene, shelf=shelf).kept("lease.md", f"# Lease\n\n{FACT}\n")
    _, events = await shelf.ask("Who pays for repairs?")
    key = events[0].id.partition("/")[0] if events else ""
    kept = await shelf.answer("GetAnswer", {"id": key})
    said = "".join(str(event.data.get("text")) for event in events if event.name == "token")
    notes.expect(
        holds=kept.verdict == "ok" and kept.body.get("text") == said,
        message="an answer that was told is not there to be read again",
        where="gRPC answer",
        seen=kept.seen or kept.body,
    )
    resumed = await shelf.resumed(key, 1)
    notes.expect(
        holds=[event.id for event in resumed] == [event.id for event in events[1:]],
        message="an answer is not read on after its first event",
        where="gRPC answer",
        seen=([event.id for event in resumed], [event.id for event in events]),
    )
    rated = await shelf.answer(
        "GiveFeedback", {"id": key, "feedback": {"helpful": True, "comment": "Short."}}
    )
    notes.expect(
        holds=rated.verdict == "ok" and rated.body.get("feedback") == {"helpful": True, "comment": "Short."},
        message="what the asker thinks of an answer is not kept",
        where="gRPC answer",
        seen=rated.seen or rated.body,
    )
    if secured(scene.subject):
        theirs = await _grpc(scene, STRANGER).answer("GetAnswer", {"id": key})
        notes.expect(
            holds=theirs.verdict == "missing",
            message="an answer is told to somebody else than who asked",
            where="gRPC answer",
            seen=theirs.seen,
        )
    return notes.findings


async def grpc_cancel_stops(scene: Scene) -> list[Finding]:
    """When the caller of a question goes away, the search that it waited for ends too."""
    notes = Notes("grpc_cancel_stops", "let the work of a question end with its call")
    url, shelf = scene.service.database_url, _grpc(scene)
    method = shelf.method("QuestionService", "AskQuestion")

    async def searching() -> bool:
        return await _searches(url) > 0

    async def ended() -> bool:
        return await _searches(url) == 0

    async with _held(url):
        call = begun(scene.grpc.client, method, {"question": "Who pays for repairs?"}, shelf.metadata)
        waits = await becomes(searching, _SECONDS)
        call.cancel()
        stopped = await becomes(ended, _STOP_SECONDS)
    notes.expect(
        holds=waits and stopped,
        message="a question that was cancelled goes on searching" if waits else "a question never searched",
        where="gRPC question",
        seen=scene.service.log.tail(3),
    )
    return notes.findings


def _grpc(scene: Scene, caller: str = OWNER) -> GrpcShelf:
    return GrpcShelf(scene.grpc.client, scene.service.issuer.token(caller, list(SCOPES)))


async def _announced(scene: Scene, notes: Notes) -> None:
    async with _posting(scene, f"Content-Length: {HUGE_BYTES}") as (answer, _):
        told = await _line(answer)
    notes.expect(
        holds=" 413 " in told,
        message=f"a body that announces {HUGE_BYTES} bytes is not refused before any of it has come",
        where="REST document",
        seen=told or "no answer",
    )


async def _unannounced(scene: Scene, notes: Notes) -> None:
    piece = f"{PIECE_BYTES:x}\r\n".encode() + bytes(PIECE_BYTES) + b"\r\n"
    async with _posting(scene, "Transfer-Encoding: chunked") as (answer, body):
        # The service hangs up on what it has refused.
        with contextlib.suppress(ConnectionError):
            for _ in range(0, STREAMED_BYTES, PIECE_BYTES):
                body.write(piece)
                await body.drain()
        told = await _line(answer)
    notes.expect(
        holds=" 413 " in told,
        message=f"a body that does not end is not refused beyond {MOST_BYTES} bytes",
        where="REST document",
        seen=told or "no answer",
    )


async def _streamed(scene: Scene, notes: Notes, shelf: GrpcShelf) -> None:
    """Send one piece too many, and leave the stream open: who waits for its end never answers.

    A client that was still writing would be told of that instead of the status.
    """
    over = asyncio.Event()

    async def pieces() -> AsyncIterator[Body]:
        yield {"name": NAME}
        for _ in range(MOST_BYTES // PIECE_BYTES + 1):
            yield {"content": content_text(bytes(PIECE_BYTES))}
        await over.wait()

    method = shelf.method("DocumentService", "UploadDocument")
    try:
        reply = await sent(scene.grpc.client, method, pieces(), shelf.metadata)
    finally:
        over.set()
    outcome = outcome_of_reply(reply)
    notes.expect(
        holds=outcome.verdict == "invalid" and "content" in outcome.fields,
        message=f"a stream of more than {MOST_BYTES} bytes is not refused while it comes",
        where="gRPC document",
        seen=outcome.seen,
    )


@contextlib.asynccontextmanager
async def _posting(
    scene: Scene, header: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Begin to post a document, with nothing of its body, over a connection of its own."""
    token = scene.service.issuer.token(OWNER, ["documents:write"])
    authorization = "".join(f"{name}: {value}\r\n" for name, value in bearer(token).items())
    answer, body = await asyncio.open_connection("127.0.0.1", scene.service.http_port)
    try:
        head = (
            f"POST /v1/documents?name={NAME} HTTP/1.1\r\nHost: localhost\r\n{authorization}{header}\r\n\r\n"
        )
        body.write(head.encode())
        await body.drain()
        yield answer, body
    finally:
        body.close()
        with contextlib.suppress(ConnectionError):
            await body.wait_closed()


async def _line(answer: asyncio.StreamReader) -> str:
    """Return the status line; empty when none comes."""
    try:
        async with asyncio.timeout(_SECONDS):
            return (await answer.readline()).decode("latin-1").strip()
    except (TimeoutError, ConnectionError):
        return ""


@contextlib.asynccontextmanager
async def _held(url: str) -> AsyncIterator[None]:
    """Hold the tables that are searched, so that whoever searches waits until the block ends."""
    async with await psycopg.AsyncConnection.connect(url) as link:
        await link.execute("LOCK TABLE postings IN ACCESS EXCLUSIVE MODE")
        try:
            yield
        finally:
            await link.rollback()


async def _searches(url: str) -> int:
    """Return how many searches wait; other work of the service, such as settling, reads no postings."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as link:
        row = await (await link.execute(_WAITING)).fetchone()
    return int(row[0]) if row else 0
