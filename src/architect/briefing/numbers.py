"""Numbers in a text, in digits and in words, each with the place where it stands.

Every rule that needs a number works on a *shadow* of the text, in which each number is replaced by as
many ``#`` as it has characters: ``"1,200 req/s"`` becomes ``"##### req/s"``. So a rule never has to know how
numbers are written, and every place in the shadow is a place in the text.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from text_to_num import find_numbers

from architect.briefing.language import COMMA_DECIMALS

LARGEST: Final = 1e15
"""Larger numbers are noise: nobody has that many of anything."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the text: its value and where it stands."""

    value: float
    start: int
    end: int


_DIGITS = re.compile(
    r"(?<![a-z0-9_.,])"
    r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,3}(?:\.\d{3}){1,4}(?!\d)|\d{1,3}(?:'\d{3}){1,4}(?!\d)"
    r"|\d{1,3}(?: \d{3}){1,4}(?![\d.,]*[\da-z%])|\d{1,15}(?!\d))"
    r"(?:[.,]\d{1,6}(?!\d))?(?:e\d{1,3}(?![\da-z]))?"
)
_SUFFIX = re.compile(
    r"(?:(?P<thousand>k|kilo)(?![a-z0-9])(?! ?(?:bytes?|b)\b)"
    r"| ?(?P<thousands>k(?= req| rps| user| player| row| record| item)|thousand|tausend|tsd\.?|mille|mila"
    r"|duizend)(?![a-z])"
    r"| (?P<mil>mil)(?![a-z])"
    r"| ?(?P<million>million(?:en|s|es)?|millones|mill[oó]n|milh[oõ](?:es|ão)|milion[ei]|miljoen|mio\.?|mln"
    r"|mn)(?![a-z])"
    r"|(?P<m>m)(?= [a-z]{4,}(?! ?[/#]))"
    r"| ?(?P<billion>billion|milliarden?|milliards?|mrd\.?|bn|mil millones)(?![a-z])"
    r"|(?P<b>b)(?= (?:rows|records|events|documents|entries|messages|items)\b)"
    r"| ?(?P<hundred>hundred)(?![a-z]))"
)
_FACTORS: Final = {
    "thousand": 1e3,
    "thousands": 1e3,
    "mil": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "b": 1e9,
    "hundred": 1e2,
}
_TICKET = re.compile(r"(?<![A-Za-z])[A-Z]{2,10}-$")
"""What stands before the number of a ticket or a standard: "PLAT-2214", "ISO-27001"."""
_CAPITAL_MILLION = re.compile(r"M(?![A-Za-z0-9])")

