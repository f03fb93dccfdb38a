"""A line of the bill of a month."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the bill, in USD a month."""

    name: str
    usd: float
    because: str
