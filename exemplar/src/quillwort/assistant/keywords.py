"""Finds chunks by the words they share with a question: terms, postings and BM25.

A posting says how often a term stands in a chunk. Chunks are numbered, and the postings of one term
in `PAGE` numbers that follow each other are kept together as one row of packed bytes.
"""

import math
import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final
from unicodedata import category, normalize

import numpy as np
from numpy.typing import NDArray

PAGE: Final = 4096
"""Chunk numbers that share a row; a term that is in all of them takes 24 KiB."""

POSTING: Final = np.dtype([("offset", "<u2"), ("frequency", "<u2"), ("length", "<u2")])
"""A chunk's place in its page, how often it has the term, and its length in terms."""

Postings = NDArray[np.void]
"""Records of `POSTING`, in the order of their offsets."""

_POSTING: Final = struct.Struct("<3H")
"""`POSTING`, one at a time."""

_K1: Final = 1.2
_B: Final = 0.75

_MOST: Final = 0xFFFF
"""What a field of a posting holds at most."""

_LONGEST: Final = 64
"""Characters of a term that count: indexes of databases limit their keys, and words are shorter."""


def _marks() -> str:
    """Return what stands on, under or beside a letter and is none to Python, for a pattern.

    Accents do, and the vowels of Hindi, Thai, Hebrew and Arabic: without them a word is a number of
    single letters, which every text has. Variation selectors follow signs.
    """
    codes = (*range(0x300, 0xFE00), *range(0xFE10, 0x20000))
    found = (code for code in codes if category(chr(code)) in {"Mn", "Mc"})
    runs = groupby(enumerate(found), lambda each: each[1] - each[0])
    ends = ([code for _, code in run] for _, run in runs)
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ends)


_LETTERS: Final = rf"[^\W_]++(?:(?=[\u0300-\U0001ffff])[{_marks()}]++[^\W_]*+)*+"
"""Most words are followed by what no mark is near, and a range is looked up faster than a set."""

_PART: Final = re.compile(_LETTERS)

_SIGN: Final = re.compile(r"§§?\s?")


def _written_as_one(letters: str) -> str:
    return rf"{letters}(?:(?:[-_./:]|(?<=\d),(?=\d)){letters})*+(?:\+\+|#)?"


_WHOLE: Final = re.compile(rf"(?:{_SIGN.pattern})?{_written_as_one(_LETTERS)}")

_WHOLE_ASCII: Final = re.compile(_written_as_one("[a-z0-9]++"))
"""The same for text in lower case that has nothing else, in half of the time."""

