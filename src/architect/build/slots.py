"""Typed entries for shared files: blocks contribute, one writer a file prints them, sorted by key.

A slot filled twice is an error, so that two blocks never overwrite one another in silence.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Contribution(Protocol):
    """Something with a place of its own in a shared file."""

    @property
    def key(self) -> str:
        """What sorts it, and what may be there once for each type of contribution."""


C = TypeVar("C", bound=Contribution)


class Slots:
    """All contributions to one project."""

    def __init__(self, contributions: Iterable[tuple[str, Contribution]]) -> None:
        """Fill the slots.

        Args:
            contributions: each with the name of the block that makes it.

        Raises:
            ValueError: two blocks fill the same slot.
        """
        self._filled: dict[tuple[type, str], tuple[str, Contribution]] = {}
        for block, entry in contributions:
            place = (type(entry), entry.key)
            other = self._filled.get(place)
            if other is not None:
                message = f"{type(entry).__name__} {entry.key!r} is filled by {other[0]} and by {block}"
                raise ValueError(message)
            self._filled[place] = (block, entry)

    def of(self, kind: type[C]) -> tuple[C, ...]:
        """Return the contributions of one type, sorted by key."""
        found = {key: entry for (_, key), (_, entry) in self._filled.items() if isinstance(entry, kind)}
        return tuple(found[key] for key in sorted(found))
