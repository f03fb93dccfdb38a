"""The tables of a corpus in a SQLite file."""

from typing import Final

from quillwort.adapters.sqlite.schema import Steps

STEPS: Final[Steps] = (
    (
        """
        CREATE TABLE documents (
            id BLOB NOT NULL PRIMARY KEY,
            owner_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            name TEXT NOT NULL,
            title TEXT NOT NULL,
            media_type TEXT NOT NULL,
            digest TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('queued', 'indexed', 'failed')),
            problem TEXT,
            detail TEXT,
            chunks INTEGER NOT NULL,
            claimed_until REAL,
            attempts INTEGER NOT NULL DEFAULT 0,
            UNIQUE (owner_id, name)
        ) STRICT
        """,
        "CREATE INDEX documents_created_at ON documents (created_at, id)",
        "CREATE INDEX documents_owner_created_at ON documents (owner_id, created_at, id)",
        "CREATE INDEX documents_name ON documents (name, id)",
        "CREATE INDEX documents_owner_name ON documents (owner_id, name, id)",
        "CREATE INDEX documents_owner_status ON documents (owner_id, status, created_at, id)",
        "CREATE INDEX documents_queued ON documents (updated_at, id) WHERE status = 'queued'",
        """
        CREATE TABLE document_contents (
            document_id BLOB NOT NULL PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
            content BLOB NOT NULL
        ) STRICT
        """,
        # Numbers are never given again: what is kept of one in memory is never another's.
        """
        CREATE TABLE chunks (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            owner_id TEXT NOT NULL,
            document_id BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            position INTEGER NOT NULL,
            headings TEXT NOT NULL,
            text TEXT NOT NULL,
            tokens INTEGER NOT NULL,
            page INTEGER,
            UNIQUE (document_id, position)
        ) STRICT
        """,
        # Apart from the text, so that reading every vector reads nothing else.
        """
        CREATE TABLE vectors (
            number INTEGER PRIMARY KEY REFERENCES chunks (number) ON DELETE CASCADE,
            owner_id TEXT NOT NULL,
            model TEXT NOT NULL,
            embedding BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE vector_changes (
            generation INTEGER PRIMARY KEY AUTOINCREMENT,
            removed BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE postings (
            owner_id TEXT NOT NULL,
            term TEXT NOT NULL,
            page INTEGER NOT NULL,
            entries BLOB NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX postings_term ON postings (term, owner_id, page)",
        """
        CREATE TABLE keyword_statistics (
            owner_id TEXT NOT NULL PRIMARY KEY,
            chunks INTEGER NOT NULL,
            terms INTEGER NOT NULL
        ) STRICT
        """,
    ),
)
