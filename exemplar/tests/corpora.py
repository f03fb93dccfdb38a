"""Corpora for tests: one for each store whose module `corpus_in_<store>.py` stands beside this."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

import pytest

from quillwort.assistant.corpus import Corpus
from quillwort.assistant.reembedding import Moves

_PREFIX: Final = "corpus_in_"

STORES: Final = sorted(
    path.stem.removeprefix(_PREFIX) for path in Path(__file__).parent.glob(f"{_PREFIX}*.py")
)
"""The stores that documents can be kept in here."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of all documents, and what the statistics of keywords say of it."""

    chunks: int
    vectors: int
    staged: int
    postings: int
    counted_chunks: int
    counted_terms: int


EMPTY: Final = Counts(0, 0, 0, 0, 0, 0)


class Store(Protocol):
    """A corpus, and what tests see of it that nobody else does."""

    @property
    def corpus(self) -> Corpus:
        """The corpus itself."""

    @property
    def attempts(self) -> int:
        """How often a document may end the process before it is given up."""

    @property
    def moves(self) -> Moves:
        """What changes the embedding model."""

    @property
    def location(self) -> tuple[str, str]:
        """The store in which another process finds its documents, and where."""

    async def contradictions(self) -> list[str]:
        """Return what does not fit together of what is kept, a line each."""

    async def counts(self) -> Counts:
        """Return how much there is."""

    async def lapse(self) -> None:
        """Let the time of every claim be over."""

    def again(self) -> AbstractAsyncContextManager[Corpus]:
        """Open what another process would."""


def opened(name: str, request: pytest.FixtureRequest) -> AbstractAsyncContextManager[Store]:
    """Return an empty corpus in the store of that name."""
    module: Any = import_module(f"{_PREFIX}{name}")
    made: AbstractAsyncContextManager[Store] = module.opened(request)
    return made
