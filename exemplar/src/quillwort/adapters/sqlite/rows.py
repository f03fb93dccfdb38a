"""Many rows in few statements.

Each statement gives the interpreter's lock back and waits for it again, behind whatever else runs:
row by row, a thread that writes a thousand of them beside a busy one waits a thousand times.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Final

_VARIABLES: Final = 999
"""Values that every SQLite there is takes in one statement."""


def insert(
    connection: sqlite3.Connection, into: str, rows: Iterable[Sequence[object]], then: str = ""
) -> None:
    """Insert rows.

    Args:
        connection: within a transaction, as the statements are several.
        into: the table and its columns, as they follow `INSERT INTO`.
        rows: values in the order of the columns, the same number in each.
        then: what follows the values, such as `ON CONFLICT DO NOTHING`.
    """
    left = iter(rows)
    for first in left:
        few = [first, *islice(left, _VARIABLES // len(first) - 1)]
        places = f"({', '.join('?' * len(first))})"
        values = ", ".join([places] * len(few))
        statement = f"INSERT INTO {into} VALUES {values} {then}"  # noqa: S608 - no value is in it
        connection.execute(statement, [*chain.from_iterable(few)])
