"""From one embedding model to another while the first one serves: ports, and how it goes."""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from quillwort.assistant.embedding import Embedder, Kind, Vectors
from quillwort.domain.errors import Unavailable

BATCH: Final = 64
"""Chunks that are embedded before they are kept."""
BELIEVED_SECONDS: Final = 5.0
"""How long a process goes on with the model that served when it last looked."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A chunk that a model has no vector of yet, and what is to be embedded."""

    number: int
    text: str


Embedding = Callable[[Sequence[Lacking]], Awaitable[Mapping[int, Vectors]]]
"""Makes the vectors of chunks, by their numbers."""


class Serving(Protocol):
    """Knows which model serves."""

    async def serving(self) -> str | None:
        """Return the name of the model whose vectors are searched, if there are any yet."""


class Moves(Serving, Protocol):
    """Keeps the vectors of several models side by side. Every call may raise `Unavailable`."""

    async def begin(self, model: str, dimensions: int) -> None:
        """Make room for a model's vectors; the first model there is serves."""

    async def lacking(self, model: str, after: int, limit: int) -> Sequence[Lacking]:
        """Return chunks that the model has no vector of, numbered above `after`, in their order."""

    async def add(self, model: str, vectors: Mapping[int, Vectors]) -> None:
        """Keep vectors, by the numbers of chunks; those of chunks that are gone are left out."""

    async def settle(self, model: str) -> bool:
        """Make the model's vectors fast to search, some at a time; return False when all are."""

    async def switch(self, model: str, embed: Embedding, most: int) -> bool:
        """Let the model serve, in one transaction.

        Chunks that came last are embedded within it, so that none is ever without a vector. Return
        False, and change nothing, when there are more of them than `most`.
        """

    async def forget_others(self, model: str) -> None:
        """Delete the vectors of all models but this one, which serves."""


async def reembed(moves: Moves, embedder: Embedder, told: Callable[[int], None]) -> None:
    """Embed every chunk with the embedder, then let its model serve.

    The model that serves is searched until then, and documents may come and go. What was embedded
    is kept at once: begun anew after it was broken off, this goes on where it was. `told` is
    given how many chunks have been embedded, after each batch.

    Raises:
        Unavailable: when the store or the model does not answer.
    """
    model, done = embedder.name, 0

    async def embed(batch: Sequence[Lacking]) -> Mapping[int, Vectors]:
        made = await embedder.embed([each.text for each in batch])
        return {each.number: vector for each, vector in zip(batch, made, strict=True)}

    await moves.begin(model, embedder.dimensions)
    while True:
        after = 0
        while batch := await moves.lacking(model, after, BATCH):
            await moves.add(model, await embed(batch))
            after, done = batch[-1].number, done + len(batch)
            told(done)
        while await moves.settle(model):
            pass
        if await moves.switch(model, embed, BATCH):
            return


class Switching:
    """The embedder whose model serves, among those that this process has.

    `wanted` is the one that documents are embedded with as long as there are none; `former` are
    those that may still serve.
    """

    def __init__(self, models: Serving, wanted: Embedder, *former: Embedder) -> None:
        self._models = models
        self._embedders = {embedder.name: embedder for embedder in (wanted, *former)}
        self._chosen = wanted
        self._believed_until = 0.0

    @property
    def name(self) -> str:
        """The model that made what `embed` returned last."""
        return self._chosen.name

    @property
    def dimensions(self) -> int:
        """The length of its vectors."""
        return self._chosen.dimensions

    @property
    def most_tokens(self) -> int:
        """Tokens of a text that it reads."""
        return self._chosen.most_tokens

    def count(self, text: str) -> int:
        """Return how many tokens it makes of a text."""
        return self._chosen.count(text)

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return vectors of the model that serves, which is the one of `name` as this returns.

        Raises:
            Unavailable: also when this process does not have that model.
        """
        while True:
            embedder = await self.serving()
            vectors = await embedder.embed(texts, kind)
            if embedder is self._chosen:
                return vectors

    async def serving(self) -> Embedder:
        """Return the embedder whose model serves.

        Raises:
            Unavailable: when this process does not have it.
        """
        if time.monotonic() < self._believed_until:
            return self._chosen
        name = await self._models.serving()
        if name is not None:
            if name not in self._embedders:
                raise Unavailable(f"What is kept was embedded with {name}, which is not here.")
            self._chosen = self._embedders[name]
            self._believed_until = time.monotonic() + BELIEVED_SECONDS
        return self._chosen


async def settled(embedder: Embedder) -> Embedder:
    """Return an embedder of one model: the one that serves, where it may change.

    Raises:
        Unavailable: when this process does not have that model.
    """
    return await embedder.serving() if isinstance(embedder, Switching) else embedder
