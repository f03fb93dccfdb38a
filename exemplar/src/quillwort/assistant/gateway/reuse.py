"""The port of whoever knows which kept answers serve for a question in other words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from quillwort.assistant.gateway.completions import Completion
from quillwort.assistant.language_models import Prompt


@dataclass(frozen=True, slots=True)
class Given:
    """A kept answer, and the question that it was written for."""

    question: str
    completion: Completion


class Look(Protocol):
    """What was found for one question; never raises `Unavailable`."""

    @property
    def given(self) -> Given | None:
        """The answer that serves, if there is one."""

    async def keep(self, key: bytes) -> None:
        """Have others find what was kept for this question under that key."""


class Reuse(Protocol):
    """Finds answers to the same question in other words; never raises `Unavailable`."""

    async def look(
        self, prompt: Prompt, models: Sequence[str], tenant: str, scope: str
    ) -> Look | None:
        """Look for an answer to the prompt's question among those that rest on the same.

        Return None where there can be none, and the prompt's own is not to be found either.
        """
