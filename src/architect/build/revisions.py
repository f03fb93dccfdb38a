"""Migrations follow one another, whichever of them a project has: each names the one before it."""

import re
from collections.abc import Mapping
from typing import Final

FOLDER: Final = "migrations/versions/"
_REVISION: Final = re.compile(r'^revision = "(?P<name>[^"]+)"$', re.MULTILINE)
_BEFORE: Final = re.compile(r'^down_revision = "[^"]+"$', re.MULTILINE)


def linked(texts: Mapping[str, str]) -> dict[str, str]:
    """Return migrations by path, each after the one before it in the order of their paths.

    A migration is written after the one that the exemplar has before it, which a project may do without.
    """
    done: dict[str, str] = {}
    before = ""
    for path, text in sorted(texts.items()):
        done[path] = _BEFORE.sub(f'down_revision = "{before}"', text) if before else text
        found = _REVISION.search(text)
        before = found["name"] if found else before
    return done
