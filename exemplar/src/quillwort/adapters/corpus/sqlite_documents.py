"""Documents in a SQLite file, and whose turn it is to be indexed."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from quillwort.adapters.sqlite.file import Row
from quillwort.adapters.sqlite.listing import Listing, Sort, kept_moment, moment
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document, Progress

SELECT: Final = """\
SELECT id, owner_id, version, created_at, updated_at, name, title, media_type, digest, size_bytes,
    status, problem, detail, chunks, phase, done, total
FROM documents"""

_THEIRS: Final = "owner_id IN (SELECT value FROM json_each(:labels))"

GET: Final = f"""{SELECT}
WHERE id = :id AND (:labels IS NULL OR {_THEIRS})"""

SUBMIT: Final = """\
INSERT INTO documents (
    id, owner_id, version, created_at, updated_at, name, title, media_type, digest, size_bytes,
    status, chunks
) VALUES (
    :id, :owner_id, :version, :created_at, :updated_at, :name, :title, :media_type, :digest,
    :size_bytes, 'queued', 0
)
ON CONFLICT (owner_id, name) DO UPDATE SET
    version = version + 1,
    updated_at = excluded.updated_at,
    digest = excluded.digest,
    size_bytes = excluded.size_bytes,
    status = 'queued',
    problem = NULL,
    detail = NULL,
    claimed_until = NULL,
    attempts = 0,
    phase = NULL
WHERE digest <> excluded.digest OR status = 'failed'"""
"""Touches no row when the same bytes are kept already."""

BY_NAME: Final = f"""{SELECT}
WHERE owner_id = :owner_id AND name = :name"""

UNCHANGED: Final = f"""{BY_NAME}
    AND digest = :digest AND status <> 'failed'"""

KEEP_CONTENT: Final = """\
INSERT INTO document_contents (document_id, content) VALUES (:id, :content)
ON CONFLICT (document_id) DO UPDATE SET content = excluded.content"""

WAITING: Final = "SELECT count(*) FROM documents WHERE status = 'queued'"

ABANDON: Final = """\
UPDATE documents
SET status = 'failed', problem = 'abandoned', chunks = 0, claimed_until = NULL, phase = NULL,
    detail = 'Indexing it ended the process, more than once.'
WHERE status = 'queued' AND attempts >= :attempts AND claimed_until < :now
RETURNING id, owner_id"""

NEXT: Final = f"""{SELECT}
WHERE status = 'queued' AND (claimed_until IS NULL OR claimed_until < :now)
ORDER BY updated_at, id
LIMIT 1"""

TAKE: Final = """\
UPDATE documents
SET claimed_until = :until, attempts = attempts + 1, phase = 'reading', done = 0, total = 0
WHERE id = :id
RETURNING attempts"""

RELEASE: Final = """\
UPDATE documents SET claimed_until = NULL, attempts = max(attempts - 1, 0)
WHERE id = :id AND version = :version AND status = 'queued'"""

RENEWED: Final = """\
UPDATE documents
SET claimed_until = :until, phase = :phase, done = :done, total = :total,
    attempts = iif(:advanced, 0, attempts)
WHERE id = :id AND version = :version AND status = 'queued'"""

CONTENT: Final = "SELECT content FROM document_contents WHERE document_id = :id"

INDEXED: Final = """\
UPDATE documents
SET status = 'indexed', title = :title, media_type = :media_type, chunks = :chunks,
    indexed_version = version, problem = NULL, detail = NULL, claimed_until = NULL, phase = NULL
WHERE id = :id AND version = :version"""

FAILED: Final = """\
UPDATE documents
SET status = 'failed', problem = :problem, detail = :detail, chunks = 0,
    claimed_until = NULL, phase = NULL
WHERE id = :id AND version = :version"""

DELETE: Final = "DELETE FROM documents WHERE id = :id"

FILTERS: Final[Mapping[str, str]] = {"labels": _THEIRS, "status": "status = :status"}

SORTS: Final[Mapping[str, Sort]] = {
    "created_at": Sort("created_at", moment),
    "name": Sort("name", str),
}


def submitted(document: Document) -> dict[str, object]:
    """Return the parameters of `SUBMIT`."""
    return {
        "id": document.id.bytes,
        "owner_id": document.owner_id,
        "version": document.version,
        "created_at": kept_moment(document.created_at),
        "updated_at": kept_moment(document.updated_at),
        "name": document.name,
        "title": document.title,
        "media_type": document.media_type,
        "digest": document.digest,
        "size_bytes": document.size_bytes,
    }


def document(row: Row) -> Document:
    """Return the document of a row of `SELECT`."""
    (id_, owner_id, version, created_at, updated_at, name, title, *rest) = row
    (media_type, digest, size_bytes, status, problem, detail, chunks, phase, done, total) = rest
    return Document(
        id=UUID(bytes=id_),
        owner_id=owner_id,
        version=version,
        created_at=datetime.fromisoformat(created_at),
        updated_at=datetime.fromisoformat(updated_at),
        name=name,
        title=title,
        media_type=media_type,
        digest=digest,
        size_bytes=size_bytes,
        status=status,
        problem=problem,
        detail=detail,
        chunks=chunks,
        progress=Progress(phase, done, total) if phase else None,
    )


def found(connection: sqlite3.Connection, document_id: UUID, reach: Reach) -> Document | None:
    """Return the document of the key, among those of the labels."""
    parameters = {"id": document_id.bytes, "labels": labels(reach)}
    row = connection.execute(GET, parameters).fetchone()
    return None if row is None else document(row)


def labels(reach: Reach) -> str | None:
    """Return labels as the statements read them, None: for every label."""
    return None if reach is None else json.dumps(sorted(reach))


LISTING: Final = Listing(SELECT, FILTERS, SORTS, document)
