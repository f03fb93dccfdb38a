"""Hybrid search at 100,000 chunks of 384 dimensions: one SQLite file beside PostgreSQL with pgvector.

    cd exemplar
    PYTHONPATH=src .venv/bin/python ../benchmarks/search_speed.py [--chunks 100000] [--keep DIRECTORY]

One run, side by side: both stores get the same documents through the `Corpus` port, and each query is asked
of the one and then of the other, so that what else the machine does falls on both. A query is what
`SearchService.search` does for one of twenty owners, who has a twentieth of the chunks: keywords, vectors,
fusion and passages, all among the owner's alone; the query's own vector is at hand. Text is drawn from
a vocabulary whose frequencies follow Zipf's law, vectors are random directions.

Filling both and giving each vector its place in PostgreSQL's graph takes some ten minutes; with --keep they
stay in the directory, and the next run with it begins by asking.

Prints p50 and p95 in milliseconds beside their bounds, the CPU time of this process, which other load on the
machine touches less (PostgreSQL's is its own), and the recall of the ten nearest;
writes results/search_speed.json. Ends with status 1 when a bound is missed.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from quillwort.adapters.corpus import settling
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.corpus.sqlite import SqliteCorpus
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.postgresql import embedded, migrations
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.documents import ACCESS, Document
from quillwort.assistant.embedding import Kind
from quillwort.assistant.passages import Chunk
from quillwort.assistant.search_service import SearchService
from quillwort.domain.values import Principal, new_id, utc_now

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
DIMENSIONS = 384
OWNERS = 20
CHUNKS_OF_A_DOCUMENT = 100
WORDS_OF_A_CHUNK = 110
VOCABULARY = 60_000
QUERIES = 300
WARM_UP = 20
NEAREST = 10
MODEL = "random@1"
BOUNDS = {"sqlite": {"p50": 30.0, "p95": 60.0}, "postgresql": {"p95": 40.0}}
RECALL = 0.97
SEED = 7

Vectors = NDArray[np.float32]


class Known:
    """An embedder that has been told the vector of every query."""

    name = MODEL
    dimensions = DIMENSIONS
    most_tokens = 256

    def __init__(self) -> None:
        self.vectors: dict[str, Vectors] = {}

    def count(self, text: str) -> int:
        """Return how many words a text has."""
        return len(text.split())

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return the vectors that were told; none of other texts, of which a scale of nearness is made."""
        del kind
        nothing = np.zeros(DIMENSIONS, np.float32)
        return np.array([self.vectors.get(text, nothing) for text in texts], np.float32)


@dataclass(slots=True)
class Corpora:
    """What is written: texts and vectors of all chunks, and whose each is."""

    words: list[str]
    chances: NDArray[np.float64]
    source: np.random.Generator
    owners: dict[str, list[Vectors]] = field(default_factory=dict)

    def texts(self, count: int, length: int) -> list[str]:
        """Return texts of words as often as Zipf's law says."""
        drawn = np.searchsorted(self.chances, self.source.random((count, length)))
        return [" ".join(self.words[place] for place in row) for row in drawn.tolist()]

    def vectors(self, count: int) -> Vectors:
        """Return unit vectors in random directions."""
        return _unit(self.source.standard_normal((count, DIMENSIONS)).astype(np.float32))


def corpora() -> Corpora:
    """Return the source of everything, the same in each run."""
    source = np.random.default_rng(SEED)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz"))
    words = [
        "".join(source.choice(letters, int(source.integers(2, 10)))) + str(n % 10) for n in range(VOCABULARY)
    ]
    weights = 1.0 / np.arange(1, VOCABULARY + 1)
    return Corpora(words, np.cumsum(weights / weights.sum()), source)


@dataclass(frozen=True, slots=True)
class Store:
    """A corpus, its search, and what was measured of it."""

    name: str
    corpus: Corpus
    search: SearchService
    milliseconds: list[float] = field(default_factory=list)
    cpu_milliseconds: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)


@asynccontextmanager
async def opened(directory: Path, known: Known) -> AsyncIterator[tuple[list[Store], Database]]:
    """Open both stores, empty."""
    async with AsyncExitStack() as stack:
        url = stack.enter_context(embedded.running(directory / "postgresql"))
        migrations.upgrade(url)
        settings = DatabaseSettings(url=url, pool_size=4, statement_timeout_ms=600_000)
        database = await stack.enter_async_context(Database(url, settings))
        file = await stack.enter_async_context(SqliteFile(directory / "corpus.sqlite3", STEPS))
        made: Mapping[str, Corpus] = {"sqlite": SqliteCorpus(file), "postgresql": PostgresqlCorpus(database)}
        yield [Store(name, corpus, SearchService(corpus, known)) for name, corpus in made.items()], database


