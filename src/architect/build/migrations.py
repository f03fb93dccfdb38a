"""Migrations of a project follow one another, whichever of them it has."""

import re
from collections.abc import Mapping
from typing import Final

_DIRECTORY: Final = "migrations/versions/"
_REVISION: Final = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)
_FOLLOWS: Final = re.compile(r"^down_revision = .*$", re.MULTILINE)


def linked(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the migrations among files by path, in the order of their names, each after the one before.

    A block that brings tables does not know which other blocks do, so that what its migration follows in the
    exemplar may not be there.
    """
    done: dict[str, str] = {}
    previous = "None"
    for path in sorted(path for path in texts if path.startswith(_DIRECTORY) and path.endswith(".py")):
        found = _REVISION.search(texts[path])
        if found is None:
            continue
        done[path] = _FOLLOWS.sub(f"down_revision = {previous}", texts[path], count=1)
        previous = f'"{found[1]}"'
    return done
