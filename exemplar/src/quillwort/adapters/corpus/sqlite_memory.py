"""Vectors of a SQLite file, held in memory: searched exactly, and only among those within reach.

The file counts its changes and says which chunks each of them removed, and keys of vectors only
grow. So what another process has written is caught up with by reading what is new and dropping
what has gone, never by reading everything again.
"""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from quillwort.adapters.corpus.sqlite_vectors import NUMBER, VALUE
from quillwort.assistant.document_access import Reach
from quillwort.assistant.embedding import Vectors

_SPARE: Final = 0.25
"""Room for more, as a part of what is there, so that adding seldom copies."""

_NONE: Final = np.empty(0, np.int64)

_GENERATION: Final = "SELECT coalesce(max(generation), 0) FROM vector_changes"

_CHANGES: Final = """\
SELECT generation, removed FROM vector_changes WHERE generation > :generation ORDER BY generation"""

_NEW: Final = """\
SELECT id, number, owner_id, embedding FROM vectors
WHERE id > :id AND model_id = :model ORDER BY id"""

Numbers: TypeAlias = NDArray[np.int64]

ScalarT = TypeVar("ScalarT", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The vectors of one label, in the order in which they were kept.

    What a block shows never changes: more is written behind it, where a later block begins.
    """

    numbers: Numbers
    vectors: Vectors
    count: int
    removed: Numbers
    """Places of chunks that are gone."""

    def similarities(self, vector: Vectors) -> tuple[Numbers, Vectors]:
        """Return the numbers and their inner products with the vector; -inf where one is gone."""
        products = self.vectors[: self.count] @ vector
        products[self.removed] = -np.inf
        return self.numbers[: self.count], products

    def extended(self, numbers: Numbers, vectors: Vectors) -> "Block":
        """Return a block with more behind what is there."""
        total = self.count + len(numbers)
        there = self
        if total > len(self.numbers):
            there = replace(
                self, numbers=_grown(self.numbers, total), vectors=_grown(self.vectors, total)
            )
        there.numbers[self.count : total] = numbers
        there.vectors[self.count : total] = vectors
        return replace(there, count=total)

    def without(self, numbers: Numbers) -> "Block":
        """Return a block in which these chunks are gone."""
        own = self.numbers[: self.count]
        removed = np.union1d(self.removed, np.flatnonzero(np.isin(own, numbers)))
        if len(removed) <= self.count * _SPARE:
            return replace(self, removed=removed)
        kept = np.delete(np.arange(self.count), removed)
        return Block(own[kept], self.vectors[kept], len(kept), _NONE)


class VectorMemory:
    """Every vector that one model made, as of the generation that was read last."""

    def __init__(self, model: int) -> None:
        self._model = model
        self._catching_up = threading.Lock()
        self._generation = -1
        self._last = 0
        self._blocks: Mapping[str, Block] = {}

    def nearest(
        self, connection: sqlite3.Connection, reach: Reach, vector: Vectors, limit: int
    ) -> dict[int, float]:
        """Return the inner products of the nearest, the best first, by the chunks' numbers."""
        blocks = self._current(connection)
        asked = [block for label, block in blocks.items() if reach is None or label in reach]
        if not asked:
            return {}
        found = [block.similarities(vector) for block in asked]
        numbers = np.concatenate([numbers for numbers, _ in found])
        products = np.concatenate([products for _, products in found])
        first = np.arange(len(products))
        if limit < len(products):
            first = np.argpartition(products, -limit)[-limit:]
        order = first[np.lexsort((numbers[first], -products[first]))]
        return {
            number: product
            for number, product in zip(
                numbers[order].tolist(), products[order].tolist(), strict=True
            )
            if product != -np.inf
        }

    def _current(self, connection: sqlite3.Connection) -> Mapping[str, Block]:
        (generation,) = connection.execute(_GENERATION).fetchone()
        if generation > self._generation:
            with self._catching_up:
                if generation > self._generation:
                    self._catch_up(connection)
        return self._blocks

    def _catch_up(self, connection: sqlite3.Connection) -> None:
        known = {"generation": self._generation}
        changes = connection.execute(_CHANGES, known).fetchall()
        lost = self._generation < 0 or not changes or changes[0][0] != self._generation + 1
        blocks = {} if lost else dict(self._blocks)
        last = 0 if lost else self._last
        gone = np.frombuffer(b"".join(removed for _, removed in changes), NUMBER)
        if not lost and len(gone):
            blocks = {owner: block.without(gone) for owner, block in blocks.items()}
        new = {"id": last, "model": self._model}
        rows = connection.execute(_NEW, new).fetchall()
        for owner, (numbers, vectors) in _by_owner(rows).items():
            before = blocks.get(owner)
            blocks[owner] = (
                before.extended(numbers, vectors)
                if before
                else Block(numbers, vectors, len(numbers), _NONE)
            )
        self._blocks = {owner: block for owner, block in blocks.items() if block.count}
        self._last = rows[-1][0] if rows else last
        self._generation = changes[-1][0] if changes else 0


def _by_owner(rows: Sequence[tuple[int, int, str, bytes]]) -> dict[str, tuple[Numbers, Vectors]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    vectors: dict[str, list[bytes]] = defaultdict(list)
    for _, number, owner, embedding in rows:
        numbers[owner].append(number)
        vectors[owner].append(embedding)
    return {
        owner: (
            np.array(numbers[owner], np.int64),
            np.frombuffer(b"".join(kept), VALUE).reshape(len(kept), -1),
        )
        for owner, kept in vectors.items()
    }


def _grown(array: NDArray[ScalarT], total: int) -> NDArray[ScalarT]:
    grown = np.empty((int(total * (1 + _SPARE)) + 1, *array.shape[1:]), array.dtype)
    grown[: len(array)] = array
    return grown
