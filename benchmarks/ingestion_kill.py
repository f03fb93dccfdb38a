"""kill -9 at random moments of ingestion: no acknowledged document is lost, and no index has an orphan.

    cd exemplar
    PYTHONPATH=src .venv/bin/python ../benchmarks/ingestion_kill.py [--times 50] [--seed N]

The service runs as a process on an embedded PostgreSQL of this run: `python -m quillwort api`, with an
embedder that adds up directions of words in place of the model, so that there is much to interrupt. Each
time it is started; what was left behind is indexed; what is kept is compared with what was acknowledged,
and every index with the text it is of; then callers send new documents, new versions and removals until the
process is killed without warning. Claims of the killed process are taken as lapsed, which otherwise takes a
minute. Writes results/ingestion_kill.json, and ends with status 1 when anything was lost or contradicts.
"""

import argparse
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

EXEMPLAR = Path(__file__).resolve().parent.parent / "exemplar"
RESULTS = Path(__file__).resolve().parent / "results"
sys.path.insert(0, str(EXEMPLAR / "tests"))

from consistency import contradictions  # noqa: E402 - below the exemplar's tests
from quillwort import bootstrap  # noqa: E402 - after the path
from quillwort.__main__ import main as service_main  # noqa: E402 - as above
from quillwort.adapters.postgresql import embedded, migrations  # noqa: E402 - after the path
from word_embedder import WordEmbedder  # noqa: E402 - as above

NAMES = 60
CALLERS = 4
REMOVED = 0.2
"""The share of requests that remove a document."""

STEMS = ("lease", "tenant", "roof", "cat")
WORDS = [f"{stem}{ending}" for stem in STEMS for ending in ("", "s", "er", "ing")]
PATIENCE_SECONDS = 300.0
LAPSE = "UPDATE documents SET claimed_until = now() WHERE claimed_until IS NOT NULL"
WAITING = "SELECT count(*) FROM documents WHERE status = 'queued'"
KEPT = """\
SELECT d.name, d.status, d.problem, coalesce(string_agg(c.text, ' '), '')
FROM documents d LEFT JOIN chunks c ON c.document_id = d.id GROUP BY d.id"""


