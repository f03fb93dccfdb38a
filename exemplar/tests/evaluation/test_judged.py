"""Judged questions: their file, and which passages they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.assistant.evaluation.judged import (
    Judged,
    Judgement,
    Malformed,
    Marked,
    marked,
    read_judged,
    written,
)

_TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


def test_a_file_is_read() -> None:
    found = 'found = [{document = "a.md", phrase = "x"}]'
    text = f'[[questions]]\nask = "Cats?"\nkind = "meaning"\n{found}'
    assert read_judged(text) == (Judged("Cats?", (Judgement("a.md", "x"),), "meaning"),)


@given(_TEXT, _TEXT, _TEXT)
def test_what_is_written_is_read_again(ask: str, document: str, phrase: str) -> None:
    questions = (
        Judged(ask, (Judgement(document, phrase), Judgement("b", "c")), "kind", proposed=True),
        Judged("nothing", ()),
    )
    assert read_judged(written(questions)) == questions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("questions = 3", "questions"),
        ("[[questions]]", r"questions\.0\.ask"),
        ('[[questions]]\nask = " "\nfound = []', "needs words"),
        ('[[questions]]\nask = "a"\nfound = [{document = "a.md", phrase = ""}]', "a phrase"),
        ('[[questions]]\nask = "a"\nfound = []\nwanted = 1', r"questions\.0\.wanted"),
        ("[[questions", "no TOML"),
    ],
)
def test_a_malformed_file_is_one_clear_line(text: str, said: str) -> None:
    with pytest.raises(Malformed, match=said) as caught:
        read_judged(text)
    assert "\n" not in str(caught.value)


def test_a_passage_counts_once_however_often_it_comes() -> None:
    wanted = [Judgement("a.md", "two words")]
    passages = [("b.md", "two words"), ("a.md", "has two\n words"), ("a.md", "two words again")]
    assert marked(wanted, passages) == Marked((False, True, False), 1)


def test_a_passage_that_meets_two_judgements_is_one_passage() -> None:
    wanted = [Judgement("a.md", "one"), Judgement("a.md", "two"), Judgement("a.md", "three")]
    assert marked(wanted, [("a.md", "one and two")]) == Marked((True,), 2)
