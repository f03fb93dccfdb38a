"""How fast documents come into the indexes: chunks a second, and what sending them again costs.

    cd exemplar
    PYTHONPATH=src .venv/bin/python ../benchmarks/ingestion_speed.py [--documents N] [--profile]

Generated Markdown goes through the whole of ingestion as the service runs it: taken in by `submit`, read in
the reader's process, cut with the real tokenizer, its words and vectors indexed, on an embedded PostgreSQL
that flushes to disk. Only the embedder costs nothing: a text's vector is drawn from its hash. Measured in
one run: the first time; the same bytes again; one paragraph of each document changed; the same documents
under other names. Beside the time stands the processor time of each process, which says what the machine
could do if it did nothing else. Prints each beside its bound, writes results/ingestion_speed.json, and with
--profile what the process spent its time on beside it. Ends with status 1 when a bound is missed.
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
import sys
import tempfile
import time
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import psycopg
import structlog
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.corpus.settling import Settling
from quillwort.adapters.embedding.minilm import MiniLm, count_tokens
from quillwort.adapters.embedding.weights import read_tokenizer
from quillwort.adapters.loaders.process import ProcessReader
from quillwort.adapters.postgresql import embedded, migrations
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.embedding import Vectors
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

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Return directions that a text's hash names."""
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


class Scene:
    """A service's ingestion over a database of its own."""

    def __init__(self, database: Database, postmaster: int) -> None:
        self.database = database
        self.postmaster = postmaster
        self.embedder = HashEmbedder()
        self.corpus = PostgresqlCorpus(database)

    async def passed(self, name: str, sent: Sequence[tuple[str, str]]) -> Row:
        """Send documents and wait until the last of them is indexed."""
        self.embedder.made = 0
        used = self._used()
        began = time.perf_counter()
        async with (
            Settling(self.database),
            Ingestion(self.corpus, self.embedder, ProcessReader(count_tokens)) as ingestion,
        ):
            service = DocumentService(self.corpus, ingestion.wake)
            for each, text in sent:
                await service.submit(OWNER, each, text.encode())
            while await self._count(WAITING):  # noqa: ASYNC110 - the event would be in the database
                await asyncio.sleep(0.02)
            seconds = time.perf_counter() - began
            cpu = {name: now - used.get(name, 0.0) for name, now in self._used().items()}
        failed = await self._count("SELECT count(*) FROM documents WHERE status = 'failed'")
        if failed:
            raise SystemExit(f"{failed} documents failed")
        chunks = await self._count("SELECT count(*) FROM chunks")
        return Row(name, seconds, chunks, self.embedder.made, cpu)

    def _used(self) -> Mapping[str, float]:
        """Return the processor seconds used so far: by this process, its reader and PostgreSQL."""
        own = time.process_time()
        return {"service": own, "reader": _children(os.getpid()), "postgresql": _children(self.postmaster)}

    async def _count(self, query: str) -> int:
        async with self.database.connection() as connection:
            row = await (await connection.execute(query)).fetchone()
        return int(row[0]) if row else 0


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


async def measured(url: str, postmaster: int, count: int) -> list[Row]:
    """Return the passes, the first time first."""
    sent = documents(count, seed=1)
    changed = [(name, text + "\n\nOne paragraph more.\n") for name, text in sent]
    renamed = [(f"other/{name}", text) for name, text in changed]
    async with Database(url, DatabaseSettings(url=url, pool_size=8)) as database:
        scene = Scene(database, postmaster)
        await scene.passed("warm up", documents(5, seed=2))
        async with database.connection() as connection:
            await connection.execute("TRUNCATE documents, postings, keyword_statistics CASCADE")
        return [
            await scene.passed("first time", sent),
            await scene.passed("the same again", sent),
            await scene.passed("one paragraph more in each", changed),
            await scene.passed("the same under other names", renamed),
        ]


def profiled(work: Callable[[], Awaitable[list[Row]]]) -> tuple[list[Row], str]:
    """Return what the work returns, and where the process spent its time."""
    profile = cProfile.Profile()
    profile.enable()
    rows = asyncio.run(work())  # type: ignore[arg-type] # a coroutine is what it is given
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
    parser.add_argument("--profile", action="store_true", help="also keep the profile")
    arguments = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("warning"))
    with tempfile.TemporaryDirectory() as directory, embedded.running(Path(directory)) as url:
        migrations.upgrade(url)
        postmaster = int((Path(directory) / "postmaster.pid").read_text().split()[0])
        if arguments.profile:
            rows, told = profiled(lambda: measured(url, postmaster, arguments.documents))
            RESULTS.joinpath("ingestion_profile.txt").write_text(told)
        else:
            rows = asyncio.run(measured(url, postmaster, arguments.documents))
        with psycopg.connect(url) as connection:
            size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    first, again = rows[0], rows[1]
    rate, share = first.chunks / first.seconds, again.seconds / first.seconds
    for row in rows:
        print(
            f"{row.name:<28}{row.seconds:>8.2f} s {row.chunks:>7} chunks {row.embedded:>7} embedded  cpu "
            + ", ".join(f"{name} {used:.1f}" for name, used in row.cpu.items())
        )
    print(f"first time: {rate:,.0f} chunks/s   bound {CHUNKS_A_SECOND:,}")
    print(f"the same again: {share:.1%} of the first time   bound {AGAIN_SHARE:.0%}")
    print(f"database: {(size or [0])[0] / 1e6:,.0f} MB")
    write(rows, rate, share)
    return int(rate < CHUNKS_A_SECOND or share >= AGAIN_SHARE)


def write(rows: Sequence[Row], rate: float, share: float) -> None:
    """Write the figures where they are kept."""
    RESULTS.mkdir(exist_ok=True)
    document = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "method": "generated Markdown, real tokenizer, embedded PostgreSQL that flushes, vectors from hashes",
        "bounds": {"chunks_a_second": CHUNKS_A_SECOND, "again_share": AGAIN_SHARE},
        "chunks_a_second": round(rate),
        "again_share": round(share, 4),
        "passes": {
            row.name: {
                "seconds": round(row.seconds, 2),
                "chunks": row.chunks,
                "embedded": row.embedded,
                "processor_seconds": {name: round(used, 2) for name, used in row.cpu.items()},
            }
            for row in rows
        },
    }
    (RESULTS / "ingestion_speed.json").write_text(json.dumps(document, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
