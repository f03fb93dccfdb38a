"""`migrate`: brings the database to the newest migration."""

from argparse import ArgumentParser, Namespace

from quillwort.adapters.postgresql import location
from quillwort.entrypoints.cli.command import CommandError
from quillwort.settings import Settings


class Migrate:
    """Runs what the database lacks; does nothing when it lacks nothing."""

    help = "bring the database to the newest migration"

    def configure(self, parser: ArgumentParser) -> None:
        """Take no arguments."""

    def run(self, settings: Settings, arguments: Namespace) -> None:
        """Run the migrations.

        Raises:
            CommandError: when what they run on is not installed.
        """
        del arguments
        try:
            # Serving does without Alembic and SQLAlchemy, the memory that they take and the room.
            from quillwort.adapters.postgresql import migrations  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise CommandError(
                f"{error.name} is not installed; requirements/migrations.txt has what this needs"
            ) from error
        migrations.upgrade(location.database_url(settings.database))