async def fill(stores: Sequence[Store], source: Corpora, chunks: int) -> None:
    """Put the same documents into every store; into none, when all that is wanted is to draw them again."""
    for number in range(chunks // CHUNKS_OF_A_DOCUMENT):
        owner = f"owner-{number % OWNERS}"
        texts = source.texts(CHUNKS_OF_A_DOCUMENT, WORDS_OF_A_CHUNK)
        vectors = source.vectors(CHUNKS_OF_A_DOCUMENT)
        source.owners.setdefault(owner, []).append(vectors)
        document = _document(f"document {number}", owner)
        made = [Chunk(f"key {place}", place, (), text, WORDS_OF_A_CHUNK) for place, text in enumerate(texts)]
        for store in stores:
            kept = await store.corpus.submit(document, b"content")
            await store.corpus.index(kept, MODEL, made, vectors)


async def settle(database: Database) -> None:
    """Give every vector its place in PostgreSQL's graph, as the service does in the background."""
    settling.BATCH = 2000
    while await settling.Settling(database).settle():
        pass
    async with database.connection() as connection:
        await connection.execute("VACUUM ANALYZE")


async def ask(stores: Sequence[Store], source: Corpora, known: Known) -> None:
    """Ask every store the same queries, in turns."""
    queries = source.texts(QUERIES + WARM_UP, 5)
    vectors = source.vectors(len(queries))
    known.vectors |= dict(zip(queries, vectors, strict=True))
    for number, (query, vector) in enumerate(zip(queries, vectors, strict=True)):
        owner = f"owner-{number % OWNERS}"
        principal = Principal(owner, owner, frozenset(ACCESS.everyday))
        exact = np.sort(np.concatenate(source.owners[owner]) @ vector)[::-1][:NEAREST]
        for store in stores:
            began, used = time.perf_counter(), time.process_time()
            found = await store.search.search(principal, query, NEAREST)
            took, took_cpu = (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000
            assert len(found.hits) == NEAREST, f"{store.name} found {len(found.hits)}"
            nearest = await store.corpus.by_vector(frozenset({owner}), vector.tolist(), 100)
            best = sorted(nearest.values(), reverse=True)[:NEAREST]
            if number >= WARM_UP:
                store.milliseconds.append(took)
                store.cpu_milliseconds.append(took_cpu)
                store.recalls.append(sum(value >= exact[-1] - 1e-5 for value in best) / NEAREST)


def figures(store: Store) -> dict[str, float]:
    """Return what was measured of a store."""
    hundredths = statistics.quantiles(store.milliseconds, n=100)
    return {
        "p50": hundredths[49],
        "p95": hundredths[94],
        "worst": max(store.milliseconds),
        "own CPU p50": statistics.median(store.cpu_milliseconds),
        "recall@10": statistics.fmean(store.recalls),
    }


def missed(name: str, found: Mapping[str, float]) -> list[str]:
    """Return the bounds that were missed, a line each."""
    lines = [
        f"{name}: {each} is {found[each]:.1f} ms, above {bound:g} ms"
        for each, bound in BOUNDS[name].items()
        if found[each] > bound
    ]
    if found["recall@10"] < RECALL:
        lines.append(f"{name}: recall@10 is {found['recall@10']:.3f}, below {RECALL}")
    return lines


async def measured(directory: Path, chunks: int) -> dict[str, dict[str, float]]:
    """Return the figures of every store."""
    known, source = Known(), corpora()
    filled = directory / f"{chunks}.filled"
    async with opened(directory, known) as (stores, database):
        if filled.exists():
            await fill((), source, chunks)
        else:
            await fill(stores, source, chunks)
            told("settling")
            await settle(database)
            filled.touch()
        told("asking")
        await ask(stores, source, known)
        return {store.name: figures(store) for store in stores}


def main() -> int:
    """Measure, print, write down."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where the corpora stay for the next run")
    arguments = parser.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        # As the service has it; NumPy reads it when it is imported, which is before anything here.
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - this very program
    chunks, kept = arguments.chunks, arguments.keep
    with tempfile.TemporaryDirectory(prefix="search-speed-") as directory:
        found = asyncio.run(measured(kept or Path(directory), chunks))
    for name, of_store in found.items():
        print(name.ljust(12), "  ".join(f"{each} {value:,.3g}" for each, value in of_store.items()))
    ratios = {each: found["postgresql"][each] / found["sqlite"][each] for each in ("p50", "p95")}
    print("postgresql / sqlite", "  ".join(f"{each} {value:.2f}" for each, value in ratios.items()))
    lines = [line for name, of_store in found.items() for line in missed(name, of_store)]
    print(*(lines or ["every bound is held"]), sep="\n")
    RESULTS.mkdir(exist_ok=True)
    record = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "chunks": chunks,
        "stores": found,
        "postgresql / sqlite": ratios,
        "bounds": {**BOUNDS, "recall@10": RECALL},
    }
    (RESULTS / "search_speed.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return 1 if lines else 0


def told(step: str) -> None:
    """Say what is being done, and since when."""
    print(f"{datetime.now(UTC):%H:%M:%S} {step}", file=sys.stderr, flush=True)


def _document(name: str, owner_id: str) -> Document:
    now = utc_now()
    return Document(
        id=new_id(),
        owner_id=owner_id,
        version=1,
        created_at=now,
        updated_at=now,
        name=name,
        title=name,
        media_type="text/plain",
        digest=sha256(name.encode()).hexdigest(),
        size_bytes=7,
        status="queued",
        problem=None,
        detail=None,
        chunks=0,
    )


def _unit(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


if __name__ == "__main__":
    sys.exit(main())
