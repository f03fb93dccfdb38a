"""Questions in PostgreSQL, beside the answers that are kept for them."""

from collections.abc import AsyncIterator

import numpy as np
import pytest

from completions_suite import ANSWER, published, source
from quillwort.adapters.corpus.postgresql import PostgresqlCorpus
from quillwort.adapters.ledger.completions import PostgresqlCompletions
from quillwort.adapters.ledger.wordings import PostgresqlWordings
from quillwort.adapters.postgresql.database import Database
from quillwort.adapters.postgresql.settings import DatabaseSettings
from quillwort.assistant.gateway.completions import Bounds
from quillwort.assistant.rewording.guard import Question

BOUNDS = Bounds(1, 10)
GROUND = b"passages, rights, prompt and models"


def question(text: str, ground: bytes = GROUND) -> Question:
    return Question(text, np.array([0.6, 0.8], np.float32), ground)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Database]:
    async with Database(database_url, DatabaseSettings(url=database_url, pool_size=4)) as database:
        yield database


async def test_questions_are_found_by_what_they_rest_on_the_latest_first(store: Database) -> None:
    completions, wordings = PostgresqlCompletions(store, BOUNDS), PostgresqlWordings(store, BOUNDS)
    assert list(await wordings.of(GROUND, 9)) == []
    for key, ground in ((b"1", GROUND), (b"2", GROUND), (b"3", b"other")):
        await completions.put(key, ANSWER, frozenset())
        await wordings.put(key, question(f"Why {key.decode()}?", ground))
    found = await wordings.of(GROUND, 9)
    assert [each.question for each in found] == ["Why 2?", "Why 1?"]
    assert [each.question for each in await wordings.of(GROUND, 1)] == ["Why 2?"]
    assert found[0].completion == ANSWER
    assert found[0].vector.tolist() == np.array([0.6, 0.8], np.float32).tolist()


async def test_a_question_without_an_answer_is_not_kept(store: Database) -> None:
    wordings = PostgresqlWordings(store, BOUNDS)
    await wordings.put(b"1", question("Why?"))
    await PostgresqlCompletions(store, BOUNDS).put(b"1", ANSWER, frozenset())
    assert list(await wordings.of(GROUND, 9)) == []


async def test_a_question_goes_with_its_answer(store: Database) -> None:
    completions, wordings = (
        PostgresqlCompletions(store, Bounds(1, 1)),
        PostgresqlWordings(store, BOUNDS),
    )
    for key in (b"1", b"2"):
        await completions.put(key, ANSWER, frozenset())
        await wordings.put(key, question(f"Why {key.decode()}?"))
    await completions.tidy()
    assert [each.question for each in await wordings.of(GROUND, 9)] == ["Why 2?"]


async def test_an_answer_that_is_too_old_serves_nobody(store: Database) -> None:
    await PostgresqlCompletions(store, BOUNDS).put(b"1", ANSWER, frozenset())
    await PostgresqlWordings(store, BOUNDS).put(b"1", question("Why?"))
    assert list(await PostgresqlWordings(store, Bounds(0, 10)).of(GROUND, 9)) == []


async def test_a_question_goes_with_a_document_that_its_answer_rests_on(store: Database) -> None:
    corpus, wordings = PostgresqlCorpus(store), PostgresqlWordings(store, BOUNDS)
    trees = await published(corpus, "trees", "oaks are tall")
    await PostgresqlCompletions(store, BOUNDS).put(b"1", ANSWER, {source(trees)})
    await wordings.put(b"1", question("Why?"))
    assert [each.question for each in await wordings.of(GROUND, 9)] == ["Why?"]
    await corpus.remove(trees.id, None)
    assert list(await wordings.of(GROUND, 9)) == []
