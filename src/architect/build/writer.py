"""A writer: prints one shared file (or a family of them) from the contributions. One writer, one file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from architect.build.scene import Scene
from architect.build.slots import Slots
from architect.model.project import Owner
from architect.registry import Registry


@dataclass(frozen=True, slots=True)
class Text:
    """A file that a writer made; its path and content still bear the exemplar's placeholder."""

    path: str
    content: str
    owner: Owner = "shared"


@dataclass(frozen=True, slots=True)
class Writer:
    """What prints files when the block it belongs to is selected."""

    block: str
    write: Callable[[Scene, Slots], Iterable[Text]]


WRITERS: Final = Registry[Writer]("writer", "architect.build.writers")