_SAME: Final = {0xAD: None, **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-")}
"""Soft hyphens say where a word may break; the other hyphens, short dashes and minus are one."""


def terms(text: str) -> list[str]:
    """Return the terms that a text is found by, in its order, as often as they stand in it.

    A term is a word or a number with the marks on its letters, without regard to case and
    compatibility forms (NFKC). What is written as one with hyphens, underscores, points, slashes,
    colons or decimal commas, or with "§", "++" or "#", is a term as a whole as well as by its
    parts: `PLAT-2214` gives "plat-2214", "plat" and "2214", `§ 12` gives "§12" and "12". Terms of
    more than 64 characters are cut there.

    Words are not stemmed, since that would blur the names and numbers that keywords are there to
    find, while vectors find inflected words already. Nothing is left out as too common: BM25 gives
    such words next to no weight, and "IT" or "can" may be what is asked for. A run of script that
    parts no words, such as Chinese, is one term.
    """
    found: list[str]
    if text.isascii():
        found = _WHOLE_ASCII.findall(text.lower())
    else:
        folded = normalize("NFKC", text).casefold().translate(_SAME)
        found = _WHOLE.findall(folded)
    if not "".join(found).isalnum():
        found = [term for each in found for term in _terms(each)]
    return [term[:_LONGEST] for term in found]


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many chunks there are, and how many terms they have together."""

    chunks: int
    terms: int


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Numbers of chunks and the score of each, the best first, equal ones by number.

    `weights` says how rare each term of the query is, those that no chunk has included: empty when
    nobody has told.
    """

    numbers: NDArray[np.int64]
    values: NDArray[np.float32]
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def full(self) -> float:
        """What a chunk of average length scores that has every term once: whether the best is good.

        0 when nobody has told.
        """
        return sum(self.weights.values())

    def by_number(self) -> dict[int, float]:
        """Return each chunk's score by its number, in the same order."""
        return dict(zip(self.numbers.tolist(), self.values.tolist(), strict=True))


def encoded(postings: Postings) -> bytes:
    """Return postings as they are kept."""
    return postings.astype(POSTING, copy=False).tobytes()


def decoded(entries: bytes) -> Postings:
    """Return postings from their bytes, to be read alone.

    Raises:
        ValueError: when the bytes are no whole number of postings.
    """
    return np.frombuffer(entries, POSTING)


def without(entries: bytes, offsets: Iterable[int]) -> bytes:
    """Return the postings of all chunks but those at these offsets; b"" when none is left."""
    if not entries:
        return entries
    postings = decoded(entries)
    left = np.ones(len(postings), np.bool_)
    there = postings["offset"]
    gone = np.fromiter(offsets, there.dtype)
    places = np.minimum(np.searchsorted(there, gone), len(there) - 1)
    left[places[there[places] == gone]] = False
    return encoded(postings[left])


def indexed(number: int, text: str) -> dict[str, bytes]:
    """Return what each term of a chunk adds to its row of page `number // PAGE`."""
    return postings(number, terms(text))


def postings(number: int, found: Sequence[str]) -> dict[str, bytes]:
    """Return what a chunk with these terms adds to the row of each on page `number // PAGE`."""
    offset, length = number % PAGE, min(len(found), _MOST)
    counted: Mapping[str, int] = Counter(found)
    if len(found) > _MOST:
        counted = {term: min(frequency, _MOST) for term, frequency in counted.items()}
    return {term: _POSTING.pack(offset, times, length) for term, times in counted.items()}


def length(text: str) -> int:
    """Return how many terms a text has: what its chunk adds to `Statistics.terms`."""
    return len(terms(text))


def scores(
    rows: Iterable[tuple[str, int, bytes]], statistics: Statistics, query: Sequence[str]
) -> Scores:
    """Return the BM25 score of every chunk that has a term of the query.

    BM25 is that of Robertson and Zaragoza (2009), "The Probabilistic Relevance Framework: BM25 and
    Beyond", with k1 = 1.2 and b = 0.75: the sum over the terms of idf * f * (k1 + 1) / (f + k1 *
    (1 - b + b * length / average length)). As in Lucene, idf is ln(1 + (N - n + 0.5) / (n + 0.5)),
    which is never negative.

    Args:
        rows: a term, a page and postings there; all rows of each of the query's terms, once. A page
            may come in several rows as long as a chunk is in one of them.
        statistics: of all chunks. Fewer chunks than a term is in count as that many.
        query: the terms that are asked for; one that stands there twice counts once.
    """
    asked: dict[str, list[tuple[int, bytes]]] = {term: [] for term in query}
    for term, page, entries in rows:
        if term in asked and entries:
            asked[term].append((page, entries))
    pages = np.array(sorted({page for found in asked.values() for page, _ in found}), np.int64)
    totals = np.zeros(len(pages) * PAGE)
    for found in asked.values():
        if found:
            places, weights = _weighed(found, pages, statistics)
            totals[places] += weights
    places = np.flatnonzero(totals)
    values = totals[places].astype(np.float32)
    order = _best_first(values)
    rare = {term: _idf(_having(found), statistics) for term, found in asked.items()}
    return Scores((pages[places // PAGE] * PAGE + places % PAGE)[order], values[order], rare)


def best(found: Scores, limit: int) -> Scores:
    """Return at most the `limit` best."""
    return Scores(found.numbers[:limit], found.values[:limit], found.weights)


def share(text: str, weights: Mapping[str, float]) -> float:
    """Return which part of what is asked stands in a text, from 0 to 1.

    The geometric mean of the part of the terms and the part of their weights: terms alone count
    "the" like a name, weights alone hang on a corpus that is large enough to tell common ones.
    """
    full = sum(weights.values())
    if not full:
        return 0.0
    found = set(terms(text))
    there = [weight for term, weight in weights.items() if term in found]
    return math.sqrt(len(there) / len(weights) * sum(there) / full)


def _terms(found: str) -> Sequence[str]:
    """Return what is written as one, and its parts if it has any."""
    if found.isalnum():
        return (found,)
    sign = _SIGN.match(found)
    whole = sign[0].rstrip() + found[sign.end() :] if sign else found
    parts = _PART.findall(whole)
    return parts if parts == [whole] else [whole, *parts]


def _weighed(
    found: Sequence[tuple[int, bytes]], pages: NDArray[np.int64], statistics: Statistics
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return where a term's chunks stand among those pages, and what it adds to their scores."""
    postings = decoded(b"".join(entries for _, entries in found))
    frequencies = postings["frequency"].astype(np.float64)
    lengths = postings["length"].astype(np.float64)
    counts = [len(entries) // POSTING.itemsize for _, entries in found]
    starts = np.searchsorted(pages, [page for page, _ in found]) * PAGE
    places = np.repeat(starts, counts) + postings["offset"].astype(np.intp)
    average = max(statistics.terms, 1) / max(statistics.chunks, len(postings))
    damping = lengths * (_K1 * _B / average) + _K1 * (1 - _B)
    idf = _idf(len(postings), statistics)
    return places, frequencies / (frequencies + damping) * (idf * (_K1 + 1))


def _having(found: Sequence[tuple[int, bytes]]) -> int:
    """Return how many chunks have a term."""
    return sum(len(entries) for _, entries in found) // POSTING.itemsize


def _idf(having: int, statistics: Statistics) -> float:
    chunks = max(statistics.chunks, having)
    return math.log1p((chunks - having + 0.5) / (having + 0.5))


def _best_first(values: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the order from the highest to the lowest of values that are not negative.

    The bits of such floats, taken as whole numbers, are in the floats' own order. With the position
    below them, one sort of whole numbers settles ties too, in a fraction of a stable sort's time.
    """
    bits = values.view(np.uint32).astype(np.uint64)
    keys = ((np.uint64(0xFFFF_FFFF) - bits) << np.uint64(32)) | np.arange(
        len(values), dtype=np.uint64
    )
    keys.sort()
    return (keys & np.uint64(0xFFFF_FFFF)).astype(np.int64)
