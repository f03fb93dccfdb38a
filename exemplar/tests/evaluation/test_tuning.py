"""Settings fitted on one half of the questions, and taken when the other half says so too."""

from pathlib import Path

import pytest

from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.evaluation.judged import Judged, Judgement
from quillwort.assistant.evaluation.tuning import (
    LEAST_QUESTIONS,
    SIGNIFICANT,
    Remembering,
    TooFewQuestions,
    fitted,
    halves,
)
from quillwort.assistant.loading import Loaded
from quillwort.assistant.passages import Block
from quillwort.assistant.ranking import Ranking
from quillwort.entrypoints.evaluation import reading
from quillwort.entrypoints.evaluation.report import tuned
from word_embedder import WordEmbedder

SHIPPED = Path(__file__).parents[2] / "evaluation"
KEYWORDS = Ranking("keyword")


def documents() -> dict[str, Loaded]:
    return reading.documents(SHIPPED / "documents")


def shipped() -> tuple[Judged, ...]:
    return reading.questions(SHIPPED / "questions.toml")


def texts(*paragraphs: str) -> dict[str, Loaded]:
    return {
        f"{number}.md": Loaded(f"{number}", "text/markdown", (Block("paragraph", text),))
        for number, text in enumerate(paragraphs)
    }


def asking(ask: str, *documents: int, phrase: str = "word") -> Judged:
    return Judged(ask, tuple(Judgement(f"{number}.md", phrase) for number in documents))


async def test_too_few_questions_fit_nothing() -> None:
    few = [each for each in shipped() if each.answerable][: LEAST_QUESTIONS - 1]
    with pytest.raises(TooFewQuestions, match="49 judged questions have an answer, and 50"):
        await fitted(documents(), few, WordEmbedder(), Ranking())


async def test_too_few_are_told_before_anything_is_embedded() -> None:
    embedder = WordEmbedder()
    with pytest.raises(TooFewQuestions, match=r"0 judged questions .*\(67 are no longer judged"):
        await fitted(texts("word"), shipped(), embedder, Ranking())
    assert embedder.embedded == []


def test_halves_share_nothing_and_have_as_many_of_each_kind() -> None:
    one, other = halves(shipped(), seed=1)
    assert not {each.ask for each in one} & {each.ask for each in other}
    assert len(one) + len(other) == len(shipped())
    for kind in ("keyword", "meaning", "negation"):
        counts = [sum(each.kind == kind for each in half) for half in (one, other)]
        assert abs(counts[0] - counts[1]) <= 1
    assert halves(shipped(), seed=1)[0] == one != halves(shipped(), seed=2)[0]


async def test_a_weight_that_both_halves_prefer_is_taken() -> None:
    # Vectors of words say no more than keywords do, and blur them: keywords are to weigh more.
    found = await fitted(documents(), shipped(), WordEmbedder(), Ranking(alpha=0.1))
    assert (found.chosen_on, found.told_by) == (34, 33)
    assert found.weight.taken == found.weight.chosen > 0.1
    assert found.weight.after.mean > found.weight.before.mean
    assert found.weight.chance < SIGNIFICANT
    assert f"RETRIEVAL_ALPHA={found.weight.taken:g}\n" in found.environment
    assert f"taken: {found.weight.why}" in tuned(found)


async def test_a_weight_that_chance_explains_is_kept_and_why_is_said() -> None:
    found = await fitted(documents(), shipped(), WordEmbedder(), Ranking(alpha=0.83))
    assert found.weight.chosen != 0.83
    assert found.weight.chance >= SIGNIFICANT
    assert found.weight.taken == 0.83
    assert found.chunks.taken == ChunkLimits()
    assert "RETRIEVAL_ALPHA=0.83\n" in found.environment
    told = tuned(found)
    assert f"p = {found.weight.chance:.3f}\n  kept: chance explains the difference" in told
    assert told.endswith(f"\n{found.environment}")


