"""A block: a capability a project can have. One block, one file in ``blocks/``."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from architect.build.choices import Choices
from architect.build.scene import Scene
from architect.build.slots import Contribution
from architect.registry import Registry


def always(_: Choices) -> bool:
    """Select the block for every project."""
    return True


def nothing(_: Scene) -> Iterable[Contribution]:
    """Contribute nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Block:
    """What a capability brings.

    ``files`` are patterns of the exemplar's whole files (``*`` stays within a directory, ``**`` does
    not); ``templates`` are the per-entity and ``wide`` the per-project templates, by path.
    """

    title: str
    selected: Callable[[Choices], bool]
    files: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    contribute: Callable[[Scene], Iterable[Contribution]] = nothing

    def brings(self, path: str) -> bool:
        """Return whether a whole file of the exemplar is this block's."""
        return any(_pattern(pattern).fullmatch(path) for pattern in self.files)


BLOCKS: Final = Registry[Block]("block", "architect.build.blocks")


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", pattern)
    translated = {"**": ".*", "*": "[^/]*"}
    return re.compile("".join(translated.get(part, re.escape(part)) for part in parts))
