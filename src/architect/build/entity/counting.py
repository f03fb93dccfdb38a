"""Python source for values that differ with every ``number``, within the bounds of a field."""

import re
from typing import Final

_PRIMES: Final = (7, 97, 997, 9973, 99991, 999983, 9999991, 99999989, 999999937)
"""The greatest prime of each number of digits: tests count 1, 2, 3 and 1001, 2001, and none may meet"
" again."""

_ENOUGH: Final = 10
"""Digits that no number of a test goes beyond."""

_LETTERS: Final = 23
"""A prime below the letters of an alphabet."""


def counted(least: int, most: int) -> str:
    """Return source for whole numbers from ``least`` to ``most``."""
    room = most - least + 1
    if room >= 10**_ENOUGH:
        return f"number + {least}" if least else "number"
    prime = max((prime for prime in _PRIMES if prime <= room), default=1)
    return f"number % {prime} + {least}" if least else f"number % {prime}"


def text(base: str, least: int, most: int) -> str:
    """Return source for texts of such a length, which begin with ``base`` if it fits."""
    before = base if len(base) + _ENOUGH <= most else ""
    wide = max(0, least - len(before))
    if len(before) + _ENOUGH <= most:
        return _formatted(before, "number", wide, "")
    digits = min(most, len(_PRIMES))
    return _formatted("", f"number % {_PRIMES[digits - 1]}", max(wide, 0), "")


def matching(pattern: str, shown: str, least: int, most: int) -> str:
    """Return source for texts that the pattern matches: the digits of an example count, or its letters do."""
    for source in _candidates(shown):
        made = [_evaluated(source, number) for number in (0, 1, 2, 3, 1001, 2001, 1_000_001, 2_000_001)]
        fits = all(least <= len(one) <= most and re.fullmatch(pattern, one) for one in made)
        if fits and len(set(made)) == len(made):
            return source
    return repr(shown)


def _candidates(shown: str) -> list[str]:
    found = []
    digits = re.fullmatch(r"(.*?)(\d+)(\D*)", shown)
    if digits:
        before, _, after = digits.groups()
        found.append(_formatted(before, "number", 0, after))
        found += [
            _formatted(before, f"number % {prime}", wide, after) for wide, prime in enumerate(_PRIMES, 1)
        ][::-1]
    for first in ("A", "a"):
        found += [_lettered(shown, place, first) for place in range(len(shown) - 1)][::-1]
    return found


def _formatted(before: str, value: str, wide: int, after: str) -> str:
    form = f"{{{value}:0{wide}}}" if wide else f"{{{value}}}"
    return f'f"{_plain(before)}{form}{_plain(after)}"'


def _lettered(shown: str, place: int, first: str) -> str:
    start = ord(first)
    high = f"{{chr({start} + number // {_LETTERS} % {_LETTERS})}}"
    low = f"{{chr({start} + number % {_LETTERS})}}"
    return f'f"{_plain(shown[:place])}{high}{low}{_plain(shown[place + 2 :])}"'


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}")


def _evaluated(source: str, number: int) -> str:
    """Return what the source, which this module wrote, makes of a number."""
    made: str = eval(source, {"__builtins__": {"chr": chr}}, {"number": number})  # noqa: S307 - our own source
    return made
