"""Terms, postings and BM25."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.assistant.keywords import (
    PAGE,
    POSTING,
    Scores,
    Statistics,
    best,
    decoded,
    encoded,
    indexed,
    length,
    scores,
    share,
    terms,
    without,
)

_Row = tuple[str, int, bytes]
_POSTINGS = st.dictionaries(
    st.integers(0, PAGE - 1), st.tuples(st.integers(1, 0xFFFF), st.integers(1, 0xFFFF)), max_size=20
)
_TEXTS = st.lists(st.sampled_from("abcde"), max_size=8).map(" ".join)
_CORPORA = st.dictionaries(st.integers(0, 3 * PAGE), _TEXTS, max_size=20)


def _packed(postings: Mapping[int, tuple[int, int]]) -> bytes:
    records = [(offset, *postings[offset]) for offset in sorted(postings)]
    return encoded(np.array(records, POSTING))


def _rows(texts: Mapping[int, str]) -> list[_Row]:
    rows: dict[tuple[str, int], bytes] = {}
    for number, text in sorted(texts.items()):
        for term, entries in indexed(number, text).items():
            place = (term, number // PAGE)
            rows[place] = rows.get(place, b"") + entries
    return [(*place, entries) for place, entries in rows.items()]


def _statistics(texts: Mapping[int, str]) -> Statistics:
    return Statistics(len(texts), sum(map(length, texts.values())))


def _scored(texts: Mapping[int, str], query: Sequence[str]) -> Scores:
    return scores(_rows(texts), _statistics(texts), query)


def _bm25(texts: Mapping[int, str], query: Sequence[str]) -> dict[int, float]:
    """Score chunks one by one, as the formula is written."""
    split = {number: text.split() for number, text in texts.items()}
    average = sum(map(len, split.values())) / len(split) if split else 0.0
    found: dict[int, float] = {}
    for term in set(query):
        having = sum(term in words for words in split.values())
        idf = math.log(1 + (len(split) - having + 0.5) / (having + 0.5))
        for number, words in split.items():
            if frequency := words.count(term):
                norm = 1.2 * (1 - 0.75 + 0.75 * len(words) / average)
                added = idf * frequency * (1.2 + 1) / (frequency + norm)
                found[number] = found.get(number, 0.0) + added
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The FERN's leaves.", ["the", "fern", "s", "leaves"]),
        ("PLAT-2214", ["plat-2214", "plat", "2214"]),
        ("foo_bar(baz)", ["foo_bar", "foo", "bar", "baz"]),
        ("C++, C# and C", ["c++", "c", "c#", "c", "and", "c"]),
        ("§ 12 Abs. 3", ["§12", "12", "abs", "3"]),
        ("§12a", ["§12a", "12a"]),
        ("§§ 3-4", ["§§3-4", "3", "4"]),
        ("3.5 or 3,5, not 3, 5", ["3.5", "3", "5", "or", "3,5", "3", "5", "not", "3", "5"]),
        ("a,b", ["a", "b"]),
        ("src/app.py", ["src/app.py", "src", "app", "py"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁne №7 m²", ["fine", "no7", "m2"]),
        ("Cafe\u0301 Café", ["café", "café"]),
        ("x\u0325y", ["x\u0325y"]),
        ("मरम्मत कौन करता है?", ["मरम्मत", "कौन", "करता", "है"]),
        ("כָּתַב كَتَبَ", ["כָּתַב", "كَتَبَ"]),
        ("ที่นี่ வணக்கம்", ["ที่นี่", "வணக்கம்"]),
        ("\u0301 ा 1\ufe0f\u20e3", ["1"]),
        ("2020\u20132024 a\u2011b", ["2020-2024", "2020", "2024", "a-b", "a", "b"]),
        ("Daten\u00adschutz", ["datenschutz"]),
        ("-- ... § + _ #", []),
        ("", []),
    ],
)
def test_texts_are_found_by_their_words_and_by_what_is_written_as_one(
    text: str, expected: list[str]
) -> None:
    assert terms(text) == expected
    assert length(text) == len(expected)


def test_terms_have_a_greatest_length() -> None:
    assert terms("x" * 70) == ["x" * 64]
    assert terms("x" * 70) == terms("x" * 64 + "other")


@given(st.text("aBß1é§ -_./:,+#कि"))
def test_whatever_a_text_is_found_by_finds_itself(text: str) -> None:
    assert all(term in terms(term) for term in terms(text))


@given(st.text("aB1 -_./:,+#"))
def test_text_in_ascii_is_taken_apart_like_any_other(text: str) -> None:
    assert [*terms(text), "é"] == terms(f"{text} é")


def test_a_chunk_is_indexed_at_its_offset() -> None:
    entries = indexed(PAGE + 3, "fern moss Fern")
    assert entries.keys() == {"fern", "moss"}
    assert decoded(entries["fern"]).tolist() == [(3, 2, 3)]
    assert decoded(entries["moss"]).tolist() == [(3, 1, 3)]


def test_postings_are_kept_as_little_endian_records() -> None:
    assert indexed(258, "fern")["fern"] == b"\x02\x01\x01\x00\x01\x00"


def test_what_exceeds_a_record_counts_as_its_most() -> None:
    assert decoded(indexed(0, "fern " * 70_000)["fern"]).tolist() == [(0, 0xFFFF, 0xFFFF)]


@given(_POSTINGS)
def test_postings_come_back_from_their_bytes(postings: dict[int, tuple[int, int]]) -> None:
    expected = [(offset, *postings[offset]) for offset in sorted(postings)]
    assert decoded(_packed(postings)).tolist() == expected


def test_bytes_that_are_no_postings_are_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        decoded(b"1234567")


@given(_POSTINGS, st.sets(st.integers(0, PAGE)), st.data())
def test_what_is_removed_leaves_no_trace(
    postings: dict[int, tuple[int, int]], offsets: set[int], data: st.DataObject
) -> None:
    if postings:
        offsets |= data.draw(st.sets(st.sampled_from(sorted(postings))))
    left = {offset: posting for offset, posting in postings.items() if offset not in offsets}
    assert without(_packed(postings), offsets) == _packed(left)


def test_nothing_is_left_when_all_is_removed() -> None:
    assert without(indexed(5, "fern")["fern"], [5]) == b""


@given(_CORPORA, st.lists(st.sampled_from("abcdef"), max_size=4))
def test_scores_are_those_of_bm25(texts: dict[int, str], query: list[str]) -> None:
    found = _scored(texts, query)
    expected = _bm25(texts, query)
    assert found.by_number() == pytest.approx(expected, rel=1e-5)
    pairs = list(zip(found.numbers.tolist(), found.values.tolist(), strict=True))
    assert pairs == sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


@given(_CORPORA, st.permutations("abc"), st.data())
def test_the_order_of_rows_and_terms_does_not_matter(
    texts: dict[int, str], query: list[str], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(_rows(texts)))
    found = scores(shuffled, _statistics(texts), query).by_number()
    assert found == pytest.approx(_scored(texts, "abc").by_number(), rel=1e-5)


def test_what_is_asked_twice_counts_once() -> None:
    texts = {1: "fern moss", 2: "moss"}
    once = _scored(texts, ["fern", "moss"])
    assert _scored(texts, ["fern", "moss", "fern"]).by_number() == once.by_number()


def test_rows_of_other_terms_do_not_count() -> None:
    assert _scored({1: "fern moss", 2: "moss"}, ["fern"]).by_number().keys() == {1}


def test_the_rarer_word_and_the_shorter_chunk_come_first() -> None:
    texts = {1: "fern moss", 2: "moss", 3: "moss grass herb", 4: "fern fern"}
    assert _scored(texts, ["fern", "moss"]).numbers.tolist() == [1, 4, 2, 3]


def test_equal_chunks_are_in_the_order_of_their_numbers() -> None:
    texts = {2 * PAGE: "fern", 7: "fern", PAGE + 1: "fern", 3: "moss"}
    assert _scored(texts, ["fern"]).numbers.tolist() == [7, PAGE + 1, 2 * PAGE]


def test_a_page_may_come_in_several_rows() -> None:
    texts = {1: "fern", 2: "moss fern"}
    apart = [
        (term, 0, entries)
        for number, text in texts.items()
        for term, entries in indexed(number, text).items()
    ]
    found = scores(apart, _statistics(texts), ["fern"])
    assert found.by_number() == _scored(texts, ["fern"]).by_number()


def test_nothing_is_found_without_terms_or_rows() -> None:
    for found in (_scored({1: "fern"}, []), _scored({}, ["fern"])):
        assert found.by_number() == {}
        assert (found.numbers.dtype, found.values.dtype) == (np.int64, np.float32)


@pytest.mark.parametrize("statistics", [Statistics(0, 0), Statistics(1, 1)])
def test_statistics_that_lag_behind_still_give_scores_above_nothing(statistics: Statistics) -> None:
    found = scores(_rows({1: "fern", 2: "fern", 3: "fern"}), statistics, ["fern"])
    assert found.numbers.tolist() == [1, 2, 3]
    assert (found.values > 0).all()


def test_only_the_best_are_kept() -> None:
    found = _scored({1: "fern moss", 2: "fern", 3: "fern grass herb"}, ["fern"])
    assert best(found, 2).by_number() == dict(list(found.by_number().items())[:2])
    assert best(found, 9).by_number() == found.by_number()


def test_a_shared_word_counts_by_how_rare_it_is() -> None:
    rows = [("the", 0, indexed(0, "the tax")["the"]), ("the", 0, indexed(1, "the roof")["the"])]
    weights = scores(rows, Statistics(2, 4), ["the", "boat"]).weights
    assert share("The tax", weights) < 0.25
    assert share("A boat", weights) > 0.6
    assert share("the boat", weights) == pytest.approx(1.0)
    assert share("the boat", {}) == share("", weights) == 0.0
