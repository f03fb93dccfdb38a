"""Ingestion: the edit that removes each mechanism that indexes documents once, in turns and on."""

from wiring_harness import Edit, Row

ASSISTANT = "src/quillwort/assistant"
CORPUS = "src/quillwort/adapters/corpus"

ROWS = (
    Row(
        "unchanged_documents_kept",
        "digests of documents are compared",
        (
            Edit(
                f"{CORPUS}/documents.py", "WHERE kept.digest <> excluded.digest OR kept.status = 'failed'", ""
            ),
            Edit(f"{CORPUS}/documents.py", "AND digest = %(digest)s AND status <> 'failed'", "AND false"),
        ),
        says="not the same version",
    ),
    Row(
        "embedder_takes_turns",
        "requests for passages take turns",
        (
            Edit(
                "src/quillwort/adapters/embedding/http.py",
                "asyncio.Semaphore(settings.max_concurrent)",
                "asyncio.Semaphore(1000)",
            ),
        ),
        says="at once",
    ),
    Row(
        "documents_resume",
        "documents under way are given back at the end",
        (Edit(f"{ASSISTANT}/ingestion.py", "for document in left.values():", "for document in ():"),),
        says="still waits",
    ),
    Row(
        "documents_resume",
        "vectors of documents under way are kept",
        (
            Edit(
                f"{ASSISTANT}/ingestion.py",
                "self._corpus.stage(work.document, model, fresh, work.progress)",
                "self._corpus.stage(work.document, model, {}, work.progress)",
            ),
        ),
        says="embedded again",
    ),
    Row(
        "documents_resume",
        "how far a document is",
        (
            Edit(
                f"{ASSISTANT}/ingestion.py",
                'Progress("embedding", len(known), len(texts))',
                'Progress("embedding", 0, 0)',
            ),
        ),
        says="how far",
    ),
)
