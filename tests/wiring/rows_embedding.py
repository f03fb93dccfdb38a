"""Embedders behind an address: the edit that removes each mechanism that they are asked and missed by."""

from wiring_harness import Edit, Row

ASSISTANT = "src/quillwort/assistant"
EMBEDDING = "src/quillwort/adapters/embedding"
REST = "src/quillwort/entrypoints/rest/assistant"

ROWS = (
    Row(
        "embedded_by_server",
        "texts go in batches",
        (
            Edit(
                f"{EMBEDDING}/http.py",
                "slice(start, start + self._settings.batch)",
                "slice(start, start + 1000)",
            ),
        ),
        says="texts in one request",
    ),
    Row(
        "embedded_by_server",
        "the key of the embedder",
        (
            Edit(
                f"{EMBEDDING}/http.py",
                '{"Authorization": f"Bearer {key}"} if key else {}',
                '{"Authorization": f"Bearer {key}"} if not key else {}',
            ),
        ),
        says="without the key",
    ),
    Row(
        "embedded_by_server",
        "questions are embedded as such",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                'embedder.embed([query], "question")',
                "embedder.embed([query])",
            ),
        ),
        says="the prefix ask:",
    ),
    Row(
        "weak_evidence_by_server",
        "the embedder's own scale",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                "near=scale.nearness(hit.fused.dense)",
                "near=hit.fused.dense",
            ),
        ),
        says="does not end with no_evidence",
    ),
    Row(
        "embedded_by_server",
        "the embedder that the settings name",
        (Edit(f"{EMBEDDING}/factory.py", "yield embedder, MiniLm()", "yield (MiniLm(),)"),),
        says="0 texts|no text comes",
    ),
    Row(
        "search_without_embedder",
        "keywords while the embedder is away",
        (
            Edit(
                f"{ASSISTANT}/search_service.py",
                'return _Asked(replace(self._ranking, fusion="keyword"))',
                "raise",
            ),
        ),
        says="nothing is found by keywords",
    ),
    Row(
        "embedded_once",
        "vectors that are at hand",
        (
            Edit(
                f"{ASSISTANT}/ingestion.py",
                "self._corpus.embedded(work.document, model, texts.keys())",
                "self._corpus.embedded(work.document, model, ())",
            ),
        ),
        says="a second time",
    ),
    Row(
        "search_without_embedder",
        "searches say that they are degraded",
        (Edit(f"{REST}/search.py", '"degraded": found.degraded', '"degraded": False'),),
        says="does not say that it is degraded",
    ),
    Row(
        "search_without_embedder",
        "answers say that keywords alone were searched",
        (Edit(f"{ASSISTANT}/question_service.py", "if found.degraded:", "if not found:"),),
        says="end of an answer",
    ),
    Row(
        "search_without_embedder",
        "a question waits so long for its vector",
        (
            Edit(
                f"{EMBEDDING}/http.py",
                "patience = self._settings.question_timeout_seconds",
                "patience = 8.0",
            ),
        ),
        says="a search takes",
    ),
    Row(
        "documents_wait_for_embedder",
        "an embedder that was away is asked again",
        (
            Edit(f"{ASSISTANT}/ingestion.py", "if not work.waits or", "if work.waits or"),
            Edit(
                f"{ASSISTANT}/ingestion.py",
                "                    await self._corpus.release(work.document)\n",
                "",
            ),
        ),
        says="still waits",
    ),
    Row(
        "embedder_retry_after",
        "Retry-After of an embedder",
        (
            Edit(
                f"{EMBEDDING}/failures.py",
                'Again(f"The embedder answers {status}.", seconds_of(retry_after))',
                'Again(f"The embedder answers {status}.")',
            ),
        ),
        says="asked again sooner",
    ),
    Row(
        "reembedding_switches_over",
        "the model that the store says",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "embedder = Switching(moves, *embedders)",
                "embedder = embedders[0]",
            ),
        ),
        says="does not search by the new model",
    ),
    Row(
        "wrong_embedder_refused",
        "a word is embedded at the start",
        (Edit(f"{EMBEDDING}/factory.py", "        await _tried(embedder)\n", ""),),
        says="a service starts",
    ),
)
