"""Questions in PostgreSQL beside their answers: whatever takes these takes them along."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from quillwort.adapters.postgresql.database import Constraints, Database, Row
from quillwort.assistant.gateway.completions import Bounds, Completion
from quillwort.assistant.rewording.guard import Question
from quillwort.assistant.rewording.rewordings import Kept

OF: Final = """\
SELECT w.question, w.embedding, c.model, c.text
FROM wordings w JOIN completions c ON c.key = w.key
WHERE w.ground = %(ground)s AND c.created_at > now() - make_interval(secs => %(seconds)s)
ORDER BY c.created_at DESC LIMIT %(most)s"""

PUT: Final = """\
INSERT INTO wordings (key, ground, question, embedding)
SELECT key, %(ground)s, %(question)s, %(embedding)s
FROM completions WHERE key = %(key)s
FOR KEY SHARE
ON CONFLICT (key) DO UPDATE SET
    ground = excluded.ground, question = excluded.question, embedding = excluded.embedding"""

_VALUE: Final = np.dtype("<f4")
_SECONDS_A_DAY: Final = 86_400
_NO_CONSTRAINTS: Final = Constraints("wording")


class PostgresqlWordings:
    """Implements `Wordings` over the database that has the completions."""

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._seconds = bounds.days * _SECONDS_A_DAY

    async def of(self, ground: bytes, limit: int) -> Sequence[Kept]:
        """Return some questions; see `Wordings`.

        Raises:
            Unavailable: when the database does not answer.
        """
        parameters = {"ground": ground, "seconds": self._seconds, "most": limit}
        return await self._database.many(OF, parameters, _kept)

    async def put(self, key: bytes, question: Question) -> None:
        """Keep a question; see `Wordings`.

        Raises:
            Unavailable: when the database does not answer.
        """
        parameters = {
            "key": key,
            "ground": question.ground,
            "question": question.text,
            "embedding": question.vector.astype(_VALUE, copy=False).tobytes(),
        }
        await self._database.count(PUT, parameters, _NO_CONSTRAINTS)


def _kept(row: Row) -> Kept:
    question, embedding, model, text = row
    return Kept(question, np.frombuffer(embedding, _VALUE), Completion(model, text))
