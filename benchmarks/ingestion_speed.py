"""How fast documents come into the indexes: chunks a second, and what sending them again costs.

    cd exemplar
    PYTHONPATH=src .venv/bin/python ../benchmarks/ingestion_speed.py [--documents N] [--store S] [--profile]

Generated Markdown goes through the whole of ingestion as the service runs it: taken in by `submit`, read in
the reader's process, cut with the real tokenizer, its words and vectors indexed, on an embedded PostgreSQL
and in a SQLite file, both of which flush to disk. Only the embedder costs nothing: a text's vector is drawn
from its hash. Measured in one run: the first time; the same bytes again; one paragraph of each document
changed; the same documents under other names. Beside the time stands the processor time of each process,
which says what the machine could do if it did nothing else. Prints each beside its bound, writes
results/ingestion_speed.json, and with --profile what the process spent its time on beside it. Ends with
status 1 when a bound is missed.
"""

import argparse
import asyncio
import cProfile
import io
import json
import os
import platform
import pstats
import random
import sqlite3
import sys
import tempfile
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import structlog
import uvloop
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.corpus.settling import Settling
from quillwort.adapters.corpus.sqlite import SqliteCorpus
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.embedding.minilm import MiniLm, count_tokens
from quillwort.adapters.embedding.weights import read_tokenizer
from quillwort.adapters.loaders.process import ProcessReader
from quillwort.adapters.postgresql import embedded, migrations
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.ingestion import Ingestion
from quillwort.domain.values import Principal

RESULTS = Path(__file__).resolve().parent / "results"
WAITING = "SELECT count(*) FROM documents WHERE status = 'queued'"
CHUNKS_A_SECOND = 2000
AGAIN_SHARE = 0.05
OWNER = Principal("bench", "bench", frozenset({"documents:read", "documents:write"}))
WORDS = 20_000
"""Different words of the corpus: of four, three are the tokenizer's and one is made up, so that a word takes
some 1.3 tokens as in English; how often each is used falls as its rank grows."""


