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
            indexed_version INTEGER NOT NULL DEFAULT 0,
            phase TEXT,
            done INTEGER NOT NULL DEFAULT 0,
            total INTEGER NOT NULL DEFAULT 0,
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
            digest BLOB NOT NULL,
            UNIQUE (document_id, key)
        ) STRICT
        """,
        "CREATE INDEX chunks_digest ON chunks (digest)",
        """
        CREATE TABLE embedding_models (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            serves INTEGER NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX embedding_models_serves ON embedding_models (serves) WHERE serves",
        # Apart from the text, so that reading every vector reads nothing else.
        """
        CREATE TABLE vectors (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            number INTEGER NOT NULL REFERENCES chunks (number) ON DELETE CASCADE,
            model_id INTEGER NOT NULL REFERENCES embedding_models (id),
            owner_id TEXT NOT NULL,
            embedding BLOB NOT NULL,
            UNIQUE (number, model_id)
        ) STRICT
        """,
        """
        CREATE TABLE staged_vectors (
            document_id BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
            model_id INTEGER NOT NULL REFERENCES embedding_models (id),
            digest BLOB NOT NULL,
            embedding BLOB NOT NULL,
            PRIMARY KEY (digest, model_id, document_id)
        ) STRICT
        """,
        "CREATE INDEX staged_vectors_document ON staged_vectors (document_id)",
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
