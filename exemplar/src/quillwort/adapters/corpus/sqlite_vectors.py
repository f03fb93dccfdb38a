"""Vectors of a SQLite file, held in memory: searched exactly, and only among those of the owner.

The file counts its changes and says which chunks each of them removed, and numbers of chunks only
grow. So what another process has written is caught up with by reading what is new and dropping
what has gone, never by reading everything again.
"""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from quillwort.assistant.embedding import Vectors

REMEMBERED: Final = 10_000
"""Changes that the file tells of; whoever lags behind further reads every vector anew."""

_SPARE: Final = 0.25
"""Room for more, as a part of what is there, so that adding seldom copies."""

_NUMBER: Final = np.dtype("<i8")
_VALUE: Final = np.dtype("<f4")

_NONE: Final = np.empty(0, np.int64)

ADD: Final = "INSERT INTO vectors (number, owner_id, model, embedding) VALUES (?, ?, ?, ?)"

_CHANGED: Final = "INSERT INTO vector_changes (removed) VALUES (:removed)"

_PRUNE: Final = "DELETE FROM vector_changes WHERE generation <= :generation"

_GENERATION: Final = "SELECT coalesce(max(generation), 0) FROM vector_changes"

_CHANGES: Final = """\
SELECT generation, removed FROM vector_changes WHERE generation > :generation ORDER BY generation"""

_NEW: Final = """\
SELECT number, owner_id, embedding FROM vectors WHERE number > :number ORDER BY number"""

Numbers: TypeAlias = NDArray[np.int64]

ScalarT = TypeVar("ScalarT", bound=np.generic)


def changed(connection: sqlite3.Connection, removed: Iterable[int]) -> None:
    """Count a change of the vectors, in its transaction, and tell which chunks it removes."""
    numbers = np.fromiter(removed, _NUMBER).tobytes()
    generation = connection.execute(_CHANGED, {"removed": numbers}).lastrowid or 0
    connection.execute(_PRUNE, {"generation": generation - REMEMBERED})


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The vectors of one owner, in the order of their numbers.

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
    """Every vector of a file, as of the generation that was read last."""

    def __init__(self) -> None:
        self._catching_up = threading.Lock()
        self._generation = -1
        self._last = 0
        self._blocks: Mapping[str, Block] = {}

    def nearest(
        self, connection: sqlite3.Connection, owner: str | None, vector: Sequence[float], limit: int
    ) -> dict[int, float]:
        """Return the inner products of the nearest, the best first, by the chunks' numbers."""
        blocks = self._current(connection)
        asked = [*blocks.values()] if owner is None else [*filter(None, [blocks.get(owner)])]
        if not asked:
            return {}
        wanted = np.asarray(vector, np.float32)
        found = [block.similarities(wanted) for block in asked]
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
        gone = np.frombuffer(b"".join(removed for _, removed in changes), _NUMBER)
        if not lost and len(gone):
            blocks = {owner: block.without(gone) for owner, block in blocks.items()}
        rows = connection.execute(_NEW, {"number": last}).fetchall()
        for owner, (numbers, vectors) in _by_owner(rows).items():
            before = blocks.get(owner)
            blocks[owner] = (
                before.extended(numbers, vectors)
                if before and before.vectors.shape[1] == vectors.shape[1]
                else Block(numbers, vectors, len(numbers), _NONE)
            )
        self._blocks = {owner: block for owner, block in blocks.items() if block.count}
        self._last = rows[-1][0] if rows else last
        self._generation = changes[-1][0] if changes else 0


def packed(vector: Vectors) -> bytes:
    """Return a vector as it is kept."""
    return vector.astype(_VALUE, copy=False).tobytes()


def unpacked(embedding: bytes) -> Vectors:
    """Return the vector of its bytes, to be read alone."""
    return np.frombuffer(embedding, _VALUE)


def _by_owner(rows: Sequence[tuple[int, str, bytes]]) -> dict[str, tuple[Numbers, Vectors]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    vectors: dict[str, list[bytes]] = defaultdict(list)
    for number, owner, embedding in rows:
        numbers[owner].append(number)
        vectors[owner].append(embedding)
    return {
        owner: (
            np.array(numbers[owner], np.int64),
            np.frombuffer(b"".join(kept), _VALUE).reshape(len(kept), -1),
        )
        for owner, kept in vectors.items()
    }


def _grown(array: NDArray[ScalarT], total: int) -> NDArray[ScalarT]:
    grown = np.empty((int(total * (1 + _SPARE)) + 1, *array.shape[1:]), array.dtype)
    grown[: len(array)] = array
    return grown
