"""A small service that answers by language models, well or badly as told: what the probes are tried on."""

import asyncio
import contextlib
import itertools
import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt

from architect.verify.models import http
from architect.verify.models.server import ScriptedModels
from architect.verify.probes.model_evidence import NO_EVIDENCE, WRONG_FIGURE, WRONG_WORDS
from architect.verify.readiness import NO_AUTHORITIES
from architect.verify.stage import (
    BETWEEN_TOKENS_SECONDS,
    FACT,
    FIRST,
    FIRST_TOKEN_SECONDS,
    HEARTBEAT_SECONDS,
    MOST_TOKENS,
    RETRIES,
    SECOND,
)

SETTINGS: dict[str, Any] = {
    "resume": 30,
    "policy": "restart",
    "budget": 10**9,
    "usd_per_owner": 10**9,
    "usd": 10**9,
    "failures": 10**9,
    "patience": FIRST_TOKEN_SECONDS,
    "context": 10**9,
    "kept": 10**9,
}
INSTRUCTIONS = f"Answer, or write {NO_EVIDENCE}."
CONTACT = re.compile(r"\S+@\S+\.\w+|\+\d[\d ]+\d")


@dataclass
class FailureError(Exception):
    """A model that failed, and whether what is next may be asked."""

    reason: str = "unavailable"
    retry_after: float = 0.0


