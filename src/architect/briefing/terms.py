"""Finding what a text names: products, protocols, schemes, clouds, systems, typing errors included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from architect.briefing.lexicon.integrations import SYSTEMS
from architect.briefing.lexicon.platforms import KNOWN
from architect.briefing.lexicon.products import TABLES
from architect.briefing.lexicon.words import LIKE_PRODUCTS
from architect.briefing.passage import Passage, Sentence


@dataclass(frozen=True, slots=True)
class Term:
    """What a spelling stands for: its name, its roles (likeliest first), what it implies of other fields.

    An outside system has the one role ``integration`` and tells its ``purpose`` and ``kind``.
    """

    name: str
    roles: tuple[str, ...]
    implies: tuple[tuple[str, str], ...] = ()
    purpose: str = ""
    kind: str = ""

    def has(self, role: str) -> bool:
        """True when the term can play that role."""
        return role in self.roles

    def implied(self, what: str) -> str | None:
        """Return what naming the term says of another field, if anything."""
        return dict(self.implies).get(what)


@dataclass(frozen=True, slots=True)
class Mention:
    """A term where it stands in a sentence; ``start`` and ``end`` are places in the sentence."""

    term: Term
    sentence: Sentence
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words as they stand in the text."""
        return " ".join(self.sentence.original[self.start : self.end].split())

    @property
    def at(self) -> int:
        """The place in the whole text."""
        return self.sentence.start + self.start


@dataclass(frozen=True, slots=True)
class _Spelling:
    term: Term
    capital: str
    """The exact writing that is asked for, or empty."""


_TOKEN = re.compile(r"[^\W_]+#?(?:'[a-z]+)?")
MOST_MENTIONS: Final = 2000
"""Things named that are looked at in one text; a tender of 64 KiB names some 300."""
_GAP: Final = frozenset({"", " ", "-", ".", "/", "_", "+", "  ", ". ", "' ", ","})
_LONGEST_SPELLING: Final = 5

_GOES_ON = re.compile(r"\s+(?!(?:and|or|for|as|is|via|with|in|on|handles|takes|will|to)\b)\w")
"""After a capital word that begins a sentence: its object, so that it is a verb ("Replicate DB2 ..")."""
_A_NAME = re.compile(r"\b(?:team|project|squad|codename|street|mr|mrs|ms|dr)\.?\s+$")
_MEANS_SOMETHING_ELSE: Final[dict[str, tuple[re.Pattern[str], re.Pattern[str]]]] = {
    "rest": (
        re.compile(
            r"\b(?:the|a|some|all|its|at|take|get|no|to|of|as|und|el|le)\s+$|\b(?:bed|sleep|night)\W+$"
        ),
        re.compile(
            r"\s+(?:of|is|are|was|will|we|i|you|later|up|can|should|stays?|assured|day|days|hours|time)\b"
        ),
    ),
    "rabbit": (re.compile(r"\b(?:a|the|my|pet|her|his)\s+$"), re.compile(r"\s+(?:food|hutch)")),
    "lambda": (re.compile(r"\bpython\s+$"), re.compile(r"\s+(?:expression|calculus|term)")),
    "oracle": (re.compile(r"\b(?:price|test)\s+$"), re.compile(r"\s+(?:problem)")),
    "sap": (re.compile(r"\btree\s+$"), re.compile(r"\s+(?:flow)")),
    "slack": (re.compile(r"\b(?:some|cut|the|any|no)\s+$"), re.compile(r"\s+(?:off|time)\b")),
    "pg": (re.compile(r"$^"), re.compile(r"[- ]?(?:13|rated)\b")),
    "soap": (
        re.compile(r"\b(?:hand|bar of|liquid|and)\s+$"),
        re.compile(r"\s+(?:notes?|opera|dispenser|bars?)\b"),
    ),
    "docker": (re.compile(r"$^"), re.compile(r"[- ]compose")),
    "cassandra": (re.compile(r"(?:regards|thanks|cheers|best|dear|hi|hello)[, \n]+$"), re.compile(r"$^")),
    "elk": (re.compile(r"\b(?:an|the|deer,|and)\s+$"), re.compile(r"\s+(?:herd|hunt)")),
}
"""Words that are no products in some company: (what stands before them, what stands after them)."""


def mentions_of(passage: Passage) -> list[Mention]:
    """Return what the text names, in order; the longest spelling wins."""
    typing_errors = _TypingErrors()
    found = (mention for sentence in passage.sentences for mention in _in_sentence(sentence, typing_errors))
    return list(islice(found, MOST_MENTIONS))


def term_named(name: str) -> Term | None:
    """Return the term of a name or spelling ("Postgres" -> postgresql), or ``None``."""
    key = tuple(each.group() for each in _TOKEN.finditer(name.lower().replace("_", " ")))
    found = spellings().get(key)
    return found.term if found else None


def near_term(word: str) -> Term | None:
    """Return the term that a word is a typing error of ("postgrs" -> postgresql), or ``None``."""
    return _TypingErrors().meant(word.lower())


