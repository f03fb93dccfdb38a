"""Postings in a SQLite file, whatever a text is told by."""

import sqlite3
from contextlib import closing

import pytest

from quillwort.adapters.corpus import sqlite_postings as postings
from quillwort.adapters.corpus.sqlite_schema import STEPS
from quillwort.adapters.sqlite.schema import upgrade


def test_a_text_whose_words_were_others_as_it_was_indexed_is_removed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        upgrade(connection, STEPS)
        monkeypatch.setattr(postings, "terms", str.split)
        postings.add(connection, "alice", {1: "mon oak", 2: "mon elm"})
        monkeypatch.setattr(postings, "terms", lambda text: text.replace("mon", "moon").split())
        postings.remove(connection, "alice", {1: "mon oak"})
        kept = connection.execute("SELECT term FROM postings ORDER BY term").fetchall()
    assert kept == [("elm",), ("mon",)]
