"""Questions in the SQLite file, beside the answers that are kept for them."""

from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from completions_suite import ANSWER, published, source
from quillwort.adapters.corpus.sqlite import SqliteCorpus
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.ledger.sqlite import SqliteCompletions
from quillwort.adapters.ledger.sqlite_wordings import SqliteWordings
from quillwort.adapters.sqlite.file import SqliteFile
from quillwort.assistant.gateway.completions import Bounds
from quillwort.assistant.rewording.guard import Question

BOUNDS = Bounds(1, 10)
GROUND = b"passages, rights, prompt and models"


def question(text: str, ground: bytes = GROUND) -> Question:
    return Question(text, np.array([0.6, 0.8], np.float32), ground)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteFile]:
    async with SqliteFile(tmp_path / "corpus.sqlite3", STEPS) as file:
        yield file


async def test_questions_are_found_by_what_they_rest_on_the_latest_first(store: SqliteFile) -> None:
    completions, wordings = SqliteCompletions(store, BOUNDS), SqliteWordings(store, BOUNDS)
    assert list(await wordings.of(GROUND, 9)) == []
    for key, ground in ((b"1", GROUND), (b"2", GROUND), (b"3", b"other")):
        await completions.put(key, ANSWER, frozenset())
        await wordings.put(key, question(f"Why {key.decode()}?", ground))
    found = await wordings.of(GROUND, 9)
    assert [each.question for each in found] == ["Why 2?", "Why 1?"]
    assert [each.question for each in await wordings.of(GROUND, 1)] == ["Why 2?"]
    assert found[0].completion == ANSWER
    assert found[0].vector.tolist() == np.array([0.6, 0.8], np.float32).tolist()


async def test_a_question_without_an_answer_is_not_kept(store: SqliteFile) -> None:
    wordings = SqliteWordings(store, BOUNDS)
    await wordings.put(b"1", question("Why?"))
    await SqliteCompletions(store, BOUNDS).put(b"1", ANSWER, frozenset())
    assert list(await wordings.of(GROUND, 9)) == []


async def test_a_question_goes_with_its_answer(store: SqliteFile) -> None:
    completions, wordings = SqliteCompletions(store, Bounds(1, 1)), SqliteWordings(store, BOUNDS)
    for key in (b"1", b"2"):
        await completions.put(key, ANSWER, frozenset())
        await wordings.put(key, question(f"Why {key.decode()}?"))
    assert [each.question for each in await wordings.of(GROUND, 9)] == ["Why 2?"]


async def test_an_answer_that_is_too_old_serves_nobody(store: SqliteFile) -> None:
    await SqliteCompletions(store, BOUNDS).put(b"1", ANSWER, frozenset())
    await SqliteWordings(store, BOUNDS).put(b"1", question("Why?"))
    assert list(await SqliteWordings(store, Bounds(0, 10)).of(GROUND, 9)) == []


async def test_a_question_goes_with_a_document_that_its_answer_rests_on(store: SqliteFile) -> None:
    corpus, wordings = SqliteCorpus(store), SqliteWordings(store, BOUNDS)
    trees = await published(corpus, "trees", "oaks are tall")
    await SqliteCompletions(store, BOUNDS).put(b"1", ANSWER, {source(trees)})
    await wordings.put(b"1", question("Why?"))
    assert [each.question for each in await wordings.of(GROUND, 9)] == ["Why?"]
    await corpus.remove(trees.id, None)
    assert list(await wordings.of(GROUND, 9)) == []
