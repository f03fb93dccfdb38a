"""Answers in PostgreSQL."""

from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from quillwort.adapters.answers.encoding import decoded, encoded
from quillwort.adapters.postgresql.database import Constraints, Database, Row
from quillwort.assistant.answers import Answer, Feedback

_KEEP: Final = """\
INSERT INTO answers (
    id, asker, question, outcome, model, prompt_version, events, created_at, finished_at
) VALUES (
    %(id)s, %(asker)s, %(question)s, %(outcome)s, %(model)s, %(prompt_version)s, %(events)s,
    %(created_at)s, %(finished_at)s
)"""

_GET: Final = """\
SELECT id, asker, question, prompt_version, events, created_at, finished_at, helpful, comment
FROM answers
WHERE id = %(id)s AND (%(asker)s::text IS NULL OR asker = %(asker)s)"""

_RATE: Final = """\
UPDATE answers SET helpful = %(helpful)s, comment = %(comment)s
WHERE id = %(id)s AND (%(asker)s::text IS NULL OR asker = %(asker)s)"""

_FORGET: Final = """\
DELETE FROM answers WHERE id IN (
    SELECT id FROM answers WHERE created_at < %(before)s ORDER BY created_at LIMIT 1000
)"""

_CONSTRAINTS: Final = Constraints("answer")


class PostgresqlAnswers:
    """The `Answers` over PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, answer: Answer) -> None:
        """Insert the row."""
        parameters = {
            "id": answer.id,
            "asker": answer.asker,
            "question": answer.question,
            "outcome": answer.outcome,
            "model": None if answer.spent is None else answer.spent.model,
            "prompt_version": answer.version,
            "events": Jsonb(encoded(answer.events)),
            "created_at": answer.created_at,
            "finished_at": answer.finished_at,
        }
        await self._database.count(_KEEP, parameters, _CONSTRAINTS)

    async def get(self, answer_id: UUID, asker: str | None) -> Answer | None:
        """Return the row of the key."""
        return await self._database.one(_GET, {"id": answer_id, "asker": asker}, _answer)

    async def rate(self, answer_id: UUID, asker: str | None, feedback: Feedback) -> bool:
        """Update the row."""
        parameters = {
            "id": answer_id,
            "asker": asker,
            "helpful": feedback.helpful,
            "comment": feedback.comment,
        }
        return await self._database.count(_RATE, parameters, _CONSTRAINTS) == 1

    async def forget(self, before: datetime) -> int:
        """Delete the oldest rows, so few that the statement is soon done."""
        return await self._database.count(_FORGET, {"before": before}, _CONSTRAINTS)


def _answer(row: Row) -> Answer:
    (
        answer_id,
        asker,
        question,
        prompt_version,
        events,
        created_at,
        finished_at,
        helpful,
        comment,
    ) = row
    return Answer(
        id=answer_id,
        asker=asker,
        question=question,
        version=prompt_version,
        created_at=created_at,
        events=decoded(events),
        finished_at=finished_at,
        feedback=None if helpful is None else Feedback(helpful, comment),
    )
