"""Markers are found however a text is cut."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.assistant.generation.markers import MOST_NUMBERS, Cited, MarkerReader, Part

CASES: list[tuple[str, list[Part]]] = [
    ("plain text", ["plain text"]),
    ("one [1].", ["one", Cited((1,), " "), "."]),
    ("one. [1] Two [2]", ["one.", Cited((1,), " "), " Two", Cited((2,), " ")]),
    ("x [1, 3;2][4]", ["x", Cited((1, 3, 2), " "), Cited((4,))]),
    ("x [2-4, 3]", ["x", Cited((2, 3, 4), " ")]),
    ("x [1\u20133]", ["x", Cited((1, 2, 3), " ")]),
    ("x [see below] y", ["x [see below] y"]),
    ("x [ y", ["x [ y"]),
    ("x [1", ["x [1"]),
    ("to [EMAIL_1], not [EMAIL_9]", ["to a@b.c, not [EMAIL_9]"]),
    ("a  b\n\nc", ["a  b\n\nc"]),
    ("[1]", [Cited((1,))]),
    ("x \t [1]", ["x", Cited((1,), " \t ")]),
    (f"x{' ' * 40}[1]", [f"x{' ' * 24}", Cited((1,), " " * 16)]),
    (f"x{' ' * 40}[see] y", [f"x{' ' * 40}[see] y"]),
    ("x [1\n] [2", ["x [1\n] [2"]),
    (f"x [{'y' * 61}] [1]", [f"x [{'y' * 61}]", Cited((1,), " ")]),
]


def parts(pieces: list[str]) -> list[Part]:
    reader = MarkerReader({"[EMAIL_1]": "a@b.c"})
    found = [part for piece in pieces for part in reader.read(piece)]
    joined: list[Part] = []
    for part in (*found, *reader.rest()):
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_markers_are_told_from_text(text: str, expected: list[Part]) -> None:
    assert parts([text]) == expected
    assert parts(list(text)) == expected


@given(st.sampled_from([text for text, _ in CASES]), st.data())
def test_how_a_text_is_cut_changes_nothing(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    assert parts([text[:place], text[place:]]) == dict(CASES)[text]


def test_words_are_not_held_back() -> None:
    reader = MarkerReader({})
    assert list(reader.read("The tenant")) == ["The tenant"]
    assert list(reader.read(" pays [")) == [" pays"]
    assert list(reader.read("1")) == []
    assert list(reader.read("].")) == [Cited((1,), " "), "."]


def test_a_marker_names_so_many_passages_at_most() -> None:
    (cited,) = parts(["[1-999, 5, 600-700]"])
    assert isinstance(cited, Cited)
    assert len(cited.passages) <= MOST_NUMBERS


@pytest.mark.parametrize("repeated", [" ", "\t ", "[", "]", "1", "x", "[1", "[ ", "[1]", "\n"])
@pytest.mark.parametrize(("size", "pieces"), [(7, 3000), (21_000, 1)])
def test_what_is_repeated_is_read_in_time_that_grows_with_it_alone(
    repeated: str, size: int, pieces: int
) -> None:
    reader = MarkerReader({})
    began = time.process_time()
    for _ in range(pieces):
        assert list(reader.read(repeated * size)) is not None
    assert list(reader.rest()) is not None
    # It is some hundredths; by the square of the length it would be minutes.
    assert time.process_time() - began < 1.0
