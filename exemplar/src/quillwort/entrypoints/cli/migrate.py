"""`migrate`: brings the database to the newest migration."""

from argparse import ArgumentParser, Namespace

from quillwort.adapters.postgresql import location
from quillwort.settings import Settings


class Migrate:
    """Runs what the database lacks; does nothing when it lacks nothing."""

    help = "bring the database to the newest migration"

    def configure(self, parser: ArgumentParser) -> None:
        """Take no arguments."""

    def run(self, settings: Settings, arguments: Namespace) -> None:
        """Run the migrations."""
        del arguments
        # Serving does without Alembic and SQLAlchemy, and the memory that they take.
        from quillwort.adapters.postgresql import migrations  # noqa: PLC0415

        migrations.upgrade(location.database_url(settings.database))