@dataclass
class Known:
    """What callers know: for each name the words of versions that it may have; None: it may be gone."""

    may_be: dict[str, set[str | None]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    acknowledged: int = 0

    def tried(self, name: str, word: str | None) -> None:
        """Remember what is about to be asked for."""
        with self.lock:
            self.may_be.setdefault(name, {None}).add(word)

    def done(self, name: str, word: str | None) -> None:
        """Remember what was acknowledged."""
        with self.lock:
            self.may_be[name] = {word}
            self.acknowledged += 1


@dataclass(frozen=True)
class Service:
    """A process that serves."""

    process: subprocess.Popen[str]
    url: str
    token: str

    def call(self, method: str, path: str, body: bytes | None = None) -> dict[str, Any]:
        """Return the answer to a request."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, body, headers, method=method)  # noqa: S310 - loopback
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            told: dict[str, Any] = json.loads(answer.read() or b"{}")
            return told


@contextmanager
def served(url: str) -> Iterator[Service]:
    """Have the service run, and kill it at the end."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "HTTP_PORT": "0",
        "RATE_LIMIT_REQUESTS": "1000000",
        "LOG_LEVEL": "INFO",
        "PYTHONPATH": str(EXEMPLAR / "src"),
    }
    command = [sys.executable, __file__, "--serve"]
    token = subprocess.run(
        [*command, "token"], env=environment, cwd=EXEMPLAR, check=True, capture_output=True, text=True
    ).stdout.strip()
    process = subprocess.Popen(
        [*command, "api"], env=environment, cwd=EXEMPLAR, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = (json.loads(line) for line in process.stdout)
        ready = next(line for line in said if line["event"] == "ready")
        # What it goes on to say must not fill the pipe.
        threading.Thread(target=lambda: list(process.stdout or ()), daemon=True).start()
        yield Service(process, f"http://127.0.0.1:{ready['http_port']}", token)
    finally:
        process.kill()
        process.wait()


class Caller(threading.Thread):
    """Sends, replaces and removes documents until nobody answers; each caller has names of its own."""

    def __init__(self, service: Service, known: Known, number: int, seed: float) -> None:
        super().__init__(daemon=True)
        self._service = service
        self._known = known
        self._source = random.Random(seed)  # noqa: S311 - no secret
        self._names = [f"{number}/{place}.md" for place in range(NAMES // CALLERS)]
        self._ids: dict[str, str] = {}

    def run(self) -> None:
        """Call until the service is gone."""
        try:
            while True:
                self._once(self._source.choice(self._names))
        except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError):
            return

    def _once(self, name: str) -> None:
        if name in self._ids and self._source.random() < REMOVED:
            self._known.tried(name, None)
            self._service.call("DELETE", f"/v1/documents/{self._ids.pop(name)}")
            self._known.done(name, None)
            return
        word = f"unique{self._source.randrange(10**12):012}"
        sections = self._source.randint(1, 3)
        text = "\n\n".join(
            f"# Part {n}\n\nThe word is {word} and " + " ".join(self._source.choices(WORDS, k=40))
            for n in range(sections)
        )
        self._known.tried(name, word)
        sent = self._service.call("POST", f"/v1/documents?name={quote(name, safe='')}", text.encode())
        self._ids[name] = sent["id"]
        self._known.done(name, word)


def checked(url: str, service: Service, known: Known, source: random.Random) -> list[str]:
    """Wait until everything is indexed; return what was lost and what contradicts."""
    ends = time.monotonic() + PATIENCE_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(WAITING).fetchone() != (0,):
            if time.monotonic() > ends:
                return ["documents go on waiting"]
            time.sleep(0.1)
        kept = {name: rest for name, *rest in connection.execute(KEPT)}
    wrong = contradictions(url)
    for name, words in known.may_be.items():
        if name not in kept:
            wrong += [] if None in words else [f"{name} is lost"]
            continue
        status, problem, text = kept[name]
        found = next((word for word in words if word is not None and word in text), None)
        if status != "indexed" or found is None:
            wrong.append(f"{name} is {status} ({problem}) and none of {sorted(map(str, words))} is in it")
            continue
        # Whatever was under way when the process ended is settled by now.
        known.may_be[name] = {found}
    known.may_be = {name: words if name in kept else {None} for name, words in known.may_be.items()}
    there = sorted(name for name, words in known.may_be.items() if None not in words)
    for name in source.sample(there, min(8, len(there))):
        (word,) = known.may_be[name]
        items = service.call("POST", "/v1/search", json.dumps({"query": word}).encode())["items"]
        # Not as the first: where no passage is alike, the one with the word is as good as the least unlike.
        if all(each["name"] != name or word not in each["text"] for each in items):
            wrong.append(f"{word} does not find {name}")
    return wrong


def serve() -> int:
    """Be the service, with another embedder."""
    bootstrap.MiniLm = WordEmbedder  # type: ignore[misc,assignment] # it makes vectors as well
    return service_main(sys.argv[2:])


def main() -> int:
    """Kill, check, print, write; return 1 when anything is wrong."""
    if sys.argv[1:2] == ["--serve"]:
        return serve()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    source, known = random.Random(arguments.seed), Known()  # noqa: S311 - no secret
    wrong: list[str] = []
    under_way = 0
    print(f"seed {arguments.seed}", flush=True)
    with tempfile.TemporaryDirectory() as directory, embedded.running(Path(directory)) as url:
        os.chdir(EXEMPLAR)
        migrations.upgrade(url)
        for time_ in range(arguments.times + 1):
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(LAPSE)
                waiting = connection.execute(WAITING).fetchone() or (0,)
            under_way += waiting[0] > 0
            with served(url) as service:
                found = checked(url, service, known, source)
                wrong += found
                told = f"{time_:>3} {waiting[0]:>3} left behind, {known.acknowledged} acknowledged"
                print(told, *found, flush=True)
                if time_ < arguments.times:
                    callers = [Caller(service, known, n, source.random()) for n in range(CALLERS)]
                    for caller in callers:
                        caller.start()
                    time.sleep(source.uniform(0.05, 2.5))
                    service.process.kill()
                    for caller in callers:
                        caller.join()
    print(f"killed {arguments.times} times, {under_way} of them with documents under way: {len(wrong)} wrong")
    document = {
        "measured": datetime.now(UTC).date().isoformat(),
        "seed": arguments.seed,
        "killed": arguments.times,
        "with_documents_under_way": under_way,
        "acknowledged": known.acknowledged,
        "lost_or_contradicting": len(wrong),
    }
    (RESULTS / "ingestion_kill.json").write_text(json.dumps(document, indent=2) + "\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
