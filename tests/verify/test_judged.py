import math
from pathlib import Path

import pytest

from architect.verify.judged import (
    Interval,
    Judged,
    UnreadableCollectionError,
    collection,
    interval,
    measured,
)

SHIPPED = Path(__file__).parents[2] / "exemplar/evaluation"


def test_the_shipped_collection_is_read_without_what_nothing_answers():
    kept = collection(SHIPPED)
    assert kept is not None
    assert len(kept.documents) == 12
    assert len(kept.questions) == 67
    for question in kept.questions:
        for phrase in question.phrases:
            assert sum(phrase.encode() in content for content in kept.documents.values()) == 1, question


def test_measures_by_hand():
    told = measured(
        [Judged("a", ("x y",)), Judged("b", ("p", "q"))],
        [["no", "an x\n y here", "x y again"], ["none"]],
    )
    assert told.ndcg.mean == pytest.approx(1 / math.log2(3) / 2)
    assert told.recall.mean == pytest.approx(0.5)
    assert told.reciprocal_rank.mean == pytest.approx(0.25)
    assert told.questions == 2


def test_a_passage_with_both_phrases_is_all_that_is_wanted():
    assert measured([Judged("a", ("p", "q"))], [["p and q"]]).ndcg == Interval(1, 1, 1)


def test_an_interval_holds_its_mean_and_is_the_same_again():
    once = interval([0.0, 0.2, 0.9, 1.0] * 10)
    assert once == interval([0.0, 0.2, 0.9, 1.0] * 10)
    assert once.low < once.mean < once.high
    assert interval([]) == Interval(0, 0, 0)


def test_a_project_may_have_no_questions_of_its_own(tmp_path: Path):
    assert collection(tmp_path) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[", "questions.toml: "),
        ("questions = 3", "questions.toml: "),
        ('[[questions]]\nask = "a"', "questions.toml: "),
        ('[[questions]]\nask = "a"\nfound = []', "documents: no documents"),
    ],
)
def test_a_collection_that_cannot_be_read_says_why_in_a_line(text: str, said: str, tmp_path: Path):
    (tmp_path / "questions.toml").write_text(text)
    with pytest.raises(UnreadableCollectionError, match=said) as caught:
        collection(tmp_path)
    assert "\n" not in str(caught.value)


def test_proposed_questions_wait_for_somebody_to_look_at_them(tmp_path: Path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/a.md").write_text("a")
    (tmp_path / "questions.toml").write_text('[[questions]]\nask = "a"\nproposed = true\nfound = []')
    kept = collection(tmp_path)
    assert kept is not None
    assert kept.questions == ()


def test_questions_about_documents_that_are_gone_are_counted_and_left_out(tmp_path: Path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/a.md").write_text("p and q")
    (tmp_path / "questions.toml").write_text(
        '[[questions]]\nask = "both"\n'
        'found = [{document = "a.md", phrase = "p"}, {document = "gone.md", phrase = "q"}]\n'
        '[[questions]]\nask = "stale"\nfound = [{document = "gone.md", phrase = "q"}]\n'
    )
    kept = collection(tmp_path)
    assert kept is not None
    assert kept.questions == (Judged("both", ("p",)),)
    assert kept.stale == 1


def test_a_collection_whose_documents_are_all_gone_says_what_to_do(tmp_path: Path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/a.md").write_text("a")
    (tmp_path / "questions.toml").write_text(
        '[[questions]]\nask = "stale"\nfound = [{document = "gone.md", phrase = "q"}]\n'
    )
    with pytest.raises(UnreadableCollectionError, match=r"questions\.toml: gone\.md is not among") as caught:
        collection(tmp_path)
    assert "\n" not in str(caught.value)
