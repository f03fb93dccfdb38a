"""Documents in PostgreSQL, and whose turn it is to be indexed."""

from collections.abc import Mapping
from typing import Final, LiteralString
from uuid import UUID

from quillwort.adapters.postgresql.database import Database, Row
from quillwort.adapters.postgresql.paging import Listing, Sort, moment
from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document, Progress

SELECT: Final = """\
SELECT id, owner_id, version, created_at, updated_at, name, title, media_type, digest, size_bytes,
    status, problem, detail, chunks, phase, done, total
FROM documents"""

RETURNING: Final = """\
RETURNING id, owner_id, version, created_at, updated_at, name, title, media_type, digest,
    size_bytes, status, problem, detail, chunks, phase, done, total"""

GET: Final = f"""{SELECT}
WHERE id = %(id)s AND (%(labels)s::text[] IS NULL OR owner_id = ANY(%(labels)s))"""

_KEEP: Final = """\
INSERT INTO documents AS kept (
    id, owner_id, version, created_at, updated_at, name, title, media_type, digest, size_bytes,
    status, chunks
) VALUES (
    %(id)s, %(owner_id)s, %(version)s, %(created_at)s, %(updated_at)s, %(name)s, %(title)s,
    %(media_type)s, %(digest)s, %(size_bytes)s, 'queued', 0
)
ON CONFLICT (owner_id, name) DO UPDATE SET
    version = kept.version + 1,
    updated_at = excluded.updated_at,
    digest = excluded.digest,
    size_bytes = excluded.size_bytes,
    status = 'queued',
    problem = NULL,
    detail = NULL,
    claimed_until = NULL,
    attempts = 0,
    phase = NULL
WHERE kept.digest <> excluded.digest OR kept.status = 'failed'"""

SUBMIT: Final = f"""\
WITH kept AS (
{_KEEP}
{RETURNING}
), content AS (
INSERT INTO document_contents (document_id, content) SELECT id, %(content)s FROM kept
ON CONFLICT (document_id) DO UPDATE SET content = excluded.content
)
SELECT * FROM kept"""  # noqa: S608 - of constants
"""Gives no row when the same bytes are kept already."""

BY_NAME: Final = f"""{SELECT}
WHERE owner_id = %(owner_id)s AND name = %(name)s"""

UNCHANGED: Final = f"""{BY_NAME}
    AND digest = %(digest)s AND status <> 'failed'"""

WAITING: Final = "SELECT count(*) FROM documents WHERE status = 'queued'"
ABANDON: Final = """\
UPDATE documents
SET status = 'failed', problem = 'abandoned', chunks = 0, claimed_until = NULL, phase = NULL,
    detail = 'Indexing it ended the process, more than once.'
WHERE owner_id = %(owner)s AND status = 'queued' AND attempts >= %(attempts)s
    AND claimed_until < now()
RETURNING id"""

_TAKE: Final = """\
WITH next AS (
    SELECT id AS next_id FROM documents
    WHERE status = 'queued' AND attempts < %(attempts)s
        AND (claimed_until IS NULL OR claimed_until < now())
    ORDER BY updated_at, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
UPDATE documents
SET claimed_until = now() + make_interval(secs => %(seconds)s), attempts = attempts + 1,
    phase = 'reading', done = 0, total = 0
FROM next
WHERE id = next_id"""

CLAIM: Final = f"""{_TAKE}
{RETURNING}, attempts"""

RELEASE: Final = """\
UPDATE documents SET claimed_until = NULL, attempts = greatest(attempts - 1, 0)
WHERE id = %(id)s AND version = %(version)s AND status = 'queued'"""

CONTENT: Final = "SELECT content FROM document_contents WHERE document_id = %(id)s"

RENEWED: Final = """\
UPDATE documents
SET claimed_until = now() + make_interval(secs => %(seconds)s), phase = %(phase)s, done = %(done)s,
    total = %(total)s, attempts = CASE WHEN %(advanced)s THEN 0 ELSE attempts END
WHERE id = %(id)s AND version = %(version)s AND status = 'queued'"""

INDEXED: Final = """\
UPDATE documents
SET status = 'indexed', title = %(title)s, media_type = %(media_type)s, chunks = %(chunks)s,
    indexed_version = version, problem = NULL, detail = NULL, claimed_until = NULL, phase = NULL
WHERE id = %(id)s AND version = %(version)s"""

FAILED: Final = """\
UPDATE documents
SET status = 'failed', problem = %(problem)s, detail = %(detail)s, chunks = 0,
    claimed_until = NULL, phase = NULL
WHERE id = %(id)s AND version = %(version)s"""

DELETE: Final = "DELETE FROM documents WHERE id = %(id)s AND owner_id = %(owner)s"

FILTERS: Final[Mapping[str, LiteralString]] = {
    "labels": "owner_id = one",
    "status": "status = %(status)s",
}

SORTS: Final[Mapping[str, Sort]] = {
    "created_at": Sort("created_at", moment),
    "name": Sort("name", str),
}


def submitted(document: Document) -> dict[str, object]:
    """Return the parameters of `SUBMIT`."""
    return {
        "id": document.id,
        "owner_id": document.owner_id,
        "version": document.version,
        "created_at": document.created_at,
        "updated_at": document.updated_at,
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
        id=id_,
        owner_id=owner_id,
        version=version,
        created_at=created_at,
        updated_at=updated_at,
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


async def found(database: Database, document_id: UUID, reach: Reach) -> Document | None:
    """Return the document of the key, among those of the labels."""
    return await database.one(GET, {"id": document_id, "labels": labels(reach)}, document)


def labels(reach: Reach) -> list[str] | None:
    """Return labels as an array of SQL, None: for every label."""
    return None if reach is None else sorted(reach)


LISTING: Final = Listing(SELECT, FILTERS, SORTS, document, each="labels")
