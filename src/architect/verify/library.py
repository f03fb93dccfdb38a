"""Documents of a service with an assistant, as a caller sends, searches, asks and removes them."""

import json
from dataclasses import dataclass, field
from typing import Final

import httpx

from architect.model.plain import Plain
from architect.verify.doors import bearer, parsed
from architect.verify.payloads import Body
from architect.verify.polling import becomes
from architect.verify.scene import OWNER, Scene, SceneError

SCOPES: Final = ("documents:read", "documents:write")
INDEXED_SECONDS: Final = 20.0
"""How long indexing a page may take on a busy machine; the model is loaded within the first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was told while a question was answered.

    Args:
        passages: text of each passage by its number.
        citations: number of a passage, and the words that are said to stand there.
        text: the answer.
        outcome: how it ended; empty when the end never came.
        seen: everything, for a finding's evidence.
    """

    passages: dict[int, str] = field(default_factory=dict)
    citations: tuple[tuple[int, str], ...] = ()
    text: str = ""
    outcome: str = ""
    seen: str = ""


class Library:
    """One caller's way to documents, over REST.

    Args:
        scene: the service.
        caller: who asks.
    """

    def __init__(self, scene: Scene, caller: str = OWNER) -> None:
        self._client = scene.client
        self._head = bearer(scene.service.issuer.token(caller, list(SCOPES)))

    async def kept(self, name: str, text: str | bytes) -> Body:
        """Send a document and return it when it waits no more.

        Raises:
            SceneError: it was refused, or still waits after :data:`INDEXED_SECONDS`.
        """
        content = text.encode() if isinstance(text, str) else text
        sent = await self._client.post(
            "/v1/documents", params={"name": name}, content=content, headers=self._head
        )
        if not sent.is_success:
            message = f"REST refuses a document: {sent.status_code} {sent.text[:300]}"
            raise SceneError(message)
        key = str(parsed(sent)["id"])
        shown: Body = {}

        async def done() -> bool:
            nonlocal shown
            shown = parsed(await self._client.get(f"/v1/documents/{key}", headers=self._head))
            return shown.get("status") != "queued"

        if not await becomes(done, INDEXED_SECONDS):
            message = f"a document of {len(content)} bytes still waits after {INDEXED_SECONDS:g} s: {shown}"
            raise SceneError(message)
        return shown

    async def remove(self, key: str) -> int:
        """Remove a document and return the status of the answer."""
        return (await self._client.delete(f"/v1/documents/{key}", headers=self._head)).status_code

    async def found(self, query: str, limit: int = 5) -> list[str]:
        """Return the texts of the passages that a search finds, the best first.

        Raises:
            SceneError: the search was refused.
        """
        answer = await self._client.post(
            "/v1/search", json={"query": query, "limit": limit}, headers=self._head
        )
        if answer.status_code != httpx.codes.OK:
            message = f"REST refuses a search: {answer.status_code} {answer.text[:300]}"
            raise SceneError(message)
        items = parsed(answer).get("items")
        return (
            [str(each["text"]) for each in items if isinstance(each, dict)] if isinstance(items, list) else []
        )

    async def asked(self, question: str) -> Answer:
        """Ask a question and return what was told.

        Raises:
            SceneError: it was refused, or the events are none.
        """
        answer = await self._client.post("/v1/questions", json={"question": question}, headers=self._head)
        if answer.status_code != httpx.codes.OK:
            message = f"REST refuses a question: {answer.status_code} {answer.text[:300]}"
            raise SceneError(message)
        return told(answer.text)


def told(stream: str) -> Answer:
    """Return what a stream of server-sent events says.

    Raises:
        SceneError: an event's data is no JSON object.
    """
    passages: dict[int, str] = {}
    citations: list[tuple[int, str]] = []
    text, outcome = "", ""
    for name, data in _events(stream):
        if name == "passage":
            passage = data.get("passage")
            passages[_number(data.get("number"))] = (
                str(passage.get("text")) if isinstance(passage, dict) else ""
            )
        elif name == "citation":
            citations.append((_number(data.get("passage")), str(data.get("quote"))))
        elif name == "token":
            text += str(data.get("text"))
        elif name == "done":
            outcome = str(data.get("outcome"))
    return Answer(passages, tuple(citations), text, outcome, stream[:1000])


def _events(stream: str) -> list[tuple[str, dict[str, Plain]]]:
    events = []
    for block in stream.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in fields:
            try:
                data = json.loads(fields.get("data", ""))
            except ValueError as error:
                message = f"an event's data is no JSON: {block[:200]}"
                raise SceneError(message) from error
            events.append((fields["event"], data if isinstance(data, dict) else {}))
    return events


def _number(value: Plain) -> int:
    return value if isinstance(value, int) else -1
