"""One SQLite file: connections in threads, one writer, a schema that brings itself up to date."""