@cache
def spellings() -> dict[tuple[str, ...], _Spelling]:
    """Return every spelling, as its words in lower case."""
    table: dict[tuple[str, ...], _Spelling] = {}
    for (purpose, kind), rows in SYSTEMS.items():
        for row in rows.split(","):
            name, _, written = (part.strip() for part in row.partition("="))
            term = Term(name.lower(), ("integration",), purpose=purpose, kind=kind)
            for spelling in (written or name).split("/"):
                _enter(table, spelling.strip(), term)
    for rows_by_name in TABLES:
        for name, (roles, written, implies) in rows_by_name.items():
            term = Term(name, tuple(role.strip() for role in roles.split(",")), tuple(implies.items()))
            for spelling in written.split(","):
                _enter(table, spelling.strip(), term)
    return table


def _enter(table: dict[tuple[str, ...], _Spelling], spelling: str, term: Term) -> None:
    key = tuple(each.group() for each in _TOKEN.finditer(spelling.lower()))
    table[key] = _Spelling(term, spelling if spelling != spelling.lower() else "")


@cache
def _beginnings() -> dict[str, int]:
    """Return, for the first word of every spelling, the words of the longest one."""
    longest: dict[str, int] = {}
    for key in spellings():
        longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest


def _in_sentence(sentence: Sentence, typing_errors: "_TypingErrors") -> Iterator[Mention]:
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(sentence.plain)]
    tokens = [(word.partition("'")[0], start, end) for word, start, end in tokens]
    at = 0
    while at < len(tokens):
        found = _longest(sentence, tokens, at)
        if found is None:
            word, start, end = tokens[at]
            term = typing_errors.meant(word)
            if term is not None:
                yield Mention(term, sentence, start, end)
            at += 1
            continue
        term, length = found
        yield Mention(term, sentence, tokens[at][1], tokens[at][1] + _extent(tokens, at, length))
        at += length


def _extent(tokens: list[tuple[str, int, int]], at: int, length: int) -> int:
    last_word, last_start, _ = tokens[at + length - 1]
    return last_start + len(last_word) - tokens[at][1]


def _longest(sentence: Sentence, tokens: list[tuple[str, int, int]], at: int) -> tuple[Term, int] | None:
    words = _beginnings().get(tokens[at][0], 0)
    for length in range(min(words, _LONGEST_SPELLING, len(tokens) - at), 0, -1):
        chosen = tokens[at : at + length]
        found = spellings().get(tuple(word for word, _, _ in chosen))
        if found is None or not _adjacent(sentence, chosen):
            continue
        start, end = chosen[0][1], chosen[0][1] + _extent(tokens, at, length)
        if found.capital and (
            not _written(found.capital, sentence.original[start:end])
            or _A_NAME.search(sentence.plain, max(0, start - 12), start)
            or (not any(map(str.isalnum, sentence.plain[:start])) and _GOES_ON.match(sentence.plain, end))
        ):
            continue
        if length == 1 and _something_else(sentence, chosen[0][0], start, end):
            continue
        return found.term, length
    return None


def _written(asked: str, here: str) -> bool:
    return (
        here.startswith(asked) if " " not in asked else here.lower() == asked.lower() and here[0] == asked[0]
    )


def _adjacent(sentence: Sentence, chosen: list[tuple[str, int, int]]) -> bool:
    return all(
        sentence.plain[before[1] + len(before[0]) : after[1]] in _GAP - {","}
        for before, after in pairwise(chosen)
    )


def _something_else(sentence: Sentence, word: str, start: int, end: int) -> bool:
    patterns = _MEANS_SOMETHING_ELSE.get(word)
    if patterns is None:
        return False
    if word == "rest" and sentence.original[start:end] == "REST":
        return False
    before, after = patterns
    return before.search(sentence.plain[max(0, start - 24) : start]) is not None or (
        after.match(sentence.plain, end) is not None
    )


class _TypingErrors:
    """Product names with a letter wrong, missing, doubled or out of place ("postgress", "kubernets")."""

    _SHORTEST = 5
    _LONG = 9
    _MOST_WORDS = 1500
    """Distinct unknown words that are looked at in one text; more is not a request but noise."""

    def __init__(self) -> None:
        self._known: dict[str, Term | None] = {}

    def meant(self, word: str) -> Term | None:
        """Return the term a word is a typing error of, or ``None``."""
        if len(word) < self._SHORTEST or not word.isalpha() or not word.isascii():
            return None
        if word not in self._known:
            self._known[word] = self._looked_up(word) if len(self._known) < self._MOST_WORDS else None
        return self._known[word]

    def _looked_up(self, word: str) -> Term | None:
        if word in LIKE_PRODUCTS or word.rstrip("s") in LIKE_PRODUCTS:
            return None
        candidates = _mistakable()
        allowed = 2 if len(word) >= self._LONG else 1
        best = extractOne(word, candidates.keys(), scorer=OSA.distance, score_cutoff=allowed)
        if best is None:
            return None
        spelling, distance, _ = best
        fits = word[0] == spelling[0] and abs(len(word) - len(spelling)) <= distance
        inflected = word.removeprefix(spelling) in {"es", "ed", "ing", "er"}
        return candidates[spelling] if fits and distance and not inflected else None


@cache
def _mistakable() -> dict[str, Term]:
    """Return the one-word names that are long and odd enough to be told apart from plain words."""
    return {
        key[0]: found.term
        for key, found in spellings().items()
        if len(key) == 1
        and not found.capital
        and len(key[0]) >= _TypingErrors._SHORTEST  # noqa: SLF001 - the same bound
        and key[0].isalpha()
        and found.term.name not in KNOWN
        and key[0] not in LIKE_PRODUCTS
    }
