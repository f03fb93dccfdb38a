"""Postings in PostgreSQL: a row for each term and page of chunks, changed in whole transactions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from quillwort.adapters.postgresql.database import Connection
from quillwort.assistant.keywords import PAGE, indexed, length, without

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%(owner_id)s, 4417732))"
"""Whoever changes an owner's postings waits for the one before: rows of pages are shared."""

ADD: Final = """\
INSERT INTO postings (owner_id, term, page, entries)
SELECT %(owner_id)s, term, page, entries
FROM unnest(%(terms)s::text[], %(pages)s::bigint[], %(entries)s::bytea[]) AS t (term, page, entries)
ON CONFLICT (owner_id, term, page) DO UPDATE SET entries = postings.entries || excluded.entries"""
"""Chunk numbers only grow, so what is appended comes last in its order too."""

READ: Final = """\
SELECT term, page, entries
FROM postings JOIN unnest(%(terms)s::text[], %(pages)s::bigint[]) AS t (term, page)
USING (term, page)
WHERE owner_id = %(owner_id)s"""

CHANGE: Final = """\
UPDATE postings SET entries = t.entries
FROM unnest(%(terms)s::text[], %(pages)s::bigint[], %(entries)s::bytea[]) AS t (term, page, entries)
WHERE owner_id = %(owner_id)s AND postings.term = t.term AND postings.page = t.page"""

REMOVE: Final = """\
DELETE FROM postings USING unnest(%(terms)s::text[], %(pages)s::bigint[]) AS t (term, page)
WHERE owner_id = %(owner_id)s AND postings.term = t.term AND postings.page = t.page"""

COUNT: Final = """\
INSERT INTO keyword_statistics AS kept (owner_id, chunks, terms)
VALUES (%(owner_id)s, %(chunks)s, %(terms)s)
ON CONFLICT (owner_id) DO UPDATE SET
    chunks = kept.chunks + excluded.chunks, terms = kept.terms + excluded.terms"""


async def add(connection: Connection, owner_id: str, texts: Mapping[int, str]) -> None:
    """Add the words of chunks, by their numbers, which are above all that are there."""
    rows: dict[tuple[str, int], bytes] = {}
    for number, text in sorted(texts.items()):
        for term, entries in indexed(number, text).items():
            place = (term, number // PAGE)
            rows[place] = rows.get(place, b"") + entries
    await connection.execute(ADD, _columns(owner_id, rows))
    await _count(connection, owner_id, texts, 1)


async def remove(connection: Connection, owner_id: str, texts: Mapping[int, str]) -> None:
    """Remove every trace of chunks, which have these texts."""
    gone: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, text in texts.items():
        for term in indexed(number, text):
            gone[term, number // PAGE].append(number % PAGE)
    cursor = await connection.execute(READ, _places(owner_id, gone), binary=True)
    left = {
        (term, page): without(entries, gone[term, page]) async for term, page, entries in cursor
    }
    kept = {place: entries for place, entries in left.items() if entries}
    await connection.execute(CHANGE, _columns(owner_id, kept))
    await connection.execute(REMOVE, _places(owner_id, left.keys() - kept.keys()))
    await _count(connection, owner_id, texts, -1)


async def _count(
    connection: Connection, owner_id: str, texts: Mapping[int, str], sign: int
) -> None:
    counted = {"chunks": sign * len(texts), "terms": sign * sum(map(length, texts.values()))}
    await connection.execute(COUNT, {"owner_id": owner_id, **counted})


def _places(owner_id: str, places: Iterable[tuple[str, int]]) -> dict[str, object]:
    # In one order, so that nobody waits for somebody who waits for them.
    ordered = sorted(places)
    return {
        "owner_id": owner_id,
        "terms": [term for term, _ in ordered],
        "pages": [page for _, page in ordered],
    }


def _columns(owner_id: str, rows: Mapping[tuple[str, int], bytes]) -> dict[str, object]:
    return _places(owner_id, rows) | {"entries": [rows[place] for place in sorted(rows)]}
