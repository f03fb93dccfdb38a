"""Retrieval: the edit that removes each of its features."""

from wiring_harness import Edit, Row

ASSISTANT = "src/quillwort/assistant"
CORPUS = "src/quillwort/adapters/corpus"

ROWS = (
    Row(
        "keywords_find",
        "keywords in the fusion",
        (
            Edit(
                f"{ASSISTANT}/search_service.py", "return convex(keyword, dense)", "return convex({}, dense)"
            ),
        ),
    ),
    Row(
        "meaning_finds",
        "vectors in the fusion",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "dense = dict(nearest)",
                "dense = dict(list(nearest.items())[:0])",
            ),
        ),
    ),
    Row(
        "others_documents_hidden",
        "the owner in the condition of searches",
        (
            Edit(
                f"{CORPUS}/postgresql.py",
                "WHERE term = ANY(%(terms)s) AND (%(owner)s::text IS NULL OR owner_id = %(owner)s)",
                "WHERE term = ANY(%(terms)s)",
            ),
            Edit(
                f"{CORPUS}/chunks.py",
                "WHERE c.number = ANY(%(numbers)s) AND (%(owner)s::text IS NULL OR c.owner_id = %(owner)s)",
                "WHERE c.number = ANY(%(numbers)s)",
            ),
        ),
    ),
    Row(
        "removed_from_indexes",
        "postings go with the document",
        (Edit(f"{CORPUS}/writing.py", "    await postings.remove(connection, owner_id, gone)\n", ""),),
        says="postings",
    ),
    Row(
        "replaced_in_indexes",
        "the next version takes the place of the one before",
        (
            Edit(
                f"{CORPUS}/writing.py",
                "    await _forget(connection, owner_id, gone)\n    await _stay",
                "    await _stay",
            ),
        ),
        says="still found",
    ),
    Row(
        "unreadable_documents_told",
        "the reason why a document cannot be read",
        (
            Edit(
                f"{ASSISTANT}/ingestion.py",
                "await self._corpus.fail(document, error.reason, error.message)",
                "await self._corpus.index(document, work.embedder.name, (), np.empty((0, 384)))",
            ),
        ),
    ),
    Row(
        "answers_quote",
        "citations in the passages' own words",
        (
            Edit(
                f"{ASSISTANT}/extractive.py",
                "yield Citation(quote.passage, quote.text)",
                "yield Citation(quote.passage, quote.text.upper())",
            ),
        ),
    ),
    Row(
        "weak_evidence_told",
        "evidence is asked for",
        (Edit(f"{ASSISTANT}/extractive.py", "LEAST_SIMILAR: Final = 0.3", "LEAST_SIMILAR: Final = -1.0"),),
    ),
)
