"""A corpus file for each test, so that none touches that of whoever runs it."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _own_corpus_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CORPUS_PATH", str(tmp_path / "corpus.sqlite3"))