async def test_a_cut_that_keeps_answers_whole_is_told_and_the_settings_stay() -> None:
    # 246 words are one passage of 250 at most, and two of 240.
    sentences = " ".join(f"{'so ' * 34}on." for _ in range(7))
    whole = " ".join(sentences.split())
    found = await fitted(
        texts(*(f"code{number} {whole}" for number in range(LEAST_QUESTIONS))),
        [asking(f"code{number}", number, phrase=whole) for number in range(LEAST_QUESTIONS)],
        WordEmbedder(),
        KEYWORDS,
    )
    assert found.stale == ()
    assert (found.chunks.before.mean, found.chunks.after.mean) == (0, 1)
    assert found.chunks.taken == ChunkLimits(230, 250)
    assert found.environment == "RETRIEVAL_ALPHA=0.5\nRETRIEVAL_PASSAGES=6\n"
    assert "The settings are for the present cut." in tuned(found)


async def test_fewer_passages_that_find_as_much_are_taken() -> None:
    found = await fitted(
        texts(*(f"code{number} word" for number in range(60))),
        [asking(f"code{number}", number) for number in range(60)],
        WordEmbedder(),
        KEYWORDS,
    )
    assert found.passages.after == found.passages.before
    assert found.environment == "RETRIEVAL_ALPHA=0.5\nRETRIEVAL_PASSAGES=1\n"
    assert "taken: fewer find as much" in tuned(found)


async def test_figures_of_nothing_recommend_nothing() -> None:
    found = await fitted(
        texts(*(f"code{number} word" for number in range(60))),
        [asking(f"unknown{number}", number) for number in range(60)],
        WordEmbedder(),
        KEYWORDS,
    )
    assert found.passages.after.mean == 0
    assert found.environment == "RETRIEVAL_ALPHA=0.5\nRETRIEVAL_PASSAGES=6\n"
    assert "kept: nothing was found" in tuned(found)


@pytest.mark.parametrize(("two", "passages"), [(60, 2), (4, 1)], ids=["all", "few"])
async def test_more_passages_are_taken_when_they_find_more_than_chance_does(
    two: int, passages: int
) -> None:
    alike = [f"code{number} word {which}" for number in range(60) for which in ("one", "other")]
    questions = [
        asking(f"code{number}", *([2 * number, 2 * number + 1] if number < two else [2 * number]))
        for number in range(60)
    ]
    found = await fitted(texts(*alike), questions, WordEmbedder(), Ranking("keyword", passages=1))
    assert found.passages.chosen == 2
    assert found.passages.taken == passages


async def test_a_number_of_passages_beyond_those_measured_is_kept() -> None:
    found = await fitted(
        texts(*(f"code{number} word" for number in range(60))),
        [asking(f"code{number}", number) for number in range(60)],
        WordEmbedder(),
        Ranking("keyword", passages=12),
    )
    assert found.passages.taken == 12
    assert "kept: no more than 10 are measured" in tuned(found)


async def test_what_is_no_longer_judged_is_told_and_fits_nothing() -> None:
    paragraphs = texts(*(f"code{number} word" for number in range(60)))
    good = [asking(f"code{number}", number) for number in range(60)]
    stale = [asking(f"code{number}", 99) for number in range(60)]
    without = await fitted(paragraphs, good, WordEmbedder(), KEYWORDS)
    found = await fitted(paragraphs, [*good, *stale], WordEmbedder(), KEYWORDS)
    assert len(found.stale) == 60
    assert (found.weight, found.passages) == (without.weight, without.passages)
    assert "no longer judged: code0: 99.md has no passage with 'word'\n" in tuned(found)


async def test_no_vector_is_made_twice() -> None:
    embedder = WordEmbedder()
    remembering = Remembering(embedder)
    once = await remembering.embed(["a", "b", "a"])
    again = await remembering.embed(["b"])
    assert embedder.embedded == ["a", "b"]
    assert (once[1] == again[0]).all()
    assert (await remembering.embed([])).shape == (0, 384)
