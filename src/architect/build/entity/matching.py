"""A short text that matches a pattern: what examples of a field with a pattern show."""

import re
import string
from collections import Counter
from random import Random
from typing import Final, Protocol, TypeVar, cast

from rstr import Rstr

from architect.model.errors import InputError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_PREFERRED: Final = (string.ascii_uppercase, "1234567890", string.ascii_lowercase, "-_. ")


class SupportsLenAndGetItem(Protocol[T_co]):
    """What ``random`` chooses from."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> T_co: ...


class _Plain(Random):
    """Chooses what a person would write: short repeats, and of characters A, B, C or 1, 2, 3."""

    def __init__(self, stretch: int, *, last: bool) -> None:
        super().__init__(0)
        self._stretch = stretch
        self._step = -1 if last else 1
        self._chosen: Counter[str] = Counter()

    def randint(self, a: int, b: int) -> int:
        """Return how often something is repeated."""
        return min(a + self._stretch, b)

    def choice(self, seq: SupportsLenAndGetItem[T]) -> T:
        """Return the next character of the first alphabet there is, or the first of other things."""
        offered = [seq[place] for place in range(len(seq))]
        for alphabet in _PREFERRED:
            letters = [letter for letter in alphabet if letter in offered][:: self._step]
            if letters:
                self._chosen[alphabet] += 1
                return cast("T", letters[(self._chosen[alphabet] - 1) % len(letters)])
        return min(offered, key=str)


def matching(pattern: str, least: int, most: int, where: str, *, last: bool = False) -> str:
    """Return a text of ``least`` to ``most`` characters that the whole pattern matches.

    Repeats are as short as they may be, then longer until the text is long enough. ``last`` takes
    characters from the ends of alphabets, which gives another text where there is one.

    Raises:
        InputError: the pattern is no regular expression, or no text was found for it.
    """
    try:
        known = re.compile(pattern)
    except re.error as error:
        raise InputError(f"the pattern {pattern!r} is none ({error})", where=where, mend="mend it") from error
    for stretch in range(most + 1):
        text = Rstr(_Plain(stretch, last=last)).xeger(pattern)
        if least <= len(text) <= most and known.fullmatch(text):
            return text
        if len(text) > most:
            break
    raise InputError(
        f"no text of {least} to {most} characters was found for the pattern {pattern!r}",
        where=where,
        mend="write a simpler pattern, or allow other lengths",
    )