@dataclass
class Answer:
    """What was told so far."""

    owner: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    feedback: Any = None
    readers: int = 0
    used: int = 0

    def tell(self, name: str, **data: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        self.events.append((name, data))
        self.more.set()
        self.more = asyncio.Event()

    @property
    def ended(self) -> bool:
        return bool(self.events) and self.events[-1][0] == "done"


class ModelService:
    """Documents, questions and answers in memory.

    Args:
        models: whom it asks.
        without: mechanisms that it does not have.
        settings: budget (tokens), failures (of the breaker), seconds (it stays open), resume, policy, redact.
    """

    def __init__(self, models: ScriptedModels, without: set[str], settings: dict[str, Any]) -> None:
        self.models = models
        self.without = without
        self.settings = {**SETTINGS, **settings}
        self.documents: dict[tuple[str, str], str] = {}
        self.answers: dict[str, Answer] = {}
        self.cache: dict[tuple[str, ...], tuple[str, str]] = {}
        self.kept_at: dict[tuple[str, ...], float] = {}
        self.flights: dict[tuple[str, ...], asyncio.Future[None]] = {}
        self.spent: dict[str, int] = {}
        self.told_spent: dict[str, int] = {}
        self.dollars: dict[str, int] = {}
        self.failures: dict[str, int] = {}
        self.opened: dict[str, float] = {}
        self.turns = asyncio.Semaphore(self.settings.get("turns", 1000))

    def has(self, mechanism: str) -> bool:
        return mechanism not in self.without

    # The doors.

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            method, path, _ = head.decode().split(" ", 2)
            feed = asyncio.StreamReader()
            feed.feed_data(head)
            length = int((re.search(rb"content-length: (\d+)", head, re.IGNORECASE) or [0, 0])[1])
            feed.feed_data(await reader.readexactly(length))
            request = await http.received(feed)
            bearer = request.headers["authorization"].removeprefix("Bearer ")
            owner = jwt.decode(bearer, options={"verify_signature": False})["sub"]
            await self._route(method, path.partition("?"), owner, request, (reader, writer))
        writer.close()

    async def _route(self, method: str, parts: Any, owner: str, request: http.Received, link: Any) -> None:  # noqa: ANN401 - test code
        path, _, query = parts
        writer = link[1]
        body = json.loads(request.body) if request.body and "documents" not in path else {}
        if path == "/v1/documents":
            name = query.partition("&")[0].removeprefix("name=")
            self._forget(self.documents.get((owner, name), ""), request.body.decode())
            self.documents[owner, name] = request.body.decode()
            self._send(writer, 201, {"id": name, "status": "indexed"})
        elif path.startswith("/v1/documents/") and method == "DELETE":
            self.documents.pop((owner, path.split("/")[3]), None)
            self._send(writer, 204, {})
        elif path.startswith("/v1/documents/"):
            self._send(writer, 200, {"id": path.split("/")[3], "status": "indexed"})
        elif path == "/v1/usage":
            whole = sum(self.told_spent.values())
            spent = self.told_spent.get(owner, 0) if self.has("own_usage") else whole
            spent = spent if self.has("usage") else 0
            self._send(writer, 200, {"days": [{"input_tokens": spent, "output_tokens": 0}]})
        elif path == "/v1/questions":
            answer = self._begin(owner, body["question"])
            await self._stream(answer, 0, link, {"Location": f"/v1/answers/{answer.id}"})
        else:
            await self._kept(method, path, owner, body, request, link)

    async def _kept(self, method: str, path: str, owner: str, body: Any, request: Any, link: Any) -> None:  # noqa: ANN401, PLR0913, PLR0917 - test code
        answer = self.answers.get(path.split("/")[3])
        gone = answer is not None and answer.ended and owner not in {name for name, _ in self.documents}
        if answer is None or (answer.owner != owner and self.has("owner")) or (gone and self.has("gone_too")):
            self._send(link[1], 404, {})
        elif path.endswith("/events"):
            last = int(request.headers.get("last-event-id", "/0").rpartition("/")[2])
            await self._stream(answer, last if self.has("resume") else 0, link, {})
        elif path.endswith("/feedback"):
            if not isinstance(body.get("helpful"), bool):
                self._send(link[1], 422, {})
                return
            answer.feedback = body if self.has("feedback") else None
            self._send(link[1], 200, {})
        elif method == "DELETE":
            if answer.task and self.has("stop"):
                answer.task.cancel()
            self._send(link[1], 204, {})
        else:
            text = "".join(data["text"] for name, data in answer.events if name == "token")
            self._send(link[1], 200, {"text": text, "feedback": answer.feedback})

    def _forget(self, former: str, text: str) -> None:
        if former != text and self.has("forget"):
            gone = {*former.split("\n\n")}
            self.cache = {key: kept for key, kept in self.cache.items() if not gone & {*key[2:]}}

    def _send(self, writer: asyncio.StreamWriter, status: int, body: Any) -> None:  # noqa: ANN401 - whatever JSON holds
        safe = {"X-Content-Type-Options": "nosniff"} if self.has("nosniff") else {}
        data = json.dumps(body).encode()
        writer.write(http.head(status, "application/json", safe) + http.chunk(data) + http.chunk(b""))

    async def _stream(self, answer: Answer, place: int, link: Any, headers: dict[str, str]) -> None:  # noqa: ANN401 - a connection
        reader, writer = link
        safe = {"X-Content-Type-Options": "nosniff"} if self.has("nosniff") else {}
        writer.write(http.head(200, "text/event-stream", {**headers, **safe}))
        answer.readers += 1
        gone = asyncio.create_task(reader.read(1))
        try:
            while not gone.done():
                for name, data in answer.events[place:]:
                    place += 1
                    event = f"id: {answer.id}/{place}\nevent: {name}\ndata: {json.dumps(data)}\n\n"
                    writer.write(http.chunk(event.encode()))
                if answer.ended:
                    writer.write(http.chunk(b""))
                    return
                more = asyncio.create_task(answer.more.wait())
                done, _ = await asyncio.wait(
                    {more, gone}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
                )
                more.cancel()
                if not done and self.has("heartbeat"):
                    writer.write(http.chunk(b": heartbeat\n\n"))
        finally:
            gone.cancel()
            answer.readers -= 1
            if not answer.readers and not self.settings["resume"] and answer.task and self.has("gone"):
                answer.task.cancel()

    # The answer.

    def _begin(self, owner: str, question: str) -> Answer:
        answer = Answer(owner)
        self.answers[answer.id] = answer
        answer.task = asyncio.create_task(self._answer(answer, question))
        return answer

    async def _answer(self, answer: Answer, question: str) -> None:
        passages = [
            text
            for (owner, _), document in self.documents.items()
            if owner == answer.owner
            for text in document.split("\n\n")
            if not text.startswith("#")
        ]
        words = [len(text.split()) for text in passages]
        room = [sum(words[: place + 1]) <= self.settings["context"] for place in range(len(words))]
        passages = [
            text for text, fits in zip(passages, room, strict=True) if fits or not self.has("context")
        ]
        for number, text in enumerate(passages, 1):
            answer.tell("passage", number=number, passage={"text": text})
        key = (
            answer.owner if self.has("owner_key") else "",
            question,
            *(passages if self.has("versions") else ()),
        )
        if self.has("age") and time.monotonic() - self.kept_at.get(key, 0.0) > self.settings["kept"]:
            self.cache.pop(key, None)
        if self.has("cache") and key not in self.cache and (other := self._reworded(key)):
            model, text = self.cache[other]
            answer.tell("token", text=text)
            told = {"written_for": other[1]} if self.has("written_for") else {}
            self._end(answer, text, passages, {"model": model, "cached": True, **told})
            return
        if self.has("flight") and key in self.flights:
            await asyncio.wait({self.flights[key]})
        if self.has("cache") and key in self.cache:
            model, text = self.cache[key]
            answer.tell("token", text=text)
            self._end(answer, text, passages, {"model": model, "cached": True})
            return
        flight = self.flights[key] = asyncio.get_running_loop().create_future()
        try:
            await self._ask(answer, question, passages, key)
        finally:
            self.flights.pop(key, None)
            flight.set_result(None)

    def _reworded(self, key: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the key of what is kept for the same question with other little words."""

        def bare(question: str) -> str:
            return question.replace("the ", "") if self.has("guards") else question[:12]

        return next(
            (
                other
                for other in self.cache
                if self.has("rewording")
                and (other[0], other[2:]) == (key[0], key[2:])
                and other[1] != key[1]
                and bare(other[1]) == bare(key[1])
            ),
            None,
        )

    async def _ask(self, answer: Answer, question: str, passages: list[str], key: tuple[str, ...]) -> None:
        written: list[str] = []
        try:
            model, usage = await self._chain(answer, question, passages, written)
        except FailureError as failure:
            if self.has("told"):
                answer.tell("error", problem=failure.reason, detail="", retry_after_seconds=None)
            if failure.reason in ("too_long", "incomplete"):
                answer.tell("done", outcome="incomplete")
                return
            if written:
                if not self.has("whole_only"):
                    self.cache[key] = (FIRST, "".join(written))
                answer.tell("restart")
            self._quote(answer, passages)
            return
        text = "".join(written)
        if text.strip() == NO_EVIDENCE and self.has("abstention"):
            answer.events = [each for each in answer.events if each[0] != "token"]
            answer.tell("done", outcome="no_evidence")
            return
        if self.has("support") and (WRONG_WORDS in text or WRONG_FIGURE in text) and FACT not in text:
            answer.tell("error", problem="unsupported", detail="", retry_after_seconds=None)
            answer.tell("restart")
            self._quote(answer, passages)
            return
        cited = [int(mark) for mark in re.findall(r"\[(\d+)\]", text)]
        made_up = bool(cited) and not any(1 <= number <= len(passages) for number in cited)
        if not made_up or not self.has("supported"):
            self.cache[key] = (model, text)
            self.kept_at[key] = time.monotonic()
        self._end(answer, text, passages, {"model": model, "cached": False, **usage})

    def _quote(self, answer: Answer, passages: list[str]) -> None:
        answer.tell("token", text=passages[0])
        if self.has("citations"):
            answer.tell("citation", passage=1, quote=passages[0])
        answer.tell("done", outcome="quoted")

    def _end(self, answer: Answer, text: str, passages: list[str], usage: dict[str, Any]) -> None:
        for mark in dict.fromkeys(re.findall(r"\[(\d+)\]", text)):
            number = int(mark)
            if not 1 <= number <= len(passages):
                if not self.has("checked"):
                    answer.tell("citation", passage=number, quote=text)
                continue
            sentences = re.findall(r"[A-Z][^.]*\.", passages[number - 1])
            quotes = [each for each in sentences if each in text]
            if quotes and self.has("citations"):
                answer.tell("citation", passage=number, quote=quotes[0])
        answer.tell("usage", **usage)
        answer.tell("done", outcome="answered")

    # The gateway.

    async def _chain(
        self, answer: Answer, question: str, passages: list[str], written: list[str]
    ) -> tuple[str, dict[str, Any]]:
        chain = (FIRST, SECOND) if self.has("fallback") else (FIRST,)
        for model, tried in itertools.product(chain, range(RETRIES + 1)):
            if time.monotonic() < self.opened.get(model, 0.0) or (tried and written):
                continue
            if written:
                written.clear()
                answer.tell("restart")
            try:
                return model, await self._budgeted(answer, model, question, passages, written)
            except FailureError as failure:
                if failure.reason in ("refused", "too_long", "budget_exhausted"):
                    raise
                self._count_failure(model)
                if written and self.settings["policy"] == "incomplete" and self.has("policy"):
                    raise FailureError("incomplete") from failure
                if tried < RETRIES:
                    await asyncio.sleep(failure.retry_after if self.has("retry_after") else 0)
        raise FailureError

    def _count_failure(self, model: str) -> None:
        self.failures[model] = self.failures.get(model, 0) + 1
        if self.failures[model] >= self.settings["failures"] and self.has("breaker"):
            self.opened[model] = time.monotonic() + self.settings["seconds"]

    async def _budgeted(
        self, answer: Answer, model: str, question: str, passages: list[str], written: list[str]
    ) -> dict[str, Any]:
        body = self._body(model, question, passages)
        worst = len(json.dumps(body)) // 4 + MOST_TOKENS
        owner = answer.owner
        worst *= self.has("reserve")
        if self.spent.get(owner, 0) + worst > self.settings["budget"]:
            raise FailureError("budget_exhausted")
        if self.dollars.get(owner, 0) > self.settings["usd_per_owner"] and self.has("own_usd"):
            raise FailureError("budget_exhausted")
        if sum(self.dollars.values()) > self.settings["usd"] and self.has("usd"):
            raise FailureError("budget_exhausted")
        self.spent[owner] = self.spent.get(owner, 0) + worst
        used = 0
        try:
            async with self.turns if self.has("turns") else contextlib.nullcontext():
                usage = await self._call(answer, model, body, written)
            used = usage["input_tokens"] + usage["output_tokens"]
            self.dollars[owner] = self.dollars.get(owner, 0) + usage["output_tokens"] * (model == SECOND)
            return usage
        finally:
            self.spent[owner] += (used if self.has("settle") else 0) - worst
            self.told_spent[owner] = self.told_spent.get(owner, 0) + used

    def _body(self, model: str, question: str, passages: list[str]) -> dict[str, Any]:
        def safe(text: str) -> str:
            return text.replace("<", "&lt;") if self.has("escape") else text

        content = "".join(f"<passage>{safe(text)}</passage>\n" for text in passages)
        content += f"<question>{safe(question)}</question>"
        if self.settings.get("redact") and self.has("redact"):
            content = CONTACT.sub(lambda found: f"CONTACT{self._codes(found[0])}", content)
        body: dict[str, Any] = {
            "model": model,
            "stream": True,
            "messages": [{"role": "user", "content": content}],
        }
        if not self.has("no_tools"):
            body["tools"] = [{"type": "function", "function": {"name": "delete_documents"}}]
        if model == SECOND:
            kept = {"cache_control": {"type": "ephemeral"}} if self.has("prompt_cache") else {}
            system = [{"type": "text", "text": INSTRUCTIONS, **kept}]
            return {**body, "system": system, "max_tokens": MOST_TOKENS}
        body["messages"].insert(0, {"role": "system", "content": INSTRUCTIONS})
        return {**body, "stream_options": {"include_usage": True}, "max_tokens": MOST_TOKENS}

    def _codes(self, contact: str) -> int:
        self.contacts: list[str] = getattr(self, "contacts", [])
        self.contacts.append(contact)
        return len(self.contacts) - 1

    async def _call(
        self, answer: Answer, model: str, body: dict[str, Any], written: list[str]
    ) -> dict[str, Any]:
        path = "/v1/messages" if model == SECOND else "/v1/chat/completions"
        read = _anthropic if model == SECOND else _openai
        usage = {"input_tokens": 0, "output_tokens": 0}
        try:
            async with (
                httpx.AsyncClient(base_url=self.models.url, timeout=30, verify=NO_AUTHORITIES) as client,
                client.stream("POST", path, json=body) as response,
            ):
                if response.status_code != httpx.codes.OK:
                    raise FailureError(retry_after=float(response.headers.get("retry-after", "0")))
                await self._follow(read(response, usage), answer, written)
        except (httpx.HTTPError, ValueError, KeyError, TimeoutError) as error:
            raise FailureError from error
        return usage

    async def _follow(self, pieces: AsyncIterator[str], answer: Answer, written: list[str]) -> None:
        finish = ""
        silence = self.settings["patience"] if self.has("patience") else None
        began = time.monotonic()
        while True:
            if self.has("total") and time.monotonic() - began > self.settings.get("total", 1000):
                raise FailureError("incomplete")
            async with asyncio.timeout(silence):
                piece = await anext(pieces, None)
            if piece is None:
                break
            if piece.startswith("\0"):
                finish = piece[1:]
                continue
            silence = BETWEEN_TOKENS_SECONDS if self.has("silence") else None
            piece = re.sub(r"CONTACT(\d+)", lambda found: self.contacts[int(found[1])], piece)
            written.append(piece)
            answer.tell("token", text=piece)
            if len(written) > MOST_TOKENS and self.has("bound"):
                raise FailureError("too_long")
        if finish in ("content_filter", "refusal") and self.has("refusal"):
            raise FailureError("refused")
        if not finish and self.has("finish"):
            raise FailureError


def _events(lines: str) -> Iterator[Any]:
    if lines.startswith("data: ") and lines != "data: [DONE]":
        yield json.loads(lines.removeprefix("data: "))


async def _openai(response: httpx.Response, usage: dict[str, int]) -> AsyncIterator[str]:
    async for line in response.aiter_lines():
        for event in _events(line):
            for choice in event["choices"]:
                if text := choice["delta"].get("content"):
                    yield text
                if choice["finish_reason"]:
                    yield f"\0{choice['finish_reason']}"
            if event["usage"]:
                usage["input_tokens"] = event["usage"]["prompt_tokens"]
                usage["output_tokens"] = event["usage"]["completion_tokens"]


async def _anthropic(response: httpx.Response, usage: dict[str, int]) -> AsyncIterator[str]:
    async for line in response.aiter_lines():
        for event in _events(line):
            match event["type"]:
                case "message_start":
                    usage["input_tokens"] = event["message"]["usage"]["input_tokens"]
                case "content_block_delta":
                    yield event["delta"]["text"]
                case "message_delta":
                    usage["output_tokens"] = event["usage"]["output_tokens"]
                    yield f"\0{event['delta']['stop_reason']}"
