"""The process as it is run: it starts, serves, drains and says why it does not."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from entities import EXAMPLES
from quillwort.__main__ import main
from quillwort.bootstrap import COMMANDS

SECONDS = 60.0


@dataclass
class Running:
    """A process that serves, and what it has said so far."""

    process: subprocess.Popen[str]
    ready: dict[str, Any]

    @property
    def url(self) -> str:
        """Where REST is."""
        return f"http://127.0.0.1:{self.ready['http_port']}"

    def stop(self) -> tuple[int, list[dict[str, Any]]]:
        """Wait for the end, and return the status and the remaining lines."""
        said, _ = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, [json.loads(line) for line in said.splitlines()]


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database_url,
        "DATABASE_POOL_SIZE": "2",
        "HTTP_PORT": "0",
        "GRPC_PORT": "0",
        "SHUTDOWN_GRACE_SECONDS": "10",
        "PYTHONPATH": str(Path("src").resolve()),
        # Where vectors are in Qdrant: its small store is for one process, and production has none.
        "QDRANT_URL": "http://127.0.0.1:1",
    }


@contextmanager
def running(environment: dict[str, str], *arguments: str) -> Iterator[Running]:
    process = subprocess.Popen(  # noqa: S603 - this Python
        [sys.executable, "-m", "quillwort", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = map(json.loads, process.stdout)
        yield Running(process, next(line for line in said if line["event"] == "ready"))
    finally:
        process.kill()
        process.communicate()


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-m", "quillwort", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def caller(environment: dict[str, str]) -> dict[str, str]:
    """Return the headers of a caller, if this project asks for any."""
    if "token" not in COMMANDS:
        return {}
    return {"Authorization": f"Bearer {run(environment, 'token').stdout.strip()}"}


def test_it_serves_from_an_empty_database_and_logs_each_request_once(
    environment: dict[str, str], empty_database_url: str
) -> None:
    environment["DATABASE_URL"] = empty_database_url
    headers = caller(environment) | {"X-Request-ID": "request-1"}
    with running(environment, "api") as served:
        answer = httpx.get(f"{served.url}/v1/{EXAMPLES[0].plural}", headers=headers)
        assert (answer.status_code, answer.json()["items"]) == (200, [])
        served.process.send_signal(signal.SIGTERM)
        status, lines = served.stop()
    assert status == 0
    (line,) = (line for line in lines if line.get("request_id") == "request-1")
    assert (line["event"], line["method"], line["status"]) == ("request", "GET", 200)
    assert line["path"] == f"/v1/{EXAMPLES[0].plural}"
    assert not any(secret in json.dumps(lines) for secret in headers.values() if " " in secret)


def test_a_request_under_way_is_finished_after_sigterm(
    environment: dict[str, str], database_url: str
) -> None:
    headers = caller(environment)
    with (
        running(environment, "all") as served,
        psycopg.connect(database_url) as blocker,
        ThreadPoolExecutor() as threads,
    ):
        blocker.execute(f"LOCK TABLE {EXAMPLES[0].plural} IN ACCESS EXCLUSIVE MODE")
        path = f"{served.url}/v1/{EXAMPLES[0].plural}"
        answer = threads.submit(httpx.get, path, headers=headers, timeout=SECONDS)
        _wait_until_blocked(database_url)
        served.process.send_signal(signal.SIGTERM)
        _wait_until_refused(served.ready["http_port"])
        blocker.rollback()
        assert answer.result(SECONDS).status_code == 200
        status, lines = served.stop()
    assert status == 0
    events = [line["event"] for line in lines]
    assert [each for each in events if each in {"draining", "stopped"}] == ["draining", "stopped"]
    assert events[-1] == "stopped"
    (line,) = (line for line in lines if line.get("path") == f"/v1/{EXAMPLES[0].plural}")
    assert line["status"] == 200


def test_without_its_database_it_lives_but_is_not_ready(environment: dict[str, str]) -> None:
    environment["ENVIRONMENT"] = "production"
    environment["DATABASE_URL"] = "postgresql://postgres@127.0.0.1:1/none"
    environment["AUTH_ISSUER"] = "https://issuer.example.com"
    environment["AUTH_JWKS_URL"] = "file:///nowhere.json"
    with running(environment, "api") as served:
        assert httpx.get(f"{served.url}/livez").status_code == 200
        answer = httpx.get(f"{served.url}/readyz")
        assert (answer.status_code, answer.json()["checks"]["database"]) == (503, False)


def test_production_refuses_what_is_for_development(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (environment | {"ENVIRONMENT": "production", "DATABASE_URL": ""}).items():
        monkeypatch.setenv(name, value)
    for command in ("all", "migrate"):
        assert main([command]) == 2
        assert "quillwort: DATABASE_URL: production needs one" in capsys.readouterr().err


def test_a_malformed_setting_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTP_PORT", "many")
    assert main(["api"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("quillwort: HTTP_PORT: ")


def test_what_goes_wrong_at_the_start_is_one_line(environment: dict[str, str]) -> None:
    with running(environment, "api") as served:
        taken = environment | {"HTTP_PORT": str(served.ready["http_port"])}
        unreachable = environment | {"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/none"}
        for settings in (taken, unreachable):
            done = run(settings, "api")
            assert done.returncode == 1
            (line,) = done.stderr.splitlines()
            assert line.startswith("quillwort: ")


def _wait_until_blocked(url: str) -> None:
    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        _wait_for(lambda: connection.execute(query).fetchone() == (1,))


def _wait_until_refused(port: int) -> None:
    def refused() -> bool:
        try:
            httpx.get(f"http://127.0.0.1:{port}/livez")
        except httpx.ConnectError:
            return True
        except httpx.TransportError:  # taken in, and closed with everything that has no request
            return False
        return False

    _wait_for(refused)


def _wait_for(condition: Any) -> None:
    ends = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)
