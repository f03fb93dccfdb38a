"""How documents are cut into chunks."""

import math
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quillwort.assistant.chunking import MOST_CHARACTERS, ChunkLimits, chunked
from quillwort.assistant.passages import Block, BlockKind, Chunk

_LIMITS = ChunkLimits(target=12, most=16)


def _words(text: str) -> int:
    return len(text.split())


def _bytes(text: str) -> int:
    return len(text.encode())


def _more_than_the_sum(text: str) -> int:
    return int(len(text.split()) ** 1.3)


def _heading(text: str, level: int = 1) -> Block:
    return Block("heading", text, level)


def _paragraph(words: int, mark: str = "w") -> Block:
    return Block("paragraph", " ".join(f"{mark}{number}" for number in range(words)))


def _cut(*blocks: Block) -> tuple[Chunk, ...]:
    return chunked(blocks, _words, _LIMITS)


def _texts(*blocks: Block) -> list[str]:
    return [chunk.text for chunk in _cut(*blocks)]


def _letters(texts: Sequence[str]) -> str:
    return "".join("".join(texts).split())


_TEXTS = st.lists(st.sampled_from(["a", "bc", "def.", "Ghi!", "d'où", "x" * 40]), min_size=1).map(
    " ".join
)
_KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(["paragraph", "list", "code"])
_LINES = st.lists(_TEXTS, min_size=1, max_size=6).map("\n  ".join)
_BLOCKS = st.builds(Block, _KINDS, _LINES) | st.builds(
    _heading, _TEXTS.map(lambda text: text[:30]), st.integers(1, 4)
)
_COUNTERS = st.sampled_from([_words, _bytes, _more_than_the_sum])


def test_neighbours_share_a_chunk_as_long_as_the_target_allows() -> None:
    chunks = _cut(_heading("Ferns"), _paragraph(5, "a"), _paragraph(6, "b"), _paragraph(1, "c"))
    assert [chunk.text for chunk in chunks] == ["a0 a1 a2 a3 a4\n\nb0 b1 b2 b3 b4 b5", "c0"]
    assert [chunk.tokens for chunk in chunks] == [12, 2]
    assert [chunk.position for chunk in chunks] == [0, 1]


def test_a_block_above_the_target_stays_whole_as_long_as_the_most_allows() -> None:
    assert _texts(_paragraph(2, "a"), _paragraph(16, "b"), _paragraph(1, "c")) == [
        _paragraph(2, "a").text,
        _paragraph(16, "b").text,
        "c0",
    ]


def test_a_chunk_stays_under_its_headings() -> None:
    chunks = _cut(
        Block("paragraph", "before"),
        _heading("One"),
        Block("paragraph", "first"),
        _heading("Deep", 3),
        Block("paragraph", "second"),
        _heading("Two", 2),
        Block("paragraph", "third"),
        _heading("Three"),
        Block("paragraph", "fourth"),
    )
    assert [(chunk.headings, chunk.text) for chunk in chunks] == [
        ((), "before"),
        (("One",), "first"),
        (("One", "Deep"), "second"),
        (("One", "Two"), "third"),
        (("Three",), "fourth"),
    ]


def test_white_space_in_a_heading_is_a_single_space() -> None:
    assert _cut(_heading(" The\n ferns "), _paragraph(1))[0].headings == ("The ferns",)


def test_of_too_many_headings_the_deepest_stay() -> None:
    chunks = _cut(_heading("a", 1), _heading("c d", 2), _heading("e", 3), _paragraph(1))
    assert [chunk.headings for chunk in chunks] == [("c d", "e")]


def test_a_heading_as_long_as_a_passage_is_read_as_text() -> None:
    chunks = _cut(
        _heading("Ferns"),
        _paragraph(1, "a"),
        _heading("this is no heading at all", 2),
        _paragraph(1, "b"),
    )
    assert [(chunk.headings, chunk.text) for chunk in chunks] == [
        (("Ferns",), "a0"),
        (("Ferns",), "this is no heading at all\n\nb0"),
    ]


def test_headings_that_nothing_stands_under_give_no_chunk() -> None:
    chunks = _cut(_heading("Empty"), _heading("Full"), _paragraph(1))
    assert [(chunk.headings, chunk.text) for chunk in chunks] == [(("Full",), "w0")]


