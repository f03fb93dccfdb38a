"""Databases for boots: fresh, copied from a template, and gone afterwards, on every server at hand."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from architect import app
from architect.model.brief import Assistant, Brief
from architect.model.report import GateResult
from architect.verify.bench import Bench
from architect.verify.environment import environment, scratch
from architect.verify.gate import Gate
from architect.verify.postgres import Server, embedded
from architect.verify.run import Choice, run_gates
from architect.verify.subject import Subject

EXEMPLAR = Path(__file__).parents[2] / "exemplar"


def servers() -> dict[str, str]:
    """The embedded server everywhere, and one that runs here."""
    url = os.environ.get("TEST_POSTGRES_URL") or "postgresql://postgres@127.0.0.1:5432"
    try:
        psycopg.connect(f"{url}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        assert "TEST_POSTGRES_URL" not in os.environ, f"nothing answers at {url}"
        return {"embedded": ""}
    return {"embedded": "", "running": url}


SERVERS = servers()
pytestmark = pytest.mark.project


@pytest.fixture(scope="module")
def python() -> Path:
    return asyncio.run(environment(EXEMPLAR, lambda _: None))


@pytest.fixture(params=list(SERVERS))
def url(request: pytest.FixtureRequest) -> str:
    return SERVERS[request.param]


async def query(url: str, statement: bytes) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as link:
        cursor = await link.execute(statement)
        return await cursor.fetchall() if cursor.description else []


async def databases(server: Server) -> set[object]:
    return {name for (name,) in await query(server.address("postgres"), b"SELECT datname FROM pg_database")}


@pytest.fixture
def directory() -> Iterator[Path]:
    """Not pytest's own: that belongs to its user alone, and PostgreSQL runs as another when we are root."""
    with scratch() as made:
        yield made


def on_server(url: str, python: Path, directory: Path, act: Callable[[Server], Awaitable[None]]) -> None:
    async def scenario() -> None:
        if url:
            await act(Server(url))
            return
        async with embedded(python, directory) as server:
            await act(server)
            assert server.log is not None
            assert "ready to accept connections" in server.log.read_text(encoding="utf-8")

    asyncio.run(scenario())


def test_a_fresh_database_is_a_copy_of_its_template_and_gone_afterwards(
    url: str, python: Path, directory: Path
):
    async def act(server: Server) -> None:
        before = await databases(server)
        async with server.database() as model:
            await query(model, b"CREATE TABLE kept (n int)")
            name = model.rpartition("/")[2]
            async with server.database(name) as copy:
                assert await query(copy, b"SELECT count(*) FROM kept") == [(0,)]
                await query(copy, b"INSERT INTO kept VALUES (1)")
            assert await query(model, b"SELECT count(*) FROM kept") == [(0,)]
        assert await databases(server) == before

    on_server(url, python, directory, act)


def test_a_database_is_dropped_with_whoever_is_still_connected(url: str, python: Path, directory: Path):
    async def act(server: Server) -> None:
        before = await databases(server)
        async with server.database() as address:
            await psycopg.AsyncConnection.connect(address)
        assert await databases(server) == before

    on_server(url, python, directory, act)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exemplar without its assistant: pgvector is not on every server."""
    known = replace(app.brief(str(EXEMPLAR / "architect.yaml")), assistant=Assistant())
    directory = tmp_path_factory.mktemp("plain") / "quillwort"
    app.write(app.build(app.design(app.complete(known))), directory, lambda _: None)
    return directory


def test_a_service_boots_on_a_migrated_database_and_leaves_none_behind(url: str, python: Path, plain: Path):
    seen: list[object] = []

    async def run(bench: Bench) -> None:
        for _ in range(2):
            async with bench.boot() as service, service.client() as client:
                seen.append((await client.get("/readyz")).status_code)
                tables = await query(
                    service.database_url,
                    b"SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
                )
                seen.append(("specimens",) in tables)
                assert service.process.cpu_seconds() > 0
            seen.append(service.process.status)
        bench.sheet.ran("boots")

    def verified() -> GateResult:
        gate = Gate("boots", "boots", ("boots",), run, ("service",))
        subject = Subject(plain, "quillwort", "quillwort", Brief(), python=python)
        choice = Choice((gate,))
        (only,) = asyncio.run(run_gates(subject, choice, lambda _: None, postgres_url=url or None)).results
        return only

    before = asyncio.run(databases(Server(url))) if url else set()
    found = verified()
    assert (found.outcome, found.reason) == ("passed", "")
    assert seen == [200, True, 0, 200, True, 0]
    if url:
        assert asyncio.run(databases(Server(url))) == before


def test_an_environment_without_postgresql_is_told_in_one_line(tmp_path: Path):
    async def start() -> None:
        async with embedded(Path("/usr/bin/python3"), tmp_path):
            pass

    with pytest.raises(RuntimeError, match="cannot make a PostgreSQL cluster: ModuleNotFoundError"):
        asyncio.run(start())
