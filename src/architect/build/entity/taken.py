"""Names that per-entity files give something else: an entity of such a name gets another in Python."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from architect.build import exemplar


@dataclass(frozen=True, slots=True)
class Taken:
    """``modules`` are files that stand beside an entity's, ``names`` what an entity's files import."""

    modules: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


NOTHING_TAKEN = Taken()


@cache
def taken() -> Taken:
    """Return what the exemplar's per-entity files import, and the modules that stand beside them."""
    names: set[str] = set()
    folders: set[str] = set()
    for path, source in exemplar.sources().items():
        if exemplar.is_of_an_entity(path) and path.endswith(".py"):
            folders.add(str(PurePosixPath(path).parent))
            names |= _imported(source.content.decode()) if path.startswith("src/") else set()
    beside = {
        PurePosixPath(path).stem.removeprefix("test_")
        for path in exemplar.sources()
        if str(PurePosixPath(path).parent) in folders and not exemplar.is_of_an_entity(path)
    }
    return Taken(frozenset(beside), frozenset(names))


def _imported(text: str) -> set[str]:
    return {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
        if not exemplar.is_of_an_entity(alias.name.lower())
    }
