"""The migrations of every shape of entities, done and undone on PostgreSQL."""

import asyncio
import sys
from pathlib import Path
from types import ModuleType

import psycopg
import pytest
from designs import design
from shapes import SHAPES

from architect.build.engine import build
from architect.verify.environment import environment, scratch
from architect.verify.postgres import embedded

EXEMPLAR = Path(__file__).parents[2] / "exemplar"
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"

pytestmark = pytest.mark.project


def migration(shape: str, tenancy: str) -> str:
    project = build(design("x", *SHAPES[shape], tenancy=tenancy), "name: x\n")
    (text,) = [file.content for file in project.files if file.path == "migrations/versions/0001_initial.py"]
    return text.decode()


class Operations(ModuleType):
    """Stands where the migration imports ``alembic.op`` from."""

    def __init__(self, connection: psycopg.Connection) -> None:
        super().__init__("alembic")
        self.op = self
        self.execute = connection.execute


def done_and_undone(text: str, url: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many tables there are after going up, down, up and down again."""
    counts = []
    with psycopg.connect(url, autocommit=True) as connection:
        monkeypatch.setitem(sys.modules, "alembic", Operations(connection))
        made: dict[str, object] = {}
        exec(compile(text, "0001_initial.py", "exec"), made)  # noqa: S102 - the migration, as Alembic runs it
        for step in ("upgrade", "downgrade") * 2:
            act = made[step]
            assert callable(act)
            act()
            (count,) = connection.execute(TABLES).fetchone() or (-1,)
            counts.append(count)
    return counts


def test_every_migration_can_be_undone_and_done_again(monkeypatch: pytest.MonkeyPatch):
    async def scenario() -> None:
        python = await environment(EXEMPLAR, lambda _: None)
        with scratch() as directory:
            async with embedded(python, directory) as server:
                for shape in SHAPES:
                    for tenancy in ("owner_rows", "shared_tables"):
                        async with server.database() as url:
                            text = migration(shape, tenancy)
                            counts = await asyncio.to_thread(done_and_undone, text, url, monkeypatch)
                            assert counts == [len(SHAPES[shape]), 0] * 2, (shape, tenancy)

    asyncio.run(scenario())
