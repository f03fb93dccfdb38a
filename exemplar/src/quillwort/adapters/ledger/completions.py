"""Completions in PostgreSQL beside the documents, whose changes take them along."""

from collections.abc import Collection
from typing import Final

from quillwort.adapters.postgresql.database import Constraints, Database
from quillwort.assistant.gateway.completions import Bounds, Completion
from quillwort.assistant.language_models import Source

GET: Final = """\
SELECT model, text FROM completions
WHERE key = %(key)s AND created_at > now() - make_interval(secs => %(seconds)s)"""

PUT: Final = """\
WITH sources AS (
    SELECT d.id
    FROM documents d
    JOIN unnest(%(documents)s::uuid[], %(versions)s::bigint[]) AS s (id, version)
        ON d.id = s.id AND d.indexed_version = s.version
    WHERE d.chunks > 0
    FOR SHARE OF d SKIP LOCKED
), kept AS (
    INSERT INTO completions (key, model, text, created_at)
    SELECT %(key)s, %(model)s, %(text)s, now()
    WHERE (SELECT count(*) FROM sources) = cardinality(%(documents)s::uuid[])
    ON CONFLICT (key) DO UPDATE SET
        model = excluded.model, text = excluded.text, created_at = excluded.created_at
    RETURNING key
)
INSERT INTO completion_documents (key, document_id)
SELECT kept.key, sources.id FROM kept, sources
ON CONFLICT DO NOTHING"""
"""Documents stay as they are until this is kept; nothing rests on one that is being changed."""

TIDY: Final = """\
DELETE FROM completions
WHERE created_at <= greatest(
    now() - make_interval(secs => %(seconds)s),
    (SELECT created_at FROM completions ORDER BY created_at DESC OFFSET %(most)s LIMIT 1)
)"""

TIDY_EVERY: Final = 64
"""Tidying reads an entry of an index for each completion that stays."""

_SECONDS_A_DAY: Final = 86_400
_NO_CONSTRAINTS: Final = Constraints("completion")


class PostgresqlCompletions:
    """Implements `Completions`; a few more than `bounds` says are kept until they are tidied."""

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._seconds = bounds.days * _SECONDS_A_DAY
        self._most = bounds.completions
        self._kept = 0

    async def get(self, key: bytes) -> Completion | None:
        """Return what is kept; see `Completions`.

        Raises:
            Unavailable: when the database does not answer.
        """
        parameters = {"key": key, "seconds": self._seconds}
        return await self._database.one(GET, parameters, lambda row: Completion(*row))

    async def put(self, key: bytes, completion: Completion, sources: Collection[Source]) -> None:
        """Keep an answer, and tidy now and then; see `Completions`.

        Raises:
            Unavailable: when the database does not answer.
        """
        parameters = {
            "key": key,
            "documents": [source.document_id for source in sources],
            "versions": [source.version for source in sources],
            "model": completion.model,
            "text": completion.text,
        }
        await self._database.count(PUT, parameters, _NO_CONSTRAINTS)
        self._kept += 1
        if self._kept % TIDY_EVERY == 1:
            await self.tidy()

    async def tidy(self) -> None:
        """Delete what is too old, and the oldest of too many.

        Raises:
            Unavailable: when the database does not answer.
        """
        parameters = {"seconds": self._seconds, "most": self._most}
        await self._database.count(TIDY, parameters, _NO_CONSTRAINTS)