def test_a_heading_that_ends_the_document_is_found_as_well() -> None:
    chunks = _cut(_heading("Ferns"), _paragraph(1), _heading("Mosses", 2), Block("list", " \n"))
    assert [(chunk.headings, chunk.text) for chunk in chunks] == [
        (("Ferns",), "w0"),
        (("Ferns",), "Mosses"),
    ]


def test_nothing_gives_no_chunks() -> None:
    assert _cut() == ()
    assert _cut(Block("paragraph", " \n"), _heading(" ")) == ()


def test_long_paragraphs_are_cut_at_sentences() -> None:
    first = "The fern was found by J. Smith, e.g. in Art. 6 of the law."
    second = "It was dry (so dry!) and brown."
    third = "Nobody knew why."
    text = f"{first}  {second} {third}"
    assert _texts(Block("paragraph", text)) == [first, f"{second} {third}"]


def test_sentences_without_spaces_between_them_are_told_apart() -> None:
    text = "蕨类植物。苔藓。"
    chunks = chunked([Block("paragraph", text)], len, ChunkLimits(5, 5))
    assert [chunk.text for chunk in chunks] == ["蕨类植物。", "苔藓。"]


def test_long_lists_are_cut_at_their_items() -> None:
    items = [f"- {_paragraph(5, mark).text}" for mark in "abc"]
    assert _texts(Block("list", "\n".join(items))) == ["\n".join(items[:2]), items[2]]


def test_code_keeps_its_lines_and_their_indentation() -> None:
    lines = ["if a b c d e:", "    f g h i j", "", "    k l m n o", "    p q r s t"]
    assert _texts(Block("code", "\n".join(lines))) == ["\n".join(lines[:2]), "\n".join(lines[3:])]


def test_a_sentence_that_is_too_long_is_cut_into_even_parts_at_words() -> None:
    text = " ".join("abcdefghijklmnopqrst")
    assert _texts(Block("paragraph", text)) == [text[:19], text[20:]]


def test_a_word_that_is_too_long_is_cut_as_well() -> None:
    chunks = chunked([Block("paragraph", "x" * 30)], len, _LIMITS)
    assert [chunk.text for chunk in chunks] == ["x" * 10] * 3


@pytest.mark.parametrize("kind", ["paragraph", "list", "table", "code"])
@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "the key " + "x" * 50_000,
        "x" * 50_000 + " y",
        "x" + " " * 50_000 + "y",
        " " * 50_000 + "x",
        "a\n" + " " * 50_000 + "x",
    ],
)
def test_no_chunk_has_more_characters_than_its_tokens_may(kind: BlockKind, text: str) -> None:
    blocks = [_heading("x" * 50_000), Block(kind, text), Block("paragraph", "The end.")]
    chunks = chunked(blocks, _words, ChunkLimits(30, 40))
    assert max(len(chunk.embedded) for chunk in chunks) <= 40 * MOST_CHARACTERS
    assert max(chunk.tokens for chunk in chunks) <= 40
    read = [block.text for block in blocks]
    assert _letters([chunk.text for chunk in chunks]) == _letters(read)


def test_a_long_line_is_cut_in_the_memory_of_a_few() -> None:
    line = "\U0001f469" * 200_000
    tracemalloc.start()
    chunks = chunked([Block("paragraph", line)], len, ChunkLimits())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(len(chunk.text) for chunk in chunks) == len(line)
    assert most < 10 * sys.getsizeof(line)


@pytest.mark.parametrize(
    ("rule", "cuts"), [("", [0, 3, 6, 7]), ("| --- | :-: |\n", [0, 2, 4, 6, 7])]
)
def test_a_table_that_is_cut_repeats_its_header(rule: str, cuts: list[int]) -> None:
    header = f"| a | b |\n{rule}"
    rows = [f"| {number} | x |" for number in range(7)]
    table = Block("table", header + "\n".join(rows))
    chunks = chunked([Block("paragraph", "Intro."), table], _words, ChunkLimits(22, 24))
    parts = [header + "\n".join(rows[start:stop]) for start, stop in pairwise(cuts)]
    assert [chunk.text for chunk in chunks] == [f"Intro.\n\n{parts[0]}", *parts[1:]]


def test_parts_of_a_long_row_each_stand_below_the_header() -> None:
    table = Block("table", "the name it has\n" + " ".join("abcdefghijklmnopqrst"))
    assert _texts(table) == [
        f"the name it has\n{part}" for part in ("a b c d e f g", "h i j k l m", "n o p q r s t")
    ]


