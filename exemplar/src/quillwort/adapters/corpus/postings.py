"""Postings in PostgreSQL: a row for each term and page of chunks, changed in whole transactions."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final

from quillwort.adapters.postgresql.database import Connection
from quillwort.assistant.keywords import PAGE, postings, terms, without

TURN: Final = 10
"""Chunks whose words are taken at a time, in some 2 milliseconds."""

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%(owner_id)s, 4417732))"
"""Whoever changes an owner's postings waits for the one before: rows of pages are shared."""

ADD: Final = """\
INSERT INTO postings (owner_id, term, page, entries)
SELECT %(owner_id)s, term, page, substring(%(entries)b::bytea FROM start FOR size)
FROM unnest(
    string_to_array(%(terms)s, E'\\n'),
    string_to_array(%(pages)s, ',')::bigint[],
    string_to_array(%(starts)s, ',')::integer[],
    string_to_array(%(sizes)s, ',')::integer[]
) AS t (term, page, start, size)
ON CONFLICT (owner_id, term, page) DO UPDATE SET entries = postings.entries || excluded.entries"""
"""Chunk numbers only grow, so what is appended comes last in its order too.

Thousands of rows come in a few long values: arrays of as many take a third of all the time.
"""

READ: Final = """\
SELECT term, page, entries
FROM postings
JOIN unnest(
    string_to_array(%(terms)s, E'\\n'), string_to_array(%(pages)s, ',')::bigint[]
) AS t (term, page)
USING (term, page)
WHERE owner_id = %(owner_id)s"""

CHANGE: Final = """\
UPDATE postings SET entries = substring(%(entries)b::bytea FROM start FOR size)
FROM unnest(
    string_to_array(%(terms)s, E'\\n'),
    string_to_array(%(pages)s, ',')::bigint[],
    string_to_array(%(starts)s, ',')::integer[],
    string_to_array(%(sizes)s, ',')::integer[]
) AS t (term, page, start, size)
WHERE owner_id = %(owner_id)s AND postings.term = t.term AND postings.page = t.page"""

REMOVE: Final = """\
DELETE FROM postings
USING unnest(
    string_to_array(%(terms)s, E'\\n'), string_to_array(%(pages)s, ',')::bigint[]
) AS t (term, page)
WHERE owner_id = %(owner_id)s AND postings.term = t.term AND postings.page = t.page"""

COUNT: Final = """\
INSERT INTO keyword_statistics AS kept (owner_id, chunks, terms)
VALUES (%(owner_id)s, %(chunks)s, %(terms)s)
ON CONFLICT (owner_id) DO UPDATE SET
    chunks = kept.chunks + excluded.chunks, terms = kept.terms + excluded.terms"""


async def add(connection: Connection, owner_id: str, texts: Mapping[int, str]) -> None:
    """Add the words of chunks, by their numbers, which are above all that are there."""
    if not texts:
        return
    rows, total = await _rows(texts)
    await connection.execute(ADD, _columns(owner_id, rows))
    await _count(connection, owner_id, len(texts), total)


async def _rows(texts: Mapping[int, str]) -> tuple[Mapping[tuple[str, int], bytes], int]:
    """Return the entries of chunks by term and page, and how many terms they have together.

    A thread would not do: everybody else would wait for the interpreter's lock, which it gives up
    every 5 milliseconds, at each of their system calls. So it lets them go ahead every few chunks.
    """
    found: dict[tuple[str, int], list[bytes]] = defaultdict(list)
    total = 0
    for count, (number, text) in enumerate(sorted(texts.items()), 1):
        having = terms(text)
        total += len(having)
        page = number // PAGE
        for term, entry in postings(number, having).items():
            found[term, page].append(entry)
        if count % TURN == 0:
            await asyncio.sleep(0)
    return {place: b"".join(entries) for place, entries in found.items()}, total


async def remove(connection: Connection, owner_id: str, texts: Mapping[int, str]) -> None:
    """Remove every trace of chunks, which have these texts."""
    if not texts:
        return
    gone: dict[tuple[str, int], list[int]] = defaultdict(list)
    total = 0
    for number, text in texts.items():
        having = terms(text)
        total += len(having)
        for term in set(having):
            gone[term, number // PAGE].append(number % PAGE)
    cursor = await connection.execute(READ, _places(owner_id, gone), binary=True)
    left = {
        (term, page): without(entries, gone[term, page]) async for term, page, entries in cursor
    }
    kept = {place: entries for place, entries in left.items() if entries}
    await connection.execute(CHANGE, _columns(owner_id, kept))
    await connection.execute(REMOVE, _places(owner_id, left.keys() - kept.keys()))
    await _count(connection, owner_id, -len(texts), -total)


async def _count(connection: Connection, owner_id: str, chunks: int, total: int) -> None:
    counted = {"owner_id": owner_id, "chunks": chunks, "terms": total}
    await connection.execute(COUNT, counted)


def _places(owner_id: str, places: Iterable[tuple[str, int]]) -> dict[str, object]:
    # In one order, so that nobody waits for somebody who waits for them.
    return _written(owner_id, sorted(places))


def _written(owner_id: str, ordered: Sequence[tuple[str, int]]) -> dict[str, object]:
    return {
        "owner_id": owner_id,
        "terms": "\n".join([term for term, _ in ordered]),
        "pages": ",".join([str(page) for _, page in ordered]),
    }


def _columns(owner_id: str, rows: Mapping[tuple[str, int], bytes]) -> dict[str, object]:
    ordered = sorted(rows)
    entries = [rows[place] for place in ordered]
    sizes = [len(each) for each in entries]
    starts = list(accumulate(sizes, initial=1))[:-1]
    return _written(owner_id, ordered) | {
        "entries": b"".join(entries),
        "starts": ",".join(map(str, starts)),
        "sizes": ",".join(map(str, sizes)),
    }
