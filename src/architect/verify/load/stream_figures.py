"""From two hundred answers read at once to figures beside their targets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from architect.model.fact import Figure
from architect.model.report import Comparison
from architect.verify.load.figures import percentile
from architect.verify.load.streams import OUT_OF_TIME, Stream
from architect.verify.models.server import Call

FIRST_TOKEN_MS: Final = 100.0
MEBIBYTES: Final = 1.0
QUESTION: Final = "Who pays for repairs of flat {}?"
NUMBERED: Final = re.compile(r"repairs of flat (\d+)\?")
INSTANT: Final = (
    "0.1 s is about the limit for a reaction to seem instantaneous (Nielsen, Usability Engineering, 1993)"
)
ROOM: Final = "a thousand readers within a gigabyte"


@dataclass(frozen=True, slots=True)
class Streamed:
    """What was read at once.

    Args:
        streams: as their readers saw them, by the number in their question.
        calls: the models' side of them.
        resident_before: the service's memory before the first, in MiB.
        resident_during: the most while they were open.
    """

    streams: Sequence[Stream]
    calls: Sequence[Call]
    resident_before: float
    resident_during: float

    @property
    def whole(self) -> int:
        """How many came to their end, and answered."""
        return sum(stream.answered and not stream.problem for stream in self.streams)

    @property
    def unfinished(self) -> int:
        """How many had not come to their end when their time was up."""
        return sum(stream.problem == OUT_OF_TIME for stream in self.streams)

    @property
    def beyond_ms(self) -> list[float]:
        """From the model's first token to the reader's, sorted, in ms."""
        sent = {_number(call): call.first_token_at for call in self.calls if call.first_token_at}
        late = (
            1000 * (stream.first_token_at - sent[number])
            for number, stream in enumerate(self.streams)
            if stream.first_token_at and number in sent
        )
        return sorted(late)

    @property
    def waited_ms(self) -> list[float]:
        """From the question to its first token, sorted, in ms."""
        return sorted(
            1000 * (stream.first_token_at - stream.asked_at)
            for stream in self.streams
            if stream.first_token_at
        )

    @property
    def at_once(self) -> int:
        """The most answers that were being written at the same time."""
        marks = [(call.first_token_at, 1) for call in self.calls if call.first_token_at]
        marks += [(call.ended_at, -1) for call in self.calls if call.first_token_at]
        most = now = 0
        for _, step in sorted(marks):
            now += step
            most = max(most, now)
        return most

    @property
    def mebibytes_each(self) -> float:
        """What the service's memory grew by, for each answer open at once, in MiB."""
        return max(0.0, self.resident_during - self.resident_before) / max(self.at_once, 1)


def comparisons(streamed: Streamed) -> Iterator[Comparison]:
    """Yield what was measured beside what is wanted."""
    wanted = len(streamed.streams)
    yield _at_least("answers read to their end", streamed.whole, wanted, "all that were asked")
    yield _at_least("answers written at once", streamed.at_once, wanted, "all that were asked")
    because = f"from the model's first token to the reader's, {len(streamed.beyond_ms)} answers"
    yield Comparison(_ms("first token beyond the model's, p50", percentile(streamed.beyond_ms, 50), because))
    yield _at_most(
        _ms("first token beyond the model's, p95", percentile(streamed.beyond_ms, 95), because),
        FIRST_TOKEN_MS,
        INSTANT,
    )
    asked = "from the question, with the search and the model's own time"
    yield Comparison(_ms("first token, p95", percentile(streamed.waited_ms, 95), asked))
    grown = f"VmRSS grew from {streamed.resident_before:.0f} to {streamed.resident_during:.0f} MiB"
    memory = Figure("memory of an open answer", round(streamed.mebibytes_each, 3), "MiB", "measured", grown)
    yield _at_most(memory, MEBIBYTES, ROOM)


def _ms(name: str, value: float, because: str) -> Figure:
    return Figure(name, round(value, 1), "ms", "measured", because)


def _at_least(name: str, value: int, wanted: int, because: str) -> Comparison:
    measured = Figure(name, value, "", "measured", "read on connections of their own")
    return Comparison(measured, Figure(name, wanted, "", "assumed", because), None, value >= wanted)


def _at_most(measured: Figure, wanted: float, because: str) -> Comparison:
    target = Figure(measured.name, wanted, measured.unit, "assumed", because)
    return Comparison(measured, target, None, measured.value <= wanted)


def _number(call: Call) -> int:
    found = NUMBERED.search(call.content)
    return int(found[1]) if found else -1
