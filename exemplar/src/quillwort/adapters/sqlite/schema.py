"""The schema of a file: numbered steps, and how far a file has come in PRAGMA user_version."""

import sqlite3
from collections.abc import Sequence
from typing import TypeAlias

from quillwort.domain.errors import Unavailable

Steps: TypeAlias = Sequence[Sequence[str]]
"""The statements of each version, from the first on; a released step is never edited."""


def upgrade(connection: sqlite3.Connection, steps: Steps) -> None:
    """Take the steps that the file lacks, all or none; whoever comes at the same time waits.

    Raises:
        Unavailable: when the file is of a later version than these steps.
    """
    done = _version(connection)
    if done > len(steps):
        raise Unavailable(f"The file is of version {done}, and {len(steps)} is known here.")
    if done == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in steps[_version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(steps):d}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
