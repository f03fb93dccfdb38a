"""The ways to an assistant's documents, REST and gRPC, behind one protocol.

Answers read as REST gives them.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import httpx
from google.protobuf.descriptor import MethodDescriptor

from architect.model.plain import Plain
from architect.verify.doors import Outcome, RestDoor, bearer, outcome_of
from architect.verify.dynamic_grpc import DynamicGrpc, NoSuchMethodError
from architect.verify.grpc_door import outcome_of_reply
from architect.verify.grpc_streams import Metadata, answers, each, sent
from architect.verify.payloads import Body
from architect.verify.scene import SceneError

ONE_MESSAGE: Final = 512 * 1024
"""Bytes of a document that is sent in one message; a larger one streams in, in pieces of so many."""
SENDER: Final = "owner"
"""The readers of a document that is its sender's; what a service takes without any is its own choice."""
_COUNTS: Final = ("version", "size_bytes", "chunks")
_STATUS: Final = "DOCUMENT_STATUS_"
_OUTCOME: Final = "ANSWER_OUTCOME_"


@dataclass(frozen=True, slots=True)
class Event:
    """One event of an answer: its id, its name, and what it says."""

    id: str
    name: str
    data: Mapping[str, Plain]


class Shelf(Protocol):
    """One caller's way to documents."""

    @property
    def name(self) -> str:
        """What to call it in a finding."""

    async def submit(self, name: str, content: bytes, readers: str = SENDER) -> Outcome:
        """Send a document for these readers; an empty name leaves it to the service."""

    async def get(self, key: str) -> Outcome:
        """Read what is kept of a document."""

    async def listed(self) -> Outcome:
        """Read the newest documents: ``body`` has them in ``items``."""

    async def remove(self, key: str) -> Outcome:
        """Forget a document."""

    async def search(self, query: str, limit: int) -> Outcome:
        """Search: ``body`` has the passages in ``items``, the best first, and ``degraded``."""

    async def ask(self, question: str) -> tuple[Outcome, list[Event]]:
        """Ask, and return all that is told.

        Raises:
            SceneError: what is told are no events.
        """


class RestShelf:
    """REST.

    Args:
        door: the service's.
        token: the caller's.
    """

    name = "REST"

    def __init__(self, door: RestDoor, token: str) -> None:
        self._door = door
        self._token = token

    async def submit(self, name: str, content: bytes, readers: str = SENDER) -> Outcome:
        """POST the bytes."""
        given = {"name": name} | ({"readers": readers} if readers else {})
        answer = await self._door.client.post(
            "/v1/documents", params=given, content=content, headers=bearer(self._token)
        )
        return outcome_of(answer)

    async def get(self, key: str) -> Outcome:
        """GET the document."""
        return await self._door.send("GET", f"/v1/documents/{key}", self._token)

    async def listed(self) -> Outcome:
        """GET the list."""
        return await self._door.send("GET", "/v1/documents?limit=100", self._token)

    async def remove(self, key: str) -> Outcome:
        """DELETE the document."""
        return await self._door.send("DELETE", f"/v1/documents/{key}", self._token)

    async def search(self, query: str, limit: int) -> Outcome:
        """POST the search."""
        return await self._door.send("POST", "/v1/search", self._token, json={"query": query, "limit": limit})

    async def ask(self, question: str) -> tuple[Outcome, list[Event]]:
        """POST the question, and read the server-sent events."""
        answer: httpx.Response = await self._door.client.post(
            "/v1/questions", json={"question": question}, headers=bearer(self._token)
        )
        outcome = outcome_of(answer)
        return outcome, sse(answer.text) if outcome.verdict == "ok" else []


