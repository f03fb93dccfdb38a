"""Answers as a caller is told them: event by event, and when each came."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from architect.model.plain import Plain


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
        if isinstance(value, str) and value.isdigit():
            return int(value)  # as JSON of a message has whole numbers of 64 bits
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


class Asker(Protocol):
    """One caller's questions."""

    async def ask(self, question: str, until: Callable[[Told], bool] | None = None) -> Told:
        """Ask, and return what is told.

        Args:
            question: what is asked.
            until: goes away as soon as it holds; the end is waited for without.

        Raises:
            SceneError: what is told are no events.
        """


def _passage(event: Event) -> str:
    passage = event.data.get("passage")
    return str(passage.get("text")) if isinstance(passage, dict) else ""
