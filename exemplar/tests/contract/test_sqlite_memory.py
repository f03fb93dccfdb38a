"""Vectors in memory: whatever is added and removed, what is nearest is what is nearest there."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest

from documents import of
from quillwort.adapters.corpus import sqlite_vectors
from quillwort.adapters.corpus.sqlite_memory import VectorMemory
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.sqlite.schema import upgrade
from quillwort.assistant.document_access import Reach

DIMENSIONS = 8
MODEL = 1
REACHES: list[Reach] = [of("a"), of("b"), of("c"), of("a", "c", "d"), None]


@pytest.fixture
def file() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        upgrade(connection, STEPS)
        yield connection


def _add(file: sqlite3.Connection, number: int, owner: str, vector: np.ndarray) -> None:
    sqlite_vectors.keep(file, MODEL, [(number, owner, vector)])
    sqlite_vectors.changed(file, ())


def _remove(file: sqlite3.Connection, *numbers: int) -> None:
    file.executemany("DELETE FROM vectors WHERE number = ?", ((number,) for number in numbers))
    sqlite_vectors.changed(file, numbers)


@pytest.mark.parametrize("remembered", [2, 10_000])
@pytest.mark.parametrize("seed", range(3))
def test_it_finds_what_reading_everything_would(
    seed: int, remembered: int, file: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_vectors, "REMEMBERED", remembered)
    source, numbers = random.Random(seed), np.random.default_rng(seed)  # noqa: S311 - no secret
    there: dict[int, tuple[str, np.ndarray]] = {}
    memory = VectorMemory(MODEL)
    for number in range(1, 300):
        owner, vector = source.choice("abc"), numbers.standard_normal(DIMENSIONS).astype("f4")
        _add(file, number, owner, vector)
        there[number] = (owner, vector)
        if source.random() < 0.4:
            gone = source.sample(sorted(there), source.randint(1, min(4, len(there))))
            _remove(file, *gone)
            for each in gone:
                del there[each]
        if source.random() < 0.3:
            _check(memory, file, there, source.choice(REACHES), vector)
    for reach in REACHES:
        _check(memory, file, there, reach, vector)


def _check(
    memory: VectorMemory,
    file: sqlite3.Connection,
    there: dict[int, tuple[str, np.ndarray]],
    reach: Reach,
    vector: np.ndarray,
) -> None:
    products = {
        number: float(kept @ vector)
        for number, (its_owner, kept) in there.items()
        if reach is None or its_owner in reach
    }
    expected = sorted(products, key=lambda number: -products[number])[:5]
    found = memory.nearest(file, reach, vector, 5)
    assert list(found) == expected
    assert found == pytest.approx({number: products[number] for number in expected}, abs=1e-5)


def test_a_search_reads_no_vector_that_it_knows(file: sqlite3.Connection) -> None:
    memory, vector = VectorMemory(MODEL), np.ones(DIMENSIONS, "f4")
    _add(file, 1, "a", vector)
    assert list(memory.nearest(file, of("a"), vector, 5)) == [1]
    said: list[str] = []
    file.set_trace_callback(said.append)
    assert list(memory.nearest(file, of("a"), vector, 5)) == [1]
    assert not any("embedding" in statement for statement in said)