class GrpcShelf:
    """gRPC.

    Args:
        client: a client of the service.
        token: the caller's; none is sent for an empty one.
    """

    name = "gRPC"

    def __init__(self, client: DynamicGrpc, token: str) -> None:
        self._client = client
        self.metadata: Metadata = (("authorization", f"Bearer {token}"),) if token else ()

    def method(self, service: str, name: str) -> MethodDescriptor:
        """Return a method of the assistant's services.

        Raises:
            SceneError: reflection lists none of that name.
        """
        try:
            return self._client.method(service, name)
        except NoSuchMethodError as error:
            raise SceneError(str(error)) from error

    async def submit(self, name: str, content: bytes, readers: str = SENDER) -> Outcome:
        """Call SubmitDocument, or UploadDocument for a document that is large."""
        first: Body = {"name": name, "readers": readers}
        if len(content) <= ONE_MESSAGE:
            return await self._call(
                "DocumentService", "SubmitDocument", {**first, "content": content_text(content)}
            )
        pieces: list[Body] = [
            {"content": content_text(content[at : at + ONE_MESSAGE])}
            for at in range(0, len(content), ONE_MESSAGE)
        ]
        method = self.method("DocumentService", "UploadDocument")
        reply = await sent(self._client, method, each([first, *pieces]), self.metadata)
        return _as_rest(outcome_of_reply(reply))

    async def get(self, key: str) -> Outcome:
        """Call GetDocument."""
        return await self._call("DocumentService", "GetDocument", {"id": key})

    async def listed(self) -> Outcome:
        """Call ListDocuments."""
        found = await self._call("DocumentService", "ListDocuments", {"page_size": 100})
        items: Body = {"items": found.body.get("documents") or []} if found.verdict == "ok" else {}
        return Outcome(found.verdict, found.seen, items, found.raw, found.status, found.fields)

    async def remove(self, key: str) -> Outcome:
        """Call DeleteDocument."""
        return await self._call("DocumentService", "DeleteDocument", {"id": key})

    async def search(self, query: str, limit: int) -> Outcome:
        """Call Search."""
        found = await self._call("SearchService", "Search", {"query": query, "limit": limit})
        body: Body = {}
        if found.verdict == "ok":
            body = {"items": found.body.get("passages") or [], "degraded": found.body.get("degraded") is True}
        return Outcome(found.verdict, found.seen, body, found.raw, found.status, found.fields)

    async def ask(self, question: str) -> tuple[Outcome, list[Event]]:
        """Call AskQuestion, and read the stream."""
        method = self.method("QuestionService", "AskQuestion")
        told = await answers(self._client, method, {"question": question}, self.metadata)
        return outcome_of_reply(told.reply), [event_of(message) for message in told.messages]

    async def answer(self, method: str, body: Body) -> Outcome:
        """Call a method of the service that keeps answers."""
        return await self._call("AnswerService", method, body)

    async def resumed(self, key: str, after: int) -> list[Event]:
        """Call ResumeAnswer, and return the events that follow the one of that number."""
        method = self.method("AnswerService", "ResumeAnswer")
        told = await answers(self._client, method, {"id": key, "after": after}, self.metadata)
        return [event_of(message) for message in told.messages]

    async def _call(self, service: str, name: str, body: Body) -> Outcome:
        reply = await self._client.call(self.method(service, name), body, metadata=self.metadata)
        return _as_rest(outcome_of_reply(reply))


def sse(stream: str) -> list[Event]:
    """Return the events of a stream of server-sent events.

    Raises:
        SceneError: an event's data is no JSON object.
    """
    events = []
    for block in stream.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            try:
                data = json.loads(fields.get("data", ""))
            except ValueError as error:
                message = f"an event's data is no JSON: {block[:200]}"
                raise SceneError(message) from error
            told = data if isinstance(data, dict) else {}
            events.append(Event(fields.get("id", ""), fields["event"], told))
    return events


def event_of(message: Mapping[str, Plain]) -> Event:
    """Return an event that came as a message, as REST would tell it."""
    for name, data in message.items():
        if isinstance(data, dict):
            outcome = data.get("outcome")
            told = {"outcome": outcome.removeprefix(_OUTCOME).lower()} if isinstance(outcome, str) else {}
            return Event(str(message.get("id")), name, {**data, **told})
    return Event(str(message.get("id")), "", {})


def _as_rest(outcome: Outcome) -> Outcome:
    """Return the outcome with a document as REST shows it."""
    body = dict(outcome.body)
    status = body.get("status")
    if isinstance(status, str):
        body["status"] = status.removeprefix(_STATUS).lower()
    for name in _COUNTS:
        count = body.get(name)
        if isinstance(count, str):
            body[name] = int(count)
    return Outcome(outcome.verdict, outcome.seen, body, outcome.raw, outcome.status, outcome.fields)


def content_text(content: bytes) -> str:
    """Return bytes as the JSON of a message carries them."""
    return base64.b64encode(content).decode()
