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
    try:
        command.upgrade(_configuration(url), "head")
    except OperationalError as error:
        reason = str(error.orig).partition("\n")[0]
        raise Unavailable(f"The database cannot be migrated: {reason}") from error


def downgrade(url: str) -> None:
    """Undo every migration, and lose all data.

    Raises:
        FileNotFoundError: when the working directory is not the project's.
    """
    command.downgrade(_configuration(url), "base")


def _configuration(url: str) -> Config:
    if not CONFIGURATION.exists():
        raise FileNotFoundError(f"{CONFIGURATION.absolute()}: run this where the migrations are")
    config = Config(CONFIGURATION)
    config.attributes["url"] = url
    return config
