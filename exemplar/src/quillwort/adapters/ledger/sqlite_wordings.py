"""Questions in the SQLite file beside their answers: whatever takes these takes them along."""

import sqlite3
import time
from collections.abc import Sequence
from typing import Final

import numpy as np

from quillwort.adapters.ledger.sqlite import TABLES
from quillwort.adapters.sqlite.file import Row, SqliteFile
from quillwort.assistant.gateway.completions import Bounds, Completion
from quillwort.assistant.rewording.guard import Question
from quillwort.assistant.rewording.rewordings import Kept

_TABLES: Final = (
    *TABLES,
    """
    CREATE TABLE IF NOT EXISTS wordings (
        key BLOB NOT NULL PRIMARY KEY REFERENCES completions (key) ON DELETE CASCADE,
        ground BLOB NOT NULL,
        question TEXT NOT NULL,
        embedding BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX IF NOT EXISTS wordings_ground ON wordings (ground)",
)

_OF: Final = """\
SELECT w.question, w.embedding, c.model, c.text
FROM wordings w JOIN completions c ON c.key = w.key
WHERE w.ground = :ground AND c.created_at > :since
ORDER BY c.created_at DESC LIMIT :most"""

_PUT: Final = """\
INSERT INTO wordings (key, ground, question, embedding)
SELECT key, :ground, :question, :embedding FROM completions WHERE key = :key
ON CONFLICT (key) DO UPDATE SET
    ground = excluded.ground, question = excluded.question, embedding = excluded.embedding"""

_VALUE: Final = np.dtype("<f4")
_SECONDS_A_DAY: Final = 86_400


class SqliteWordings:
    """Implements `Wordings` over the file that the completions are in.

    Its table is made when the first question is looked for. Each method raises `Unavailable` when
    the file cannot be read or written.
    """

    def __init__(self, file: SqliteFile, bounds: Bounds) -> None:
        self._file = file
        self._seconds = bounds.days * _SECONDS_A_DAY
        self._made = False

    async def of(self, ground: bytes, limit: int) -> Sequence[Kept]:
        """Return some questions; see `Wordings`."""
        await self._make()
        parameters = {"ground": ground, "since": time.time() - self._seconds, "most": limit}

        def work(connection: sqlite3.Connection) -> Sequence[Kept]:
            return [_kept(row) for row in connection.execute(_OF, parameters)]

        return await self._file.read(work)

    async def put(self, key: bytes, question: Question) -> None:
        """Keep a question; see `Wordings`."""
        await self._make()
        parameters = {
            "key": key,
            "ground": question.ground,
            "question": question.text,
            "embedding": question.vector.astype(_VALUE, copy=False).tobytes(),
        }

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_PUT, parameters)

        await self._file.write(work)

    async def _make(self) -> None:
        if self._made:
            return

        def work(connection: sqlite3.Connection) -> None:
            for statement in _TABLES:
                connection.execute(statement)

        await self._file.write(work)
        self._made = True


def _kept(row: Row) -> Kept:
    question, embedding, model, text = row
    return Kept(question, np.frombuffer(embedding, _VALUE), Completion(model, text))