def test_a_header_that_leaves_rows_no_room_is_not_repeated() -> None:
    header = " ".join("abcdefgh")
    texts = _texts(Block("table", f"{header}\n1 2 3 4\n5 6 7 8 9"))
    assert texts == [f"{header}\n1 2 3 4", "5 6 7 8 9"]


def test_a_chunk_is_on_the_page_where_it_begins() -> None:
    blocks = [Block("paragraph", "a b c d e f", page=page) for page in (1, 2, 3)]
    assert [chunk.page for chunk in _cut(*blocks)] == [1, 3]


def test_the_same_text_twice_has_two_keys() -> None:
    again = [_heading("Ferns"), _paragraph(12)] * 2
    keys = [chunk.key for chunk in _cut(*again, _heading("Mosses"), _paragraph(12))]
    assert len(set(keys)) == 3
    assert all(len(bytes.fromhex(key)) == 16 for key in keys)


def test_headings_and_text_do_not_run_together_in_keys() -> None:
    one = _cut(_heading("a"), Block("paragraph", "bc"))
    other = _cut(_heading("a"), _heading("b", 2), Block("paragraph", "c"))
    assert one[0].key != other[0].key


@pytest.mark.parametrize(("target", "most"), [(0, 5), (6, 5)])
def test_limits_that_cannot_be_kept_are_refused(target: int, most: int) -> None:
    with pytest.raises(ValueError, match="target"):
        ChunkLimits(target, most)


def test_tokens_are_counted_a_few_times_a_block() -> None:
    asked: list[str] = []

    def count(text: str) -> int:
        asked.append(text)
        return _words(text)

    blocks = [_heading("Ferns"), *[_paragraph(3, mark) for mark in "abcdefgh"], _paragraph(160)]
    chunks = chunked(blocks, count, _LIMITS)
    assert len(asked) <= 2 * (len(blocks) + len(chunks))


@given(st.lists(_BLOCKS, max_size=8), _COUNTERS)
def test_no_chunk_is_too_long_and_tokens_tell_how_long(
    blocks: list[Block], count: Callable[[str], int]
) -> None:
    for chunk in chunked(blocks, count, ChunkLimits(30, 40)):
        least = math.ceil(len(chunk.embedded) / MOST_CHARACTERS)
        assert chunk.tokens == max(count(chunk.embedded), least) <= 40
        assert chunk.text.strip()


@given(st.lists(st.builds(Block, _KINDS, _LINES), max_size=8), _COUNTERS)
def test_no_word_is_lost_or_repeated(blocks: list[Block], count: Callable[[str], int]) -> None:
    chunks = chunked([_heading("Ferns"), *blocks], count, ChunkLimits(30, 40))
    if blocks:
        assert _letters([chunk.text for chunk in chunks]) == _letters([b.text for b in blocks])
    if count is _words:
        together = " ".join(chunk.text for chunk in chunks).split()
        assert not blocks or together == " ".join(block.text for block in blocks).split()


@given(st.lists(_TEXTS, min_size=1, max_size=12), st.integers(1, 3), _COUNTERS)
def test_no_row_is_lost_and_every_part_has_the_header(
    rows: list[str], size: int, count: Callable[[str], int]
) -> None:
    header = " ".join(["HEAD"] * size)
    chunks = chunked([Block("table", "\n".join([header, *rows]))], count, ChunkLimits(30, 40))
    parts = [chunk.text.split("\n", 1) for chunk in chunks]
    assert {part[0] for part in parts} == {header}
    assert _letters([part[1] for part in parts]) == _letters(rows)


@given(
    st.lists(st.lists(_LINES, min_size=1, max_size=4), min_size=1, max_size=4),
    st.integers(0, 3),
    st.lists(_LINES, min_size=1, max_size=4),
)
def test_editing_a_section_leaves_the_keys_of_the_others(
    sections: list[list[str]], edited: int, text: list[str]
) -> None:
    edited %= len(sections)

    def keys(bodies: Sequence[Sequence[str]]) -> list[str]:
        blocks: list[Block] = []
        for number, body in enumerate(bodies):
            blocks += [_heading(f"S{number}"), *[Block("paragraph", part) for part in body]]
        chunks = chunked(blocks, _words, ChunkLimits(30, 40))
        return [chunk.key for chunk in chunks if chunk.headings != (f"S{edited}",)]

    changed = [text if number == edited else body for number, body in enumerate(sections)]
    assert keys(sections) == keys(changed)
