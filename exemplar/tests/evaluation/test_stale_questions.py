"""Questions whose documents have changed or gone: told, and left out of every figure."""

import json
from pathlib import Path

import pytest

from quillwort.assistant.evaluation.judged import Judged, Judgement, written
from quillwort.entrypoints.evaluation.__main__ import main

PHRASES = ("tenant pays for repairs", "Cats may live in the flat", "bicycles stand in the yard")
GOOD = tuple(
    Judged(f"{phrase}?", (Judgement("lease.md", phrase),), "meaning") for phrase in PHRASES
)


def gone(how_many: int) -> tuple[Judged, ...]:
    return tuple(
        Judged(f"stale {number}?", (Judgement("gone.md", "no words"),), "stale")
        for number in range(how_many)
    )


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    sections = (f"## Rule {number}\n\n{phrase}.\n" for number, phrase in enumerate(PHRASES))
    (folder / "lease.md").write_text("# Lease\n\n" + "\n".join(sections))
    return folder


def arguments(documents: Path, *questions: Judged) -> list[str]:
    own = documents.parent / "own.toml"
    own.write_text(written(questions))
    return ["--documents", str(documents), "--questions", str(own)]


def test_what_is_no_longer_judged_is_told_and_counts_for_nothing(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments(documents, *GOOD), "--json"]) == 0
    without = json.loads(capsys.readouterr().out)
    assert main([*arguments(documents, *GOOD, *gone(3)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.pop("stale") == [
        f"stale {number}?: gone.md has no passage with 'no words'" for number in range(3)
    ]
    assert without.pop("stale") == []
    assert told == without
    assert told["questions"] == 3
    assert told["retrieval"]["nDCG@10"]["mean"] == 1


def test_people_read_what_was_left_out(documents: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments(documents, *GOOD, *gone(1)), "--no-answers"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("3 questions, ")
    assert "no longer judged: stale 0?: gone.md has no passage with 'no words'\n" in told


def test_a_judgement_that_is_gone_is_not_missed_beside_one_that_stands(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = Judged(GOOD[0].ask, (*GOOD[0].found, Judgement("gone.md", "no words")))
    assert main([*arguments(documents, both), "--no-answers", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["retrieval"]["recall@10"]["mean"] == 1
    assert len(told["stale"]) == 1


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        (gone(2), "stale 0?: gone.md has no passage with 'no words'"),
        ((Judged(GOOD[0].ask, GOOD[0].found, proposed=True),), "1 only proposed"),
        ((Judged("Boats?", ()),), "no judged question"),
    ],
    ids=["stale", "proposed", "unanswerable"],
)
def test_where_no_question_is_left_one_line_says_what_to_do(
    questions: tuple[Judged, ...], said: str, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments(documents, *questions), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert f"propose --documents {documents}" in told.err
    assert told.err.count("\n") == 1


def test_stale_questions_do_not_make_enough_to_tune(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tune", *arguments(documents, *GOOD, *gone(60))]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "3 judged questions have an answer, and 50 are needed" in told.err
    assert "60 are no longer judged" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize("command", ["report", "tune"])
def test_the_shipped_questions_are_not_asked_of_other_documents(
    command: str, documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--documents", str(documents)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "--questions FILE" in told.err
    assert f"propose --documents {documents}" in told.err
    assert told.err.count("\n") == 1


def test_questions_are_proposed_of_documents_alone(
    documents: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["propose", "--documents", str(documents)]) == 0
    assert "[[questions]]" in capsys.readouterr().out


def test_the_shipped_questions_are_asked_of_the_shipped_documents(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    monkeypatch.setenv("RETRIEVAL_FUSION", "keyword")
    shipped = ["--documents", str(Path("evaluation/documents").resolve())]
    assert main([*shipped, "--no-answers", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == 67
