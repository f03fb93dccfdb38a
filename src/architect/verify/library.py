"""Documents of a service with an assistant, as a caller sends, searches, asks and removes them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from architect.model.plain import Plain
from architect.verify.doors import Verdict
from architect.verify.payloads import Body
from architect.verify.polling import becomes
from architect.verify.scene import OWNER, Scene, SceneError
from architect.verify.shelves import SENDER, Event, GrpcShelf, RestShelf, Shelf, sse

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
    """One caller's way to documents: over REST where the service speaks it, else over gRPC.

    Args:
        scene: the service.
        caller: who asks.
        shelf: the way to go instead.
    """

    def __init__(self, scene: Scene, caller: str = OWNER, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or shelves(scene, caller)[0]

    def where(self, what: str) -> str:
        """Return where a finding is: the interface, and what was asked of it."""
        return f"{self.shelf.name} {what}"

    async def kept(self, name: str, text: str | bytes, readers: str = SENDER) -> Body:
        """Send a document for these readers, and return it when it waits no more.

        Raises:
            SceneError: it was refused, or still waits after :data:`INDEXED_SECONDS`.
        """
        content = text.encode() if isinstance(text, str) else text
        sent = await self.shelf.submit(name, content, readers)
        if sent.verdict != "ok":
            message = f"{self.shelf.name} refuses a document: {sent.seen}"
            raise SceneError(message)
        key = str(sent.body["id"])
        shown: Body = {}

        async def done() -> bool:
            nonlocal shown
            shown = (await self.shelf.get(key)).body
            return shown.get("status") != "queued"

        if not await becomes(done, INDEXED_SECONDS):
            message = f"a document of {len(content)} bytes still waits after {INDEXED_SECONDS:g} s: {shown}"
            raise SceneError(message)
        return shown

    async def remove(self, key: str) -> Verdict:
        """Remove a document and return how that ended."""
        return (await self.shelf.remove(key)).verdict

    async def found(self, query: str, limit: int = 5) -> list[str]:
        """Return the texts of the passages that a search finds, the best first.

        Raises:
            SceneError: the search was refused.
        """
        answer = await self.shelf.search(query, limit)
        if answer.verdict != "ok":
            message = f"{self.shelf.name} refuses a search: {answer.seen}"
            raise SceneError(message)
        items = answer.body.get("items")
        return (
            [str(each["text"]) for each in items if isinstance(each, dict)] if isinstance(items, list) else []
        )

    async def asked(self, question: str) -> Answer:
        """Ask a question and return what was told.

        Raises:
            SceneError: it was refused, or the events are none.
        """
        outcome, events = await self.shelf.ask(question)
        if outcome.verdict != "ok":
            message = f"{self.shelf.name} refuses a question: {outcome.seen}"
            raise SceneError(message)
        return answered(events)


def shelves(scene: Scene, caller: str = OWNER) -> tuple[Shelf, ...]:
    """Return a caller's ways to documents, REST first.

    Raises:
        SceneError: the service has none.
    """
    token = scene.service.issuer.token(caller, list(SCOPES))
    found: list[Shelf] = []
    if scene.rest_door is not None:
        found.append(RestShelf(scene.rest_door, token))
    if scene.grpc_door is not None:
        found.append(GrpcShelf(scene.grpc_door.client, token))
    if not found:
        raise SceneError("the service speaks neither REST nor gRPC")
    return tuple(found)


def told(stream: str) -> Answer:
    """Return what a stream of server-sent events says.

    Raises:
        SceneError: an event's data is no JSON object.
    """
    return answered(sse(stream))


def answered(events: Iterable[Event]) -> Answer:
    """Return what the events of an answer say."""
    passages: dict[int, str] = {}
    citations: list[tuple[int, str]] = []
    text, outcome, seen = "", "", ""
    for event in events:
        seen += f"{event.name} {event.data}\n"
        match event.name:
            case "passage":
                passage = event.data.get("passage")
                passages[_number(event.data.get("number"))] = (
                    str(passage.get("text")) if isinstance(passage, dict) else ""
                )
            case "citation":
                citations.append((_number(event.data.get("passage")), str(event.data.get("quote"))))
            case "token":
                text += str(event.data.get("text"))
            case "done":
                outcome = str(event.data.get("outcome"))
    return Answer(passages, tuple(citations), text, outcome, seen[:1000])


def _number(value: Plain) -> int:
    return value if isinstance(value, int) else -1
