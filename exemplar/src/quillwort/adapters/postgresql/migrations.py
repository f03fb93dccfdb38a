"""Brings a database to the newest migration."""

from pathlib import Path

from alembic import command
from alembic.config import Config

CONFIGURATION = Path("alembic.ini")


def upgrade(url: str) -> None:
    """Run the migrations that the database at `url` lacks; concurrent runs queue.

    Raises:
        FileNotFoundError: when the working directory is not the project's.
    """
    if not CONFIGURATION.exists():
        raise FileNotFoundError(f"{CONFIGURATION.absolute()}: run this where the migrations are")
    config = Config(CONFIGURATION)
    config.attributes["url"] = url
    command.upgrade(config, "head")
