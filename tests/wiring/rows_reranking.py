"""Rerankers behind an address: the edit that removes each mechanism that they are asked and missed by."""

from wiring_harness import Edit, Row

RERANKING = "src/quillwort/adapters/reranking"
SEARCH = "src/quillwort/assistant/search_service.py"

ROWS = (
    Row(
        "reranked_by_server",
        "the reranker that the settings name",
        (
            Edit(
                "src/quillwort/bootstrap.py",
                "assistant_metrics, reranker)",
                "assistant_metrics, None if reranker else None)",
            ),
        ),
        says="does not have the reranker read",
    ),
    Row(
        "reranked_by_server",
        "more passages are read than are told",
        (Edit(SEARCH, "max(limit, RERANKED)", "limit"),),
        says="does not have the reranker read more passages",
    ),
    Row(
        "reranked_by_server",
        "passages in the order of their scores",
        (Edit(SEARCH, "key=lambda hit: -(hit.reranked or 0.0)", "key=lambda hit: -hit.fused.score"),),
        says="not what the reranker gives the best scores",
    ),
    Row(
        "reranked_by_server",
        "scores by the place of their text",
        (
            Edit(
                f"{RERANKING}/reading.py", "[placed[place] for place", "[placed[count - 1 - place] for place"
            ),
        ),
        says="not what the reranker gives the best scores",
    ),
    Row(
        "reranked_by_server",
        "the key of the reranker",
        (
            Edit(
                f"{RERANKING}/http.py",
                '{"Authorization": f"Bearer {key}"} if key else {}',
                '{"Authorization": f"Bearer {key}"} if not key else {}',
            ),
        ),
        says="without the key",
    ),
    Row(
        "search_without_reranker",
        "the search's own order stands",
        (
            Edit(
                SEARCH,
                """        _log.warning("not reranked", reason=error.message)
        return tuple(found)
""",
                "        raise Unavailable(error.message) from error\n",
            ),
        ),
        says="does not tell its own order",
    ),
    Row(
        "search_without_reranker",
        "a search waits so long and no longer",
        (
            Edit(
                f"{RERANKING}/http.py",
                "asyncio.timeout(self._settings.timeout_seconds)",
                "asyncio.timeout(20)",
            ),
        ),
        says="while the reranker says nothing",
    ),
    Row(
        "search_without_reranker",
        "no search soon after one in vain asks again",
        (Edit(f"{RERANKING}/http.py", "AWAY_SECONDS: Final = 5.0", "AWAY_SECONDS: Final = 0.0"),),
        says="asks again",
    ),
)
