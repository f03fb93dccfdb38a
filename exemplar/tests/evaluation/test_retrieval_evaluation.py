"""Searches measured, questions proposed, and weights fitted, over documents in memory."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from quillwort.assistant.chunking import ChunkLimits
from quillwort.assistant.evaluation.judged import Judged, Judgement, read_judged
from quillwort.assistant.evaluation.memory import MemoryIndex, memory_index
from quillwort.assistant.evaluation.proposing import proposed, worded
from quillwort.assistant.evaluation.retrieval import by_kind, figures, misjudged, ranked
from quillwort.assistant.evaluation.tuning import (
    LEAST_QUESTIONS,
    Remembering,
    TooFewQuestions,
    fitted,
    halves,
)
from quillwort.assistant.extractive import Extractive
from quillwort.assistant.language_models import NoAnswer, Piece, Prompt, Written
from quillwort.assistant.ranking import Ranking
from quillwort.assistant.search_service import SearchService
from quillwort.entrypoints.evaluation import reading
from quillwort.entrypoints.evaluation.__main__ import main
from quillwort.entrypoints.evaluation.answers import evaluated
from word_embedder import WordEmbedder

SHIPPED = Path(__file__).parents[2] / "evaluation"


async def index() -> MemoryIndex:
    return await memory_index(
        reading.documents(SHIPPED / "documents"), WordEmbedder(), ChunkLimits()
    )


def shipped() -> tuple[Judged, ...]:
    return reading.questions(SHIPPED / "questions.toml")


class Writer:
    """A language model that asks the same of every passage, or fails."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.prompts: list[Prompt] = []

    async def answer(self, prompt: Prompt, tenant: str, scope: str) -> AsyncIterator[Piece]:
        self.prompts.append(prompt)
        if not self.text:
            raise NoAnswer("unavailable", f"{tenant} {scope}")
        yield Written(self.text)


async def test_every_shipped_judgement_names_a_passage() -> None:
    kept = (await index()).kept
    assert len(shipped()) >= 60
    assert misjudged(shipped(), [(each.name, each.chunk.text) for each in kept]) == ()


def test_a_judgement_that_nothing_meets_any_more_is_told() -> None:
    stale = Judged("Cats?", (Judgement("a.md", "cats"),))
    assert misjudged([stale], [("a.md", "dogs")]) == ("Cats?: a.md has no passage with 'cats'",)


async def test_searches_are_measured_over_the_service_itself() -> None:
    search = SearchService(await index(), WordEmbedder(), Ranking("keyword"))
    rankings = await ranked(search, shipped())
    told = figures(rankings)
    assert len(rankings) == sum(each.answerable for each in shipped())
    assert 0.6 < told["nDCG@10"].low < told["nDCG@10"].mean < 0.85
    assert by_kind(rankings)["keyword"].mean == 1
    assert by_kind(rankings)["meaning"].mean < 0.5


async def test_what_was_only_proposed_counts_for_nothing() -> None:
    questions = [replace(each, proposed=True) for each in shipped()]
    assert await ranked(SearchService(await index(), WordEmbedder()), questions) == ()


async def test_proposals_are_judged_by_the_passage_they_come_from() -> None:
    kept = (await index()).kept
    questions = proposed(kept, 30)
    assert len(questions) == 30
    assert questions == proposed(kept, 30)
    assert all(each.proposed for each in questions)
    assert misjudged(questions, [(each.name, each.chunk.text) for each in kept]) == ()
    assert {each.kind for each in questions} == {"keyword", "heading"}
    assert len({each.found[0].document for each in questions[:12]}) == 12


async def test_a_model_words_a_proposal_and_its_judgement_stays() -> None:
    kept = (await index()).kept
    (question,) = proposed(kept, 1)
    (asked,) = await worded([question], kept, Writer(" Who\n pays? "), "t")
    assert (asked.ask, asked.found, asked.proposed) == ("Who pays?", question.found, True)


@pytest.mark.parametrize("text", ["", "x" * 301])
async def test_without_a_usable_wording_the_proposal_stays(text: str) -> None:
    kept = (await index()).kept
    questions = proposed(kept, 1)
    assert await worded(questions, kept, Writer(text), "t") == questions


