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
from quillwort.assistant.evaluation.retrieval import Standing, by_kind, figures, ranked, standing
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
    passages = [(each.name, each.chunk.text) for each in kept]
    assert standing(shipped(), passages) == Standing(shipped(), ())


def test_a_judgement_that_nothing_meets_any_more_is_told() -> None:
    cats, dogs, boats = Judgement("a.md", "cats"), Judgement("a.md", "dogs"), Judged("Boats?", ())
    questions = [Judged("Cats\n?", (cats,)), Judged("Pets?", (cats, dogs)), boats]
    assert standing(questions, [("a.md", "dogs")]) == Standing(
        (Judged("Pets?", (dogs,)), boats),
        ("Cats ?: a.md has no passage with 'cats'", "Pets?: a.md has no passage with 'cats'"),
    )


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
    passages = [(each.name, each.chunk.text) for each in kept]
    assert standing(questions, passages) == Standing(questions, ())
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
