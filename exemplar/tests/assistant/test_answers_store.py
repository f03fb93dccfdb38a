"""Answers in the store: kept whole, found by their asker, rated and forgotten."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from answers import hit
from quillwort.adapters.answers.postgresql import PostgresqlAnswers
from quillwort.adapters.postgresql.database import Database
from quillwort.assistant.answers import Answer, Answers, Feedback
from quillwort.assistant.events import Citation, Done, Failed, PassageFound, Restart, Token, Used
from quillwort.assistant.language_models import Spent

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
EVERYTHING = (
    PassageFound(1, hit("The tenant pays.")),
    Token("Ten…"),
    Restart(),
    Token("The tenant pays."),
    Citation(1, "The tenant pays."),
    Failed("incomplete", "It broke off.", 2.5),
    Used(Spent("a:b", 10, 5, 3, Decimal("0.000123"))),
    Used(Spent("a:b", 0, 0, 0, None, cached=True, written_for="Who must pay?")),
    Done("incomplete"),
)


@pytest.fixture
def answers(database: Database) -> Answers:
    return PostgresqlAnswers(database)


def answer(number: int, asker: str = "alice", asked: datetime = NOON) -> Answer:
    finished = asked + timedelta(seconds=1)
    return Answer(UUID(int=number), asker, "Who pays?", "v1", asked, EVERYTHING, finished)


async def test_an_answer_is_kept_whole(answers: Answers) -> None:
    await answers.keep(answer(1))
    assert await answers.get(UUID(int=1), "alice") == answer(1)
    assert await answers.get(UUID(int=1), None) == answer(1)


async def test_others_do_not_find_or_rate_it(answers: Answers) -> None:
    await answers.keep(answer(1))
    assert await answers.get(UUID(int=1), "bob") is None
    assert await answers.get(UUID(int=2), "alice") is None
    assert not await answers.rate(UUID(int=1), "bob", Feedback(helpful=True))


async def test_the_last_feedback_counts(answers: Answers) -> None:
    await answers.keep(answer(1))
    for feedback in (Feedback(helpful=False, comment="No."), Feedback(helpful=True)):
        assert await answers.rate(UUID(int=1), "alice", feedback)
        kept = await answers.get(UUID(int=1), "alice")
        assert kept is not None
        assert kept.feedback == feedback


async def test_old_answers_are_forgotten(answers: Answers) -> None:
    await answers.keep(answer(1, asked=NOON - timedelta(days=1)))
    await answers.keep(answer(2))
    assert await answers.forget(NOON) == 1
    assert await answers.forget(NOON) == 0
    assert await answers.get(UUID(int=1), None) is None
    assert await answers.get(UUID(int=2), None) is not None