async def test_too_few_questions_fit_nothing() -> None:
    few = [each for each in shipped() if each.answerable][: LEAST_QUESTIONS - 1]
    with pytest.raises(TooFewQuestions, match="49 judged questions have an answer, and 50"):
        await fitted({}, few, WordEmbedder(), Ranking())


def test_halves_share_nothing_and_have_as_many_of_each_kind() -> None:
    one, other = halves(shipped(), seed=1)
    assert not {each.ask for each in one} & {each.ask for each in other}
    assert len(one) + len(other) == len(shipped())
    for kind in ("keyword", "meaning", "negation"):
        counts = [sum(each.kind == kind for each in half) for half in (one, other)]
        assert abs(counts[0] - counts[1]) <= 1
    assert halves(shipped(), seed=1)[0] == one != halves(shipped(), seed=2)[0]


async def test_what_is_fitted_suits_the_questions() -> None:
    # Vectors of words say no more than keywords do, and blur them: keywords are to weigh more.
    documents = reading.documents(SHIPPED / "documents")
    found = await fitted(documents, shipped(), WordEmbedder(), Ranking(alpha=0.1))
    assert found.ranking.alpha > 0.1
    assert (found.chosen_on, found.told_by) == (34, 33)
    assert found.after.mean >= found.before.mean
    assert f"RETRIEVAL_ALPHA={found.ranking.alpha:g}\n" in found.environment


async def test_no_vector_is_made_twice() -> None:
    embedder = WordEmbedder()
    remembering = Remembering(embedder)
    once = await remembering.embed(["a", "b", "a"])
    again = await remembering.embed(["b"])
    assert embedder.embedded == ["a", "b"]
    assert (once[1] == again[0]).all()
    assert (await remembering.embed([])).shape == (0, 384)


async def test_answers_are_measured_by_abstention_and_citations() -> None:
    embedder = WordEmbedder()
    questions = (
        Judged("FK-130", (Judgement("tickets-and-fares.md", "FK-130"),)),
        Judged("zyzzyva quokka", ()),
    )
    search = SearchService(await index(), embedder)
    told = await evaluated(search, Extractive(), questions, None)
    assert {name: each.mean for name, each in told.items()} == {
        "failed": 0,
        "answered where something answers": 1,
        "abstained where nothing answers": 1,
        "citations that hold": 1,
        "a marked passage cited": 1,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--documents", "{}/none"], "no documents there"),
        (["--questions", "{}/none.toml"], "no such file"),
        (["--questions", "{}/broken.toml"], "no TOML"),
    ],
)
def test_bad_input_is_one_line_and_two(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.toml").write_text("[[")
    given = ["--documents", str(SHIPPED / "documents")]
    given += [each.format(tmp_path) for each in arguments]
    assert main([*given, "--no-answers"]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_what_serves_knows_nothing_of_evaluations() -> None:
    code = (
        "import sys, quillwort.bootstrap\n"
        "print([module for module in sys.modules if 'eval' in module])"
    )
    shown = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "[]"


def test_questions_of_ones_own_are_read(tmp_path: Path) -> None:
    text = '[[questions]]\nask = "Who?"\nfound = []\n'
    (tmp_path / "own.toml").write_text(text)
    assert reading.questions(tmp_path / "own.toml") == read_judged(text)


def test_answers_are_made_as_the_service_makes_them(
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/lease.md").write_text("# Lease\n\nThe tenant pays for repairs.")
    found = 'found = [{document = "lease.md", phrase = "pays for repairs"}]'
    (tmp_path / "own.toml").write_text(f'[[questions]]\nask = "Who pays for repairs?"\n{found}')
    folders = [
        "--documents",
        str(tmp_path / "documents"),
        "--questions",
        str(tmp_path / "own.toml"),
    ]
    assert main([*folders, "--service", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["retrieval"]["nDCG@10"]["mean"] == 1
    assert told["answers"]["citations that hold"]["mean"] == 1
