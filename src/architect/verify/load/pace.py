"""How fast answers are asked for and written on this machine, so that all of them are open at once."""

from dataclasses import dataclass
from typing import Final

ASKED_PER_SECOND: Final = 20.0
TOKENS_PER_SECOND: Final = 5.0
"""Two hundred answers are a thousand tokens/s then. How many one worker carries is another question: each
takes up to 0.6 ms of its CPU."""
TOKENS: Final = 60
"""Twelve seconds of writing: longer than asking all questions takes, so that all answers are open at once."""
MOST_BUSY: Final = 0.7
"""Of a core, at the pace that is chosen: of a busier one, the queue before it would be measured."""
SLOWEST: Final = 5.0
"""How many times slower all may go. What takes more than that is too slow, on whatever machine."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of a run: ``slower`` is 1 where the machine carries the full one."""

    slower: float

    @property
    def asked_per_second(self) -> float:
        """Questions a second."""
        return ASKED_PER_SECOND / self.slower

    @property
    def tokens_per_second(self) -> float:
        """Tokens a second of each answer."""
        return TOKENS_PER_SECOND / self.slower

    @property
    def writing_seconds(self) -> float:
        """How long each answer is written."""
        return TOKENS / self.tokens_per_second


def paced(cpu_seconds: float) -> Pace:
    """Return the pace at which no process is busier than ``MOST_BUSY`` of a core.

    Args:
        cpu_seconds: CPU seconds that an answer of ``TOKENS`` takes, of the busiest process.
    """
    busy = cpu_seconds * ASKED_PER_SECOND
    return Pace(min(max(1.0, busy / MOST_BUSY), SLOWEST))
