"""The files of a system in memory, each with its owner."""

from dataclasses import dataclass
from typing import Literal

Owner = Literal["tool", "shared", "yours"]


@dataclass(frozen=True, slots=True)
class File:
    """One file: ``path`` is POSIX and relative, ``content`` its bytes, ``executable`` its mode bit.

    Owners: *tool* is regenerated always, *shared* is merged three ways, *yours* is written once.
    """

    path: str
    content: bytes
    owner: Owner
    block: str
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Project:
    """A whole project; ``files`` are sorted by path, without duplicates.

    ``unbuilt`` says, a line each, what the design holds that this version cannot write yet.
    """

    name: str
    package: str
    files: tuple[File, ...]
    unbuilt: tuple[str, ...] = ()
