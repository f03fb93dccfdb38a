"""Finding the number at which something turns, by bisection."""

from collections.abc import Callable
from math import ceil, floor, log10
from typing import Final

from architect.design.paths import WHOLE_NUMBERS

PRECISE: Final = 0.004
"""Relative width to which a bracket is bisected; its far end is then told in three digits."""
LEAST: Final = 1e-3
"""What the width is relative to where a number is next to nothing."""
FULL: Final = {"load.availability": 100.0}
"""Numbers that are measured by what they lack: 99.9% lacks 0.1."""


def bisected(path: str, near: float, far: float, turned: Callable[[float], bool]) -> tuple[float, float]:
    """Return the bracket made narrow: ``near`` has not turned, ``far`` has, and stays so.

    Args:
        path: the brief's path that the numbers belong to.
        near: a value at which ``turned`` is false.
        far: a value at which it is true.
        turned: what to look for.
    """
    whole = path in WHOLE_NUMBERS
    while abs(far - near) > (1 if whole else PRECISE * _scale(path, near, far)):
        middle = (near + far) / 2
        middle = float(floor(middle)) if whole else middle
        near, far = (near, middle) if turned(middle) else (middle, far)
    return near, far


def rounded(path: str, value: float, *, away_from: float) -> float:
    """Return the value in three digits, moved outward: away from the side that has not turned."""
    if path in WHOLE_NUMBERS and abs(value) < 1000:  # noqa: PLR2004 # three digits hold it as it is
        return value
    full = FULL.get(path, 0.0)
    step = 10.0 ** (floor(log10(abs(value - full) or 1.0)) - 2)
    steps = (value - full) / step
    outward = ceil(steps) if value > away_from else floor(steps)
    return float(f"{full + outward * step:.10g}")


def _scale(path: str, near: float, far: float) -> float:
    full = FULL.get(path, 0.0)
    lacks = (abs(near - full), abs(far - full))
    return min(lacks) or LEAST if full else max(*lacks, LEAST)