_PHRASES: Final[tuple[tuple[re.Pattern[str], float], ...]] = (
    (re.compile(r"\bhalf a million\b"), 5e5),
    (re.compile(r"\b(?:a )?quarter (?:of a )?million\b"), 2.5e5),
    (re.compile(r"\b(?:one|1) and a half million\b"), 1.5e6),
    (re.compile(r"\btwo and a half million\b"), 2.5e6),
    (re.compile(r"\btwo and a half thousand\b"), 2500),
    (re.compile(r"\b(?:a )?couple (?:of )?thousand\b"), 2000),
    (re.compile(r"\b(?:a )?couple (?:of )?hundred\b"), 200),
    (re.compile(r"\b(?:a|one) (?:million|mio)\b"), 1e6),
    (re.compile(r"\b(?:a|one) billion\b"), 1e9),
    (re.compile(r"\b(?:a|one) thousand\b"), 1000),
    (re.compile(r"\b(?:a|one) hundred thousand\b"), 1e5),
    (re.compile(r"\b(?:a|one) hundred\b(?! (?:and|thousand))"), 100),
    (re.compile(r"\b(?:two|2) dozen\b"), 24),
    (re.compile(r"\b(?:a|one) dozen\b"), 12),
    (re.compile(r"\banderthalb (?:millionen|mio)\b"), 1.5e6),
    (re.compile(r"\btausend\b"), 1000),
    (re.compile(r"\b(?:un millón|un million|uma? milhão|un milione|een miljoen|eine million)\b"), 1e6),
    (re.compile(r"\b(?:une douzaine|una docena|ein dutzend)\b"), 12),
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_NUMBERS: Final = frozenset({"nines", "ones", "o", "oh", "mil"})
"""Words that the number parser takes for digits and that are none here ("four nines")."""
_JOINED = re.compile(r"[ -]?")


def numbers_of(original: str, plain: str, language: str) -> list[Number]:
    """Return the numbers of a text in order, none overlapping another.

    Args:
        original: the text, for the case of ``5M``.
        plain: the same text, lower-case, character by character.
        language: decides what a comma means and which number words are known.

    Example: ``"1,200 rps"`` gives 1200; ``"99,9 %"`` in German gives 99.9; ``"four"`` gives 4.
    """
    taken = bytearray(len(plain))
    found: list[Number] = []
    for read in (_phrases(plain), _digits(original, plain, language), _spelled(plain, language)):
        for number in read:
            if not any(taken[number.start : number.end]):
                taken[number.start : number.end] = b"\1" * (number.end - number.start)
                found.append(number)
    return sorted(found, key=lambda number: number.start)


def shadow_of(plain: str, numbers: list[Number]) -> str:
    """Return the text with every character of a number replaced by ``#``."""
    pieces: list[str] = []
    at = 0
    for number in numbers:
        pieces.append(plain[at : number.start])
        pieces.append("#" * (number.end - number.start))
        at = number.end
    pieces.append(plain[at:])
    return "".join(pieces)


def _phrases(plain: str) -> Iterator[Number]:
    for pattern, value in _PHRASES:
        for match in pattern.finditer(plain):
            yield Number(value, match.start(), match.end())


def _digits(original: str, plain: str, language: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(plain):
        value = _value(match.group(), language)
        if value is None or _TICKET.search(original, max(0, match.start() - 12), match.start()):
            continue
        suffix = _SUFFIX.match(plain, match.end())
        if suffix and suffix.lastgroup:
            value, end = value * _FACTORS[suffix.lastgroup], suffix.end()
        elif capital := _CAPITAL_MILLION.match(original, match.end()):
            value, end = value * 1e6, capital.end()
        else:
            end = match.end()
        if value <= LARGEST:
            yield Number(value, match.start(), end)


def _value(literal: str, language: str) -> float | None:
    mantissa, _, exponent = literal.replace("'", "").replace(" ", "").partition("e")
    value = float(_with_point(mantissa, language))
    if exponent:
        value = value * 10.0 ** int(exponent) if int(exponent) <= math.log10(LARGEST) else math.inf
    return value if value <= LARGEST else None


def _with_point(mantissa: str, language: str) -> str:
    """Return the digits with a point for decimals, whatever the language writes."""
    points, commas = mantissa.count("."), mantissa.count(",")
    if points and commas:
        decimal = "," if mantissa.rfind(",") > mantissa.rfind(".") else "."
        return mantissa.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    if points + commas > 1:
        return mantissa.replace(".", "").replace(",", "")
    if not points and not commas:
        return mantissa
    sign = "." if points else ","
    whole, _, rest = mantissa.partition(sign)
    groups_with = "." if language in COMMA_DECIMALS else ","
    if sign == groups_with and len(rest) == 3 and whole != "0":  # noqa: PLR2004 - digits of a group
        return whole + rest
    return f"{whole}.{rest}"


@dataclass(slots=True)
class _Token:
    """A word as the number parser takes it."""

    words: str
    start: int
    end: int
    apart: bool

    def text(self) -> str:
        return self.words

    def text_lowercase(self) -> str:
        return self.words

    def nt_separated(self, previous: "_Token") -> bool:
        del previous  # whether a word stands apart was seen when it was found
        return self.apart

    def not_a_number_part(self) -> bool:
        return self.words in _NO_NUMBERS


def _spelled(plain: str, language: str) -> Iterator[Number]:
    tokens: list[_Token] = []
    for match in _WORD.finditer(plain):
        near = bool(tokens) and _JOINED.fullmatch(plain, tokens[-1].end, match.start()) is not None
        tokens.append(_Token(match.group(), match.start(), match.end(), apart=not near))
    for found in find_numbers(tokens, language, threshold=0):
        if found.is_ordinal or not math.isfinite(found.value) or found.value > LARGEST:
            continue
        first, last = tokens[found.start], tokens[found.end - 1]
        if not (first.start > 0 and plain[first.start - 1].isdigit()):
            yield Number(float(found.value), first.start, last.end)
