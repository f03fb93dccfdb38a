"""How Alembic runs: on one connection, in one transaction, one process at a time."""

import os
from typing import Any

import psycopg
from alembic import context
from sqlalchemy import create_engine, pool, text

# Any fixed number; concurrent runs queue on it instead of colliding.
LOCK = 4_417_731


def run_offline() -> None:
    """Print the SQL instead of running it."""
    context.configure(dialect_name="postgresql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run what the database lacks."""
    url = context.config.attributes.get("url") or os.environ["DATABASE_URL"]

    def connect() -> psycopg.Connection[Any]:
        return psycopg.connect(url, connect_timeout=10)

    engine = create_engine("postgresql+psycopg://", creator=connect, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection)
        with context.begin_transaction():
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            # A migration that waits for a lock makes every later statement wait behind it.
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
