"""Where PostgreSQL is."""

from quillwort.adapters.postgresql.settings import DatabaseSettings


def database_url(settings: DatabaseSettings) -> str:
    """Return the URL that is set, or that of the embedded server, started if need be."""
    if settings.url:
        return settings.url
    # The embedded server is a dependency of development alone.
    from quillwort.adapters.postgresql import embedded  # noqa: PLC0415

    return embedded.start()