class HashEmbedder(MiniLm):
    """The real tokenizer, and vectors that only hang on the text: of a thousand clusters."""

    name = "hash@1"  # type: ignore[misc] # another model than the one whose tokenizer it takes

    def __init__(self) -> None:
        super().__init__()
        self.made = 0
        drawn = np.random.default_rng(0).standard_normal((2, 1000, self.dimensions), np.float32)
        self._centres, self._beside = drawn[0], drawn[1] * np.float32(0.5)

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return directions that a text's hash names."""
        del kind
        self.made += len(texts)
        hashes = np.array([zlib.crc32(text.encode()) for text in texts], np.int64)
        vectors = self._centres[hashes % 1000] + self._beside[hashes // 1000 % 1000]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@dataclass(frozen=True)
class Row:
    """One measured pass."""

    name: str
    seconds: float
    chunks: int
    embedded: int
    cpu: Mapping[str, float]


def documents(count: int, seed: int) -> list[tuple[str, str]]:
    """Return names and Markdown of some ten sections each, some 1,500 words."""
    source = random.Random(seed)  # noqa: S311 - no secret
    known = [word for word in read_tokenizer().get_vocab() if word.isalpha() and word.isascii()]
    made = ["".join(source.choices("aeioulnrstdmkpbgv", k=source.randint(4, 9))) for _ in range(WORDS // 4)]
    vocabulary = source.sample(sorted(known), WORDS - len(made)) + made
    source.shuffle(vocabulary)
    weights = list(np.cumsum([1 / rank for rank in range(1, WORDS + 1)]))

    def sentence() -> str:
        words = source.choices(vocabulary, cum_weights=weights, k=source.randint(8, 22))
        return " ".join(words).capitalize() + "."

    def section(number: int) -> str:
        paragraphs = [" ".join(sentence() for _ in range(source.randint(2, 6))) for _ in range(3)]
        items = "\n".join(f"- {sentence()}" for _ in range(3))
        return f"## {number} {sentence()[:40]}\n\n" + "\n\n".join([*paragraphs, items])

    return [
        (
            f"folder/{number:05}.md",
            f"# Document {number}\n\n" + "\n\n".join(section(n) for n in range(source.randint(6, 14))),
        )
        for number in range(count)
    ]


@dataclass(frozen=True)
class Store:
    """Where documents are kept, and how what is in there is counted and emptied."""

    name: str
    corpus: Corpus
    beside: Callable[[], AbstractAsyncContextManager[object]]
    """What the service does beside ingestion."""
    count: Callable[[str], Awaitable[int]]
    emptied: Callable[[], Awaitable[None]]
    process: int | None
    """The server's process, where there is one."""


@asynccontextmanager
async def in_postgresql(directory: Path) -> AsyncIterator[Store]:
    """Give a store in an embedded PostgreSQL."""
    with embedded.running(directory) as url:
        migrations.upgrade(url)
        postmaster = int((directory / "postmaster.pid").read_text().split()[0])
        async with Database(url, DatabaseSettings(url=url, pool_size=8)) as database:

            async def count(query: str) -> int:
                async with database.connection() as connection:
                    row = await (await connection.execute(query)).fetchone()  # type: ignore[arg-type] # its callers' own texts
                return int(row[0]) if row else 0

            async def emptied() -> None:
                async with database.connection() as connection:
                    await connection.execute("TRUNCATE documents, postings, keyword_statistics CASCADE")

            corpus = PostgresqlCorpus(database)
            yield Store("postgresql", corpus, lambda: Settling(database), count, emptied, postmaster)


@asynccontextmanager
async def in_sqlite(directory: Path) -> AsyncIterator[Store]:
    """Give a store in a file."""
    async with SqliteFile(directory / "corpus.sqlite3", STEPS) as file:

        async def count(query: str) -> int:
            return int(await file.read(lambda connection: connection.execute(query).fetchone()[0]))

        async def emptied() -> None:
            def work(connection: sqlite3.Connection) -> None:
                for table in ("vectors", "chunks", "postings", "keyword_statistics"):
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
                connection.execute("DELETE FROM documents")

            await file.write(work)

        yield Store("sqlite", SqliteCorpus(file), nullcontext, count, emptied, None)


STORES: Final = {"postgresql": in_postgresql, "sqlite": in_sqlite}


class Scene:
    """A service's ingestion over a store of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.embedder = HashEmbedder()

    async def passed(self, name: str, sent: Sequence[tuple[str, str]]) -> Row:
        """Send documents and wait until the last of them is indexed."""
        self.embedder.made = 0
        used = self._used()
        began = time.perf_counter()
        async with (
            self.store.beside(),
            Ingestion(self.store.corpus, self.embedder, ProcessReader(count_tokens)) as ingestion,
        ):
            service = DocumentService(self.store.corpus, ingestion.wake)
            for each, text in sent:
                await service.submit(OWNER, each, text.encode())
            while await self.store.count(WAITING):  # noqa: ASYNC110 - the event would be in the database
                await asyncio.sleep(0.02)
            seconds = time.perf_counter() - began
            cpu = {name: now - used.get(name, 0.0) for name, now in self._used().items()}
        failed = await self.store.count("SELECT count(*) FROM documents WHERE status = 'failed'")
        if failed:
            raise SystemExit(f"{failed} documents failed")
        chunks = await self.store.count("SELECT count(*) FROM chunks")
        return Row(name, seconds, chunks, self.embedder.made, cpu)

    def _used(self) -> Mapping[str, float]:
        """Return the processor seconds used so far: by this process, its reader and PostgreSQL."""
        own = time.process_time()
        used = {"service": own, "reader": _children(os.getpid())}
        return used | ({"postgresql": _children(self.store.process)} if self.store.process else {})


def _children(parent: int) -> float:
    """Return the processor seconds of a process's children that still run, which includes PostgreSQL's."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


async def measured(store_name: str, count: int) -> list[Row]:
    """Return the passes, the first time first."""
    sent = documents(count, seed=1)
    changed = [(name, text + "\n\nOne paragraph more.\n") for name, text in sent]
    renamed = [(f"other/{name}", text) for name, text in changed]
    with tempfile.TemporaryDirectory() as directory:
        async with STORES[store_name](Path(directory)) as store:
            scene = Scene(store)
            await scene.passed("warm up", documents(5, seed=2))
            await store.emptied()
            rows = [
                await scene.passed("first time", sent),
                await scene.passed("the same again", sent),
                await scene.passed("one paragraph more in each", changed),
                await scene.passed("the same under other names", renamed),
            ]
        print(f"{store_name}: {_size(Path(directory)) / 1e6:,.0f} MB")
    return rows


def _size(directory: Path) -> int:
    """Return the bytes of the files in a directory."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def profiled(work: Coroutine[None, None, list[Row]]) -> tuple[list[Row], str]:
    """Return what the work returns, and where the process spent its time."""
    profile = cProfile.Profile()
    profile.enable()
    rows = asyncio.run(work)
    profile.disable()
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(40)
    return rows, told.getvalue()


def main() -> int:
    """Measure, print, write; return 1 when a bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--store", choices=[*STORES], action="append", help="both, unless given")
    parser.add_argument("--profile", action="store_true", help="also keep the profile")
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("warning"))
    passes: dict[str, list[Row]] = {}
    for name in arguments.store or STORES:
        if arguments.profile:
            passes[name], told = profiled(measured(name, arguments.documents))
            RESULTS.joinpath(f"ingestion_profile_{name}.txt").write_text(told)
        else:
            passes[name] = uvloop.run(measured(name, arguments.documents))
        told_of(passes[name])
    write(passes)
    return int(any(rate(rows) < CHUNKS_A_SECOND or share(rows) >= AGAIN_SHARE for rows in passes.values()))


def rate(rows: Sequence[Row]) -> float:
    """Return how many chunks a second came in the first time."""
    return rows[0].chunks / rows[0].seconds


def share(rows: Sequence[Row]) -> float:
    """Return what sending all again took, as a share of the first time."""
    return rows[1].seconds / rows[0].seconds


def told_of(rows: Sequence[Row]) -> None:
    """Print the passes of one store beside their bounds."""
    for row in rows:
        print(
            f"{row.name:<28}{row.seconds:>8.2f} s {row.chunks:>7} chunks {row.embedded:>7} embedded  cpu "
            + ", ".join(f"{name} {used:.1f}" for name, used in row.cpu.items())
        )
    print(f"first time: {rate(rows):,.0f} chunks/s   bound {CHUNKS_A_SECOND:,}")
    print(f"the same again: {share(rows):.1%} of the first time   bound {AGAIN_SHARE:.0%}", flush=True)


def write(passes: Mapping[str, Sequence[Row]]) -> None:
    """Write the figures where they are kept."""
    RESULTS.mkdir(exist_ok=True)
    document = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_average": round(os.getloadavg()[0], 1),
        },
        "method": "generated Markdown, real tokenizer, vectors from hashes; each store flushes to disk",
        "bounds": {"chunks_a_second": CHUNKS_A_SECOND, "again_share": AGAIN_SHARE},
        "stores": {
            name: {
                "chunks_a_second": round(rate(rows)),
                "again_share": round(share(rows), 4),
                "passes": {row.name: _written(row) for row in rows},
            }
            for name, rows in passes.items()
        },
    }
    (RESULTS / "ingestion_speed.json").write_text(json.dumps(document, indent=2) + "\n")


def _written(row: Row) -> dict[str, object]:
    return {
        "seconds": round(row.seconds, 2),
        "chunks": row.chunks,
        "embedded": row.embedded,
        "processor_seconds": {name: round(used, 2) for name, used in row.cpu.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
