"""Questions as a caller asks them over REST: the events of an answer one by one, and when each came."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx

from architect.model.plain import Plain
from architect.verify.doors import bearer
from architect.verify.library import SCOPES
from architect.verify.scene import Scene, SceneError

LAST_EVENT_ID: Final = "Last-Event-ID"
WHOLE_SECONDS: Final = 10.0
"""How long an answer is read: the gates' services give up their models far sooner."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event: its id, name and data, and when it came by :func:`time.monotonic`."""

    id: str
    name: str
    data: Mapping[str, Plain]
    at: float

    @property
    def number(self) -> int:
        """The last part of the id; -1 when it is no number."""
        last = self.id.rpartition("/")[2]
        return int(last) if last.isdigit() else -1

    def text(self, name: str) -> str:
        """Return a text of the data; empty when there is none."""
        value = self.data.get(name)
        return value if isinstance(value, str) else ""

    def count(self, name: str) -> int:
        """Return a whole number of the data; -1 when there is none."""
        value = self.data.get(name)
        return value if isinstance(value, int) else -1


@dataclass(slots=True)
class Told:
    """An answer as far as it was told.

    Args:
        status: of the response.
        headers: of the response.
        began: when the question was sent, by :func:`time.monotonic`.
        events: what was told.
        heartbeats: when each comment line came.
        body: of a response that is no stream.
    """

    status: int
    headers: Mapping[str, str]
    began: float
    events: list[Event] = field(default_factory=list)
    heartbeats: list[float] = field(default_factory=list)
    body: str = ""

    def named(self, *names: str) -> list[Event]:
        """Return the events of some names."""
        return [event for event in self.events if event.name in names]

    @property
    def key(self) -> str:
        """The answer's id, by the header Location; empty without."""
        location = self.headers.get("location", "")
        return location.rpartition("/")[2] if location.startswith("/v1/answers/") else ""

    @property
    def standing(self) -> list[Event]:
        """The events since the last restart."""
        begins = [place for place, event in enumerate(self.events) if event.name == "restart"]
        return self.events[begins[-1] + 1 :] if begins else self.events

    @property
    def text(self) -> str:
        """The answer: the tokens since the last restart, joined."""
        return "".join(event.text("text") for event in self.standing if event.name == "token")

    @property
    def passages(self) -> dict[int, str]:
        """The text of each passage by its number."""
        return {event.count("number"): _passage(event) for event in self.named("passage")}

    @property
    def citations(self) -> list[tuple[int, str]]:
        """The number of a passage and the words that stand there, since the last restart."""
        cited = [event for event in self.standing if event.name == "citation"]
        return [(event.count("passage"), event.text("quote")) for event in cited]

    @property
    def outcome(self) -> str:
        """How it ended; empty when no end came."""
        return next((event.text("outcome") for event in self.named("done")), "")

    @property
    def problems(self) -> list[str]:
        """What its error events say is the problem."""
        return [event.text("problem") for event in self.named("error")]

    @property
    def seconds(self) -> float:
        """From the question to the last event."""
        return self.events[-1].at - self.began if self.events else 0.0

    @property
    def seen(self) -> str:
        """All of it in brief, for a finding's evidence; passages are left out."""
        if not self.events:
            return f"{self.status} {self.body[:300]}"
        shown = [
            f"{each.name} {json.dumps(dict(each.data))}" for each in self.events if each.name != "passage"
        ]
        return f"{self.seconds:.2f} s: {len(self.passages)} passages, {'; '.join(shown)} {self.body}".rstrip()


class Asker:
    """One caller's questions, over REST.

    Args:
        scene: the service.
        caller: who asks.
    """

    def __init__(self, scene: Scene, caller: str) -> None:
        self._client = scene.client
        self.head = bearer(scene.service.issuer.token(caller, list(SCOPES)))

    async def ask(self, question: str, until: Callable[[Told], bool] | None = None) -> Told:
        """Ask, and return what is told.

        Args:
            question: what is asked.
            until: closes the connection as soon as it holds; the end is waited for without.

        Raises:
            SceneError: an event's data is no JSON.
        """
        request = self._client.build_request(
            "POST", "/v1/questions", json={"question": question}, headers=self.head, timeout=WHOLE_SECONDS
        )
        return await self._told(request, until)

    async def resume(self, key: str, last: str) -> Told:
        """Return what is told of an answer after the event of that id.

        Raises:
            SceneError: an event's data is no JSON.
        """
        head = {**self.head, LAST_EVENT_ID: last} if last else self.head
        request = self._client.build_request(
            "GET", f"/v1/answers/{key}/events", headers=head, timeout=WHOLE_SECONDS
        )
        return await self._told(request, None)

    async def send(self, method: str, path: str, body: Plain = None) -> httpx.Response:
        """Send another request as this caller."""
        return await self._client.request(method, path, json=body, headers=self.head)

    async def _told(self, request: httpx.Request, until: Callable[[Told], bool] | None) -> Told:
        began = time.monotonic()
        answer = await self._client.send(request, stream=True)
        told = Told(answer.status_code, answer.headers, began)
        try:
            if not answer.headers.get("content-type", "").startswith("text/event-stream"):
                told.body = (await answer.aread()).decode("utf-8", "replace")
                return told
            async with asyncio.timeout(WHOLE_SECONDS):
                async for event in _events(answer, told):
                    told.events.append(event)
                    if until is not None and until(told):
                        break
        except (httpx.HTTPError, TimeoutError) as error:
            told.body = f"broken off: {type(error).__name__}"
        finally:
            await answer.aclose()
        return told


async def _events(answer: httpx.Response, told: Told) -> AsyncIterator[Event]:
    """Yield events as they come (HTML Living Standard, 9.2.6), noting comment lines.

    Raises:
        SceneError: an event's data is no JSON object.
    """
    fields: dict[str, str] = {}
    async for line in answer.aiter_lines():
        if line.startswith(":"):
            told.heartbeats.append(time.monotonic())
        elif line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif fields:
            yield Event(fields.get("id", ""), fields.get("event", ""), _data(fields), time.monotonic())
            fields = {}


def _data(fields: Mapping[str, str]) -> Mapping[str, Plain]:
    try:
        data = json.loads(fields.get("data", ""))
    except ValueError:
        data = None
    if not isinstance(data, dict):
        message = f"an event's data is no JSON object: {dict(fields)}"
        raise SceneError(message)
    return data


def _passage(event: Event) -> str:
    passage = event.data.get("passage")
    return str(passage.get("text")) if isinstance(passage, dict) else ""
