"""What a model writes in square brackets, found while it comes: citations and placeholders."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

MOST_NUMBERS: Final = 20
"""Passages that one marker may name; no answer is drawn from more."""

# Bounded, or what a model repeats would be read again and again with each piece.
_SPACE: Final = r"[ \t]{0,16}"
_BRACKETED: Final = re.compile(rf"({_SPACE})\[([^\[\]\n]{{1,60}})\]")
_UNFINISHED: Final = re.compile(rf"{_SPACE}(?:\[[^\[\]\n]{{0,60}})?\Z")
_NUMBERS: Final = re.compile(r"\s*\d{1,3}(?:\s*[,;\u2013-]\s*\d{1,3})*\s*")
_SPAN: Final = re.compile(r"(\d+)(?:\s*[\u2013-]\s*(\d+))?")


@dataclass(frozen=True, slots=True)
class Cited:
    """A marker: the passages that the text before it is said to rest on, and the space between."""

    passages: tuple[int, ...]
    space: str = ""


Part: TypeAlias = str | Cited


class MarkerReader:
    """Tells text and markers apart in what comes in pieces.

    `[1]`, `[1, 3]` and `[1-3]` are citations. `[EMAIL_1]` becomes what it stands for. Other
    brackets are text. What may become a marker is held back until it is clear.
    """

    def __init__(self, originals: Mapping[str, str]) -> None:
        self._originals = originals
        self._held = ""

    def read(self, text: str) -> Iterator[Part]:
        """Yield what is clear with this piece."""
        self._held += text
        yield from self._complete()
        unfinished = _UNFINISHED.search(self._held)
        clear = len(self._held) if unfinished is None else unfinished.start()
        if clear:
            yield self._held[:clear]
        self._held = self._held[clear:]

    def rest(self) -> Iterator[Part]:
        """Yield what is left at the end."""
        if left := self._held.rstrip():
            yield left
        self._held = ""

    def _complete(self) -> Iterator[Part]:
        place = 0
        for found in _BRACKETED.finditer(self._held):
            if before := self._held[place : found.start()]:
                yield before
            space, inner = found[1], found[2]
            if _NUMBERS.fullmatch(inner):
                yield Cited(_numbers(inner), space)
            else:
                yield space + self._originals.get(f"[{inner}]", f"[{inner}]")
            place = found.end()
        self._held = self._held[place:]


def _numbers(inner: str) -> tuple[int, ...]:
    numbers: dict[int, None] = {}
    for first, last in _SPAN.findall(inner):
        spanned = range(int(first), int(last or first) + 1)[:MOST_NUMBERS]
        numbers.update(dict.fromkeys(spanned))
    return tuple(numbers)[:MOST_NUMBERS]
