"""The port of rerankers: they read question and passage together, which a search cannot."""

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Says how well each of a few passages answers a question."""

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """Return a score for each text, in their order; more is better, and any scale will do.

        Raises:
            Unavailable: when it cannot be asked now; the search's own order stands then.
        """
