"""Where the exemplar is, and its files: whole ones are copied from here, renamed and nothing else.

A checkout holds it beside ``src/``; a wheel carries a copy inside this package, put there by the
build step in ``setup.py``, which walks it with the same function. This module imports nothing of ours so
that the build step can load it alone.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

PACKAGED: Final = "_exemplar"
"""The directory of this package that a wheel carries the exemplar in."""

MADE: Final = frozenset(
    {".venv", ".local", ".env", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".schemathesis"}
    | {"__pycache__", ".coverage", ".architect", ".import_linter_cache", "build", "dist"}
)
"""Names of what running the exemplar leaves behind; never a part of it."""


ENTITIES: Final = ("specimen", "collector")
"""What stands for the entities of a project; whole files never say these words."""


def is_of_an_entity(path: str) -> bool:
    """Return whether a path or name belongs to one of the exemplar's entities."""
    return any(word in path for word in ENTITIES)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the exemplar: its bytes, and whether its mode lets it be executed."""

    content: bytes
    executable: bool


def root() -> Path:
    """Return the exemplar's directory.

    Raises:
        FileNotFoundError: this installation carries none.
    """
    here = Path(__file__).resolve()
    for candidate in (here.parent / PACKAGED, here.parents[3] / "exemplar"):
        if (candidate / "pyproject.toml").is_file():
            return candidate
    message = "this installation of architect carries no exemplar; install it again"
    raise FileNotFoundError(message)


def walk(directory: Path) -> Iterator[Path]:
    """Yield the files of an exemplar, sorted, without what running it leaves behind."""
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if not _is_made(name))
        yield from (Path(folder, name) for name in sorted(names) if not _is_made(name))


def _is_made(name: str) -> bool:
    return name in MADE or name.endswith((".pyc", ".egg-info"))


@cache
def sources() -> Mapping[str, Source]:
    """Return every file of the exemplar by its POSIX path relative to it, read once a process."""
    top = root()
    return MappingProxyType(
        {
            path.relative_to(top).as_posix(): Source(path.read_bytes(), os.access(path, os.X_OK))
            for path in walk(top)
        }
    )
