"""The port of whatever makes an answer of passages: by quoting them, or by a language model."""

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from quillwort.assistant.events import Event
from quillwort.assistant.search_service import Hit
from quillwort.domain.values import Principal


class Answerer(Protocol):
    """Makes the events of an answer.

    `version` names what makes them, code and prompt together; it is kept with each answer.
    """

    @property
    def version(self) -> str:
        """The name of what makes answers, which changes whenever they might."""

    def answer(
        self, principal: Principal, question: str, hits: Sequence[Hit]
    ) -> AsyncIterator[Event]:
        """Tell an answer from its first passage to `Done`.

        It never raises for a model that fails: `Failed` and the outcome say so. Closing the
        iterator early stops whatever is under way.
        """
