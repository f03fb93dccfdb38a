"""The file of documents: with its wiring removed, the retrieval gate fails; as it is built, it passes."""

import asyncio
from pathlib import Path

import pytest
from wiring_built import WHOLE, built, outcomes
from wiring_harness import Edit, Row, matching, told

from architect.model.report import GateResult
from architect.verify.gates.retrieval import retrieval

BRIEF = """\
intent: build
name: quillwort
purpose: Lawyers ask questions over 20,000 contracts.
load: {requests_per_second: 20}
deployment: {target: compose}
assistant: {tasks: [question_answering], documents: 20000, questions_per_day: 300}
prefer: {framework: fastapi, database: postgresql, vector_store: sqlite}
services:
  - name: quillwort
    interfaces: [rest]
    entities:
      Matter: {owned: true, fields: {name: string}}
"""
CORPUS = "src/quillwort/adapters/corpus"

ROWS = (
    Row(
        "others_documents_hidden",
        "the owner in the condition of searches",
        (
            Edit(f"{CORPUS}/sqlite_postings.py", "OF_ALL if labels is None else OF_LABELS", "OF_ALL"),
            Edit(
                f"{CORPUS}/sqlite_chunks.py",
                "    AND (:labels IS NULL OR c.owner_id IN (SELECT value FROM json_each(:labels)))",
                "",
            ),
        ),
    ),
    Row(
        "others_documents_hidden",
        "the owner's vectors alone",
        (
            Edit(
                f"{CORPUS}/sqlite_memory.py",
                "if reach is None or label in reach]",
                "]",
            ),
            Edit(
                f"{CORPUS}/sqlite_chunks.py",
                "    AND (:labels IS NULL OR c.owner_id IN (SELECT value FROM json_each(:labels)))",
                "",
            ),
        ),
    ),
    Row(
        "groups_documents_hidden",
        "the labels in the condition of searches",
        (
            Edit(f"{CORPUS}/sqlite_postings.py", "OF_ALL if labels is None else OF_LABELS", "OF_ALL"),
            Edit(
                f"{CORPUS}/sqlite_chunks.py",
                "    AND (:labels IS NULL OR c.owner_id IN (SELECT value FROM json_each(:labels)))",
                "",
            ),
        ),
        says="search",
    ),
    Row(
        "removed_from_indexes",
        "postings go with the document",
        (Edit(f"{CORPUS}/sqlite_chunks.py", "postings.remove(connection, owner_id, gone)", "pass"),),
        says="postings",
    ),
    Row(
        "removed_from_indexes",
        "vectors go with the document",
        (
            Edit(
                f"{CORPUS}/sqlite_schema.py",
                "number INTEGER NOT NULL REFERENCES chunks (number) ON DELETE CASCADE",
                "number INTEGER NOT NULL",
            ),
        ),
        says="vectors",
    ),
    Row(
        "neighbours_told",
        "no neighbours beyond the window",
        (
            Edit(
                f"{CORPUS}/sqlite_chunks.py",
                "AND n.position BETWEEN c.position - :window AND c.position + :window",
                "",
            ),
        ),
        says="beyond",
    ),
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, GateResult]:
    """Build the project once, and give what comes of the gate on it and on it without each wiring."""
    return asyncio.run(outcomes(BRIEF, tmp_path_factory.mktemp("file"), ROWS, retrieval, retrieval.checks))


@pytest.mark.project
def test_the_gate_passes(results: dict[str, GateResult]):
    assert results[WHOLE].outcome == "passed", told(results[WHOLE])


@pytest.mark.project
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_check_fails_without_the_wiring(row: Row, results: dict[str, GateResult]):
    result = results[row.key]
    assert result.outcome == "failed", told(result)
    assert list(matching(result, row)), told(result)


def test_every_edit_finds_its_place(tmp_path: Path):
    design, project = built(BRIEF, tmp_path)
    assert design.choice("vector_store") == "sqlite"
    for row in ROWS:
        for edit in row.edits:
            assert (project / edit.path).read_text(encoding="utf-8").count(edit.old) == 1, row.key
