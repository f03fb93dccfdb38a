"""Completions in the SQLite file of the documents, so that a change of these takes them along."""

import sqlite3
import time
from collections.abc import Collection
from typing import Final

from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.gateway.completions import Bounds, Completion
from quillwort.assistant.language_models import Source

TABLES: Final = (
    """
    CREATE TABLE IF NOT EXISTS completions (
        key BLOB NOT NULL PRIMARY KEY,
        model TEXT NOT NULL,
        text TEXT NOT NULL,
        created_at REAL NOT NULL
    ) STRICT
    """,
    "CREATE INDEX IF NOT EXISTS completions_created_at ON completions (created_at)",
    """
    CREATE TABLE IF NOT EXISTS completion_documents (
        key BLOB NOT NULL REFERENCES completions (key) ON DELETE CASCADE,
        document_id BLOB NOT NULL,
        PRIMARY KEY (key, document_id)
    ) STRICT
    """,
    """
    CREATE INDEX IF NOT EXISTS completion_documents_document
    ON completion_documents (document_id)
    """,
    # Whatever changes what can be found of a document writes how many chunks it has.
    """
    CREATE TRIGGER IF NOT EXISTS documents_change_forgets AFTER UPDATE OF chunks ON documents
    BEGIN
        DELETE FROM completions WHERE key IN (
            SELECT key FROM completion_documents WHERE document_id = old.id
        );
    END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS documents_removal_forgets AFTER DELETE ON documents
    BEGIN
        DELETE FROM completions WHERE key IN (
            SELECT key FROM completion_documents WHERE document_id = old.id
        );
    END
    """,
)

_GET: Final = "SELECT model, text FROM completions WHERE key = :key AND created_at > :since"

_FOUND: Final = """\
SELECT 1 FROM documents WHERE id = :id AND indexed_version = :version AND chunks > 0"""

_PUT: Final = """\
INSERT INTO completions (key, model, text, created_at)
VALUES (:key, :model, :text, :now)
ON CONFLICT (key) DO UPDATE SET
    model = excluded.model, text = excluded.text, created_at = excluded.created_at"""

_REST: Final = """\
INSERT INTO completion_documents (key, document_id) VALUES (:key, :id)
ON CONFLICT DO NOTHING"""

_TIDY: Final = """\
DELETE FROM completions WHERE created_at <= max(:since, coalesce(
    (SELECT created_at FROM completions ORDER BY created_at DESC LIMIT 1 OFFSET :most), 0
))"""

_SECONDS_A_DAY: Final = 86_400


class SqliteCompletions:
    """Implements `Completions` over the file that the documents are in.

    Its table is made when the first answer is kept. Each method raises `Unavailable` when the file
    cannot be read or written.
    """

    def __init__(self, file: SqliteFile, bounds: Bounds) -> None:
        self._file = file
        self._seconds = bounds.days * _SECONDS_A_DAY
        self._most = bounds.completions
        self._made = False

    async def get(self, key: bytes) -> Completion | None:
        """Return what is kept; see `Completions`."""
        await self._make()
        parameters = {"key": key, "since": time.time() - self._seconds}

        def work(connection: sqlite3.Connection) -> Completion | None:
            row = connection.execute(_GET, parameters).fetchone()
            return None if row is None else Completion(*row)

        return await self._file.read(work)

    async def put(self, key: bytes, completion: Completion, sources: Collection[Source]) -> None:
        """Keep an answer, and delete what is too old or too much; see `Completions`."""
        await self._make()
        now = time.time()
        parameters = {"key": key, "model": completion.model, "text": completion.text, "now": now}
        rests = [
            {"key": key, "id": source.document_id.bytes, "version": source.version}
            for source in sources
        ]

        def work(connection: sqlite3.Connection) -> None:
            if not all(connection.execute(_FOUND, each).fetchone() for each in rests):
                return
            connection.execute(_PUT, parameters)
            connection.executemany(_REST, rests)
            connection.execute(_TIDY, {"since": now - self._seconds, "most": self._most})

        await self._file.write(work)

    async def _make(self) -> None:
        if self._made:
            return

        def work(connection: sqlite3.Connection) -> None:
            for statement in TABLES:
                connection.execute(statement)

        await self._file.write(work)
        self._made = True
