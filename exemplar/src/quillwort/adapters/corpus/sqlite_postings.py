"""Postings in a SQLite file: a row for each owner, term and page of chunks."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from quillwort.adapters.sqlite.rows import insert
from quillwort.assistant.keywords import PAGE, Scores, Statistics, postings, scores, terms, without

INTO: Final = "postings (owner_id, term, page, entries)"

APPEND: Final = """\
ON CONFLICT (term, owner_id, page) DO UPDATE
SET entries = CAST(entries || excluded.entries AS BLOB)"""
"""Chunk numbers only grow, so what is appended comes last in its order too."""

READ: Final = """\
SELECT entries FROM postings WHERE owner_id = ? AND term = ? AND page = ?"""

CHANGE: Final = """\
UPDATE postings SET entries = ? WHERE owner_id = ? AND term = ? AND page = ?"""

REMOVE: Final = "DELETE FROM postings WHERE owner_id = ? AND term = ? AND page = ?"

COUNT: Final = """\
INSERT INTO keyword_statistics (owner_id, chunks, terms) VALUES (:owner_id, :chunks, :terms)
ON CONFLICT (owner_id) DO UPDATE SET
    chunks = chunks + excluded.chunks, terms = terms + excluded.terms"""

OF_ALL: Final = """\
SELECT term, page, entries FROM postings
WHERE term IN (SELECT value FROM json_each(:terms))"""

OF_LABELS: Final = """\
SELECT term, page, entries FROM postings
WHERE term IN (SELECT value FROM json_each(:terms))
    AND owner_id IN (SELECT value FROM json_each(:labels))"""

STATISTICS: Final = """\
SELECT coalesce(sum(chunks), 0), coalesce(sum(terms), 0) FROM keyword_statistics
WHERE :labels IS NULL OR owner_id IN (SELECT value FROM json_each(:labels))"""


def scored(connection: sqlite3.Connection, labels: str | None, query: Sequence[str]) -> Scores:
    """Return the scores that the labels' postings give."""
    parameters = {"labels": labels, "terms": json.dumps(list(query))}
    rows = connection.execute(OF_ALL if labels is None else OF_LABELS, parameters).fetchall()
    (chunks, counted) = connection.execute(STATISTICS, parameters).fetchone()
    return scores(rows, Statistics(chunks, counted), query)


def add(connection: sqlite3.Connection, owner_id: str, texts: Mapping[int, str]) -> None:
    """Add the words of chunks, by their numbers, which are above all that are there."""
    rows: dict[tuple[str, int], bytearray] = defaultdict(bytearray)
    total = 0
    for number, text in sorted(texts.items()):
        having = terms(text)
        total += len(having)
        for term, entry in postings(number, having).items():
            rows[term, number // PAGE] += entry
    ordered = ((owner_id, term, page, bytes(rows[term, page])) for term, page in sorted(rows))
    insert(connection, INTO, ordered, APPEND)
    _count(connection, owner_id, len(texts), total)


def remove(connection: sqlite3.Connection, owner_id: str, texts: Mapping[int, str]) -> None:
    """Remove every trace of chunks, which have these texts."""
    gone: dict[tuple[str, int], list[int]] = defaultdict(list)
    total = 0
    for number, text in sorted(texts.items()):
        having = terms(text)
        total += len(having)
        for term in set(having):
            gone[term, number // PAGE].append(number % PAGE)
    for (term, page), offsets in sorted(gone.items()):
        place = (owner_id, term, page)
        row = connection.execute(READ, place).fetchone()
        # None where the words of a text were told otherwise as it was indexed.
        if row is None:
            continue
        if left := without(row[0], offsets):
            connection.execute(CHANGE, (left, *place))
        else:
            connection.execute(REMOVE, place)
    _count(connection, owner_id, -len(texts), -total)


def _count(connection: sqlite3.Connection, owner_id: str, chunks: int, total: int) -> None:
    connection.execute(COUNT, {"owner_id": owner_id, "chunks": chunks, "terms": total})
