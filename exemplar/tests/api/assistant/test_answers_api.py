"""Answers as callers see them: streamed, continued, stopped, rated."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import Request, Response
from starlette.types import ASGIApp, Message

from answers import AnyDocument, MemoryAnswers, Scripted, hit
from callers import NamedVerifier, bearer
from quillwort.assistant.answer_runs import AnswerRuns
from quillwort.assistant.answer_service import AnswerService
from quillwort.assistant.answer_settings import AnswerSettings
from quillwort.assistant.events import Citation, Done, PassageFound, Token
from quillwort.assistant.question_service import QuestionService
from quillwort.bootstrap import Parts
from quillwort.domain.values import Principal
from quillwort.entrypoints.rest.app import build_app
from quillwort.entrypoints.rest.assistant import stream
from quillwort.entrypoints.rest.assistant.answers import AnswerRoutes
from quillwort.entrypoints.rest.assistant.questions import QuestionRoutes
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.health import Health
from rest_serving import PATH, app_around, client_of, limiter

ALICE = bearer("alice", "documents:read")
BOB = bearer("bob", "documents:read")
SECONDS = 10.0
HTML = "<script>alert(1)</script><img src=x onerror=alert(1)>"
SAID = (
    PassageFound(1, hit(f"The tenant pays. {HTML}")),
    Token("The tenant "),
    Token("pays."),
    Citation(1, "The tenant pays."),
    Done("answered"),
)


@dataclass
class Reader:
    """One exchange as the server sees it: what was sent, and ways to leave or take nothing."""

    leave: asyncio.Event = field(default_factory=asyncio.Event)
    taking: asyncio.Event = field(default_factory=asyncio.Event)
    started: asyncio.Future[dict[str, str]] = field(default_factory=asyncio.Future)
    body: bytes = b""
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, app: ASGIApp, method: str, path: str, content: bytes = b"") -> None:
        """Send a request, and take what comes until it ends."""
        self.taking.set()
        sent = [{"type": "http.request", "body": content, "more_body": False}]
        headers = {"content-type": "application/json", **{k.lower(): v for k, v in ALICE.items()}}
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("test", 1),
            "server": ("test", 80),
        }

        async def receive() -> Message:
            if sent:
                return sent.pop()
            await self.leave.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            await self.taking.wait()
            if message["type"] == "http.response.start":
                self.started.set_result({k.decode(): v.decode() for k, v in message["headers"]})
            self.body += message.get("body", b"")
            self.grown.set()

        await app(scope, receive, send)

    async def until(self, text: bytes) -> None:
        """Return when the body has this."""
        async with asyncio.timeout(SECONDS):
            while text not in self.body:
                self.grown.clear()
                await self.grown.wait()


@dataclass(frozen=True, slots=True)
class Stage:
    """An application whose answers a test gives out."""

    app: ASGIApp
    script: Scripted
    store: MemoryAnswers
    client: httpx.AsyncClient


@asynccontextmanager
async def staged(
    parts: Parts, *, heartbeat: float = 60.0, resume: float = 60.0
) -> AsyncIterator[Stage]:
    script, store = Scripted(), MemoryAnswers()
    async with AnswerRuns(store, AnswerSettings(resume_seconds=resume)) as runs:
        app = build_app(
            [
                QuestionRoutes(QuestionService(parts.assistant.search, script, runs), heartbeat),
                AnswerRoutes(AnswerService(runs, AnyDocument()), heartbeat),
            ],
            verifier=NamedVerifier(),
            limiter=limiter(1000),
            health=Health({}),
            settings=HttpSettings(),
        )
        async with client_of(app) as client:
            yield Stage(app, script, store, client)


@pytest.fixture
async def stage(parts: Parts) -> AsyncIterator[Stage]:
    async with staged(parts) as stage:
        yield stage


async def asked(stage: Stage) -> httpx.Response:
    stage.script.give(*SAID)
    return await stage.client.post("/v1/questions", json={"question": "Who pays?"}, headers=ALICE)


async def test_an_answer_can_be_read_again_and_from_any_event_on(stage: Stage) -> None:
    told = await asked(stage)
    place = told.headers["location"]
    again = await stage.client.get(f"{place}/events", headers=ALICE)
    assert again.content == told.content
    blocks = told.text.split("\n\n")[:-1]
    for number, block in enumerate(blocks, 1):
        read = block.splitlines()[0].removeprefix("id: ")
        assert read == f"{place.rpartition('/')[2]}/{number}"
        rest = await stage.client.get(f"{place}/events", headers=ALICE | {"Last-Event-ID": read})
        if number == len(blocks):
            assert (rest.status_code, rest.content) == (204, b"")
        else:
            assert rest.text == "".join(f"{each}\n\n" for each in blocks[number:])


async def test_an_answer_is_shown_whole(stage: Stage) -> None:
    place = (await asked(stage)).headers["location"]
    shown = (await stage.client.get(place, headers=ALICE)).json()
    assert (shown["question"], shown["text"]) == ("Who pays?", "The tenant pays.")
    assert (shown["outcome"], shown["citations"]) == (
        "answered",
        [{"passage": 1, "quote": "The tenant pays."}],
    )
    assert shown["passages"][0]["passage"]["headings"] == ["Lease", "Repairs"]
    assert shown["finished_at"] >= shown["created_at"]
    assert (shown["usage"], shown["error"], shown["feedback"]) == (None, None, None)


async def test_a_passage_is_told_with_the_neighbours_that_may_be_quoted(stage: Stage) -> None:
    stage.script.give(
        PassageFound(1, hit("Cats.", context="Cats.\n\nDogs.")),
        Token("Dogs."),
        Citation(1, "Dogs."),
        Done("answered"),
    )
    told = await stage.client.post("/v1/questions", json={"question": "Who?"}, headers=ALICE)
    first = json.loads(told.text.split("\n")[2].removeprefix("data: "))
    shown = (await stage.client.get(told.headers["location"], headers=ALICE)).json()
    assert shown["passages"] == [first]
    assert first["passage"]["text"] == "Cats.\n\nDogs."


async def test_nothing_of_an_answer_can_become_a_page(stage: Stage) -> None:
    told = await asked(stage)
    place = told.headers["location"]
    shown = await stage.client.get(place, headers=ALICE)
    again = await stage.client.get(f"{place}/events", headers=ALICE)
    for answer, kind in (
        (told, "text/event-stream"),
        (again, "text/event-stream"),
        (shown, "application/json"),
    ):
        assert answer.headers["content-type"].partition(";")[0] == kind
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script>" in answer.text


async def test_a_stream_begins_before_the_answer_ends_and_is_never_silent(parts: Parts) -> None:
    async with staged(parts, heartbeat=0.02) as stage:
        reader = Reader()
        asking = asyncio.create_task(
            reader.ask(stage.app, "POST", "/v1/questions", b'{"question": "Who pays?"}')
        )
        stage.script.give(Token("The tenant "))
        await reader.until(b'"The tenant "')
        await reader.until(b"\n\n: heartbeat\n\n: heartbeat\n\n")
        stage.script.give(Token("pays."), Done("answered"))
        await asking
        assert reader.body.endswith(b'data: {"outcome": "answered", "degraded": false}\n\n')


async def test_a_stream_may_outlast_what_a_request_may_take() -> None:
    script = Scripted()
    async with AnswerRuns(MemoryAnswers(), AnswerSettings()) as runs:

        async def streaming(_: Request) -> Response:
            events = script.answer(Principal("alice", "alice", frozenset()), "", ())
            return stream.EventStream(runs.start("alice", "?", "1", events), 0.02)

        app = app_around(streaming, request_timeout_seconds=1.0)
        reader = Reader()
        asking = asyncio.create_task(reader.ask(app, "GET", PATH))
        # Seventy-five of them take half as long again as a request may.
        await reader.until(b": heartbeat\n\n" * 75)
        script.give(Done("no_evidence"))
        await asking
        assert reader.body.endswith(b'data: {"outcome": "no_evidence", "degraded": false}\n\n')


async def test_a_caller_that_leaves_and_does_not_come_back_stops_the_answer(parts: Parts) -> None:
    async with staged(parts, resume=0.01) as stage:
        reader = Reader()
        asking = asyncio.create_task(
            reader.ask(stage.app, "POST", "/v1/questions", b'{"question": "Who pays?"}')
        )
        stage.script.give(Token("The tenant "))
        await reader.until(b'"The tenant "')
        reader.leave.set()
        await asking
        async with asyncio.timeout(SECONDS):
            await stage.script.closed.wait()


async def test_a_caller_that_leaves_reads_on_after_what_it_had(stage: Stage) -> None:
    reader = Reader()
    asking = asyncio.create_task(
        reader.ask(stage.app, "POST", "/v1/questions", b'{"question": "Who pays?"}')
    )
    stage.script.give(Token("The tenant "))
    await reader.until(b'"The tenant "')
    place = (await reader.started)["location"]
    reader.leave.set()
    await asking
    stage.script.give(Token("pays."), Done("answered"))
    last = f"{place.rpartition('/')[2]}/1"
    rest = await stage.client.get(f"{place}/events", headers=ALICE | {"Last-Event-ID": last})
    texts = [json.loads(line[6:]) for line in rest.text.splitlines() if line.startswith("data: ")]
    assert texts == [{"text": "pays."}, {"outcome": "answered", "degraded": False}]


async def test_a_reader_that_takes_nothing_is_let_go(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "STALLED_SECONDS", 0.05)
    reader = Reader()
    asking = asyncio.create_task(
        reader.ask(stage.app, "POST", "/v1/questions", b'{"question": "Who pays?"}')
    )
    await reader.started
    reader.taking.clear()
    stage.script.give(Token("The tenant "))
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(asking, return_exceptions=True)
    assert reader.body == b""


async def test_stopping_an_answer_ends_its_stream(stage: Stage) -> None:
    reader = Reader()
    asking = asyncio.create_task(
        reader.ask(stage.app, "POST", "/v1/questions", b'{"question": "Who pays?"}')
    )
    place = (await reader.started)["location"]
    shown = (await stage.client.get(place, headers=ALICE)).json()
    assert (shown["outcome"], shown["finished_at"]) == (None, None)
    assert (await stage.client.delete(place, headers=BOB)).status_code == 404
    assert (await stage.client.delete(place, headers=ALICE)).status_code == 204
    await asking
    assert stage.script.closed.is_set()
    assert b'"problem": "stopped"' in reader.body
    assert reader.body.endswith(b'data: {"outcome": "incomplete", "degraded": false}\n\n')


async def test_feedback_is_kept_with_the_answer(stage: Stage) -> None:
    place = (await asked(stage)).headers["location"]
    rated = await stage.client.put(
        f"{place}/feedback", json={"helpful": False, "comment": "Wrong clause."}, headers=ALICE
    )
    assert rated.status_code == 200, rated.text
    key = next(iter(stage.store.feedback))
    assert place.endswith(str(key))
    assert stage.store.feedback[key].comment == "Wrong clause."


@pytest.mark.parametrize(
    "body",
    [{}, {"helpful": 1}, {"helpful": True, "comment": "x" * 2001}, {"helpful": True, "stars": 5}],
)
async def test_feedback_keeps_rules(stage: Stage, body: dict[str, Any]) -> None:
    place = (await asked(stage)).headers["location"]
    refused = await stage.client.put(f"{place}/feedback", json=body, headers=ALICE)
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("method", "below"), [("GET", ""), ("GET", "/events"), ("DELETE", ""), ("PUT", "/feedback")]
)
async def test_answers_of_others_are_not_found_and_need_the_scope(
    stage: Stage, method: str, below: str
) -> None:
    place = (await asked(stage)).headers["location"] + below
    body = {"helpful": True} if method == "PUT" else None
    for caller, status in ((BOB, 404), (bearer("alice", "documents:write"), 403)):
        answer = await stage.client.request(method, place, json=body, headers=caller)
        assert answer.status_code == status


@pytest.mark.parametrize("given", ["1", "x/1", "00000000-0000-0000-0000-000000000000/1", "{}/x"])
async def test_only_the_id_of_its_own_event_continues_an_answer(stage: Stage, given: str) -> None:
    place = (await asked(stage)).headers["location"]
    last = given.format(place.rpartition("/")[2])
    refused = await stage.client.get(f"{place}/events", headers=ALICE | {"Last-Event-ID": last})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "Last-Event-ID"
