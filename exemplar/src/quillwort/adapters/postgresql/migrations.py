"""Brings a database to the newest migration."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import OperationalError

from quillwort.domain.errors import Unavailable

CONFIGURATION = Path("alembic.ini")


def upgrade(url: str) -> None:
    """Run the migrations that the database at `url` lacks; concurrent runs queue.

    Raises:
        FileNotFoundError: when the working directory is not the project's.
        Unavailable: when the database does not answer.
    """
    if not CONFIGURATION.exists():
        raise FileNotFoundError(f"{CONFIGURATION.absolute()}: run this where the migrations are")
    config = Config(CONFIGURATION)
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except OperationalError as error:
        raise Unavailable(f"The database cannot be migrated: {error.orig}") from error
