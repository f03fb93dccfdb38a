"""An evaluation measures the search as the service makes it: reranked, where a server reranks."""

import asyncio
import json
from pathlib import Path

import pytest

from embedding_server import Reply, serving
from quillwort.entrypoints.evaluation.__main__ import main

LONG = "Each oak is felled in winter, and sawn in spring. " * 6
TREES = f"# Trees\n\n## Oak\n\nThe oak is tall.\n\n## Felling\n\n{LONG}\n"
ASKED = """\
[[questions]]
ask = "How tall is the oak?"
kind = "meaning"
found = [{ document = "trees.md", phrase = "The oak is tall." }]
"""


def arguments(folder: Path) -> list[str]:
    documents, questions = folder / "documents", folder / "questions.toml"
    documents.mkdir()
    (documents / "trees.md").write_text(TREES, encoding="utf-8")
    questions.write_text(ASKED, encoding="utf-8")
    named = ["--documents", str(documents), "--questions", str(questions)]
    return [*named, "--no-answers", "--json"]


async def test_the_search_is_measured_with_and_without_its_reranker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = arguments(tmp_path)
    # This one likes long passages, and the judged one is short.
    async with serving() as server:
        monkeypatch.setenv("RERANK_URL", server.url)
        monkeypatch.setenv("RERANK_MODEL", "lengths")
        monkeypatch.setenv("RERANK_TIMEOUT_SECONDS", "10")
        assert await asyncio.to_thread(main, given) == 0
        told = json.loads(capsys.readouterr().out)
        without, _ = told["compared"]["not reranked"]
        assert without["mean"] == 1.0
        assert told["retrieval"]["nDCG@10"]["mean"] < 1.0
        server.reply(Reply(500, body=b"{}"))
        assert await asyncio.to_thread(main, given) == 1
    assert "The reranker does not answer" in capsys.readouterr().err
