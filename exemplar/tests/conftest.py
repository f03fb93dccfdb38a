"""Databases for the tests: a fresh one each, on a real PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
import structlog
from hypothesis import settings
from psycopg.sql import SQL, Identifier

from quillwort.adapters.postgresql import migrations

# Shared machines stall now and then; what is tested is never how long an example takes.
settings.register_profile("tests", deadline=None, max_examples=50)
settings.load_profile("tests")

# structlog's default colours every traceback with its source, which takes seconds.
structlog.configure([structlog.processors.format_exc_info, structlog.processors.JSONRenderer()])


pytest_plugins = sorted(path.stem for path in Path(__file__).parent.glob("own_*.py"))
"""What keeps tests away from files of whoever runs them, where something is kept in files."""

EMPTY: Final = """
DO $$
BEGIN
    EXECUTE (
        SELECT 'TRUNCATE ' || string_agg(format('%I', tablename), ', ')
        FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    );
END $$"""


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A server: TEST_POSTGRES_URL, or one of the tests' own."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    # A server given by address needs no embedded one.
    from quillwort.adapters.postgresql import embedded  # noqa: PLC0415

    # Not below pytest's own directory: run by root, the server is another user's, and every other
    # run of pytest closes that directory to others.
    with (
        TemporaryDirectory(prefix="quillwort-") as directory,
        embedded.running(Path(directory)) as url,
    ):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def migrated(postgresql_url: str) -> Iterator[str]:
    """The name of the migrated database that the tests share, one after another."""
    with _database(postgresql_url, "template1") as name:
        migrations.upgrade(_url(postgresql_url, name))
        yield name


@pytest.fixture
def database_url(postgresql_url: str, migrated: str) -> str:
    """The migrated database, emptied: some twenty times faster than a fresh one for each test."""
    url = _url(postgresql_url, migrated)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(EMPTY)
    return url


@pytest.fixture
def empty_database_url(postgresql_url: str) -> Iterator[str]:
    """A database without tables for one test alone."""
    with _database(postgresql_url, "template1") as name:
        yield _url(postgresql_url, name)


@contextmanager
def _database(url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template))
        )
    yield name
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _url(server: str, database: str) -> str:
    return urlsplit(server)._replace(path=f"/{database}").geturl()
