"""One search of an evaluation, held against the other ways to search the same passages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, get_args

from quillwort.assistant.embedding import Embedder
from quillwort.assistant.evaluation.judged import Judged
from quillwort.assistant.evaluation.measures import Interval, difference_by_chance, interval
from quillwort.assistant.evaluation.memory import MemoryIndex
from quillwort.assistant.evaluation.retrieval import ranked, values
from quillwort.assistant.ranking import Fusion, Ranking
from quillwort.assistant.reranking import Reranker
from quillwort.assistant.search_service import SearchService

UNRANKED: Final = "not reranked"
"""The name of the same search without its reranker."""


@dataclass(frozen=True, slots=True)
class Searching:
    """Passages, and how they are searched."""

    index: MemoryIndex
    embedder: Embedder
    ranking: Ranking
    reranker: Reranker | None = None

    @property
    def service(self) -> SearchService:
        """What searches so."""
        return SearchService(self.index, self.embedder, self.ranking, self.reranker)


async def compared(
    search: Searching, present: Sequence[float], questions: Sequence[Judged], seed: int
) -> Mapping[str, tuple[Interval, float]]:
    """Return each other way's nDCG@10, and how chance explains its difference from the present.

    `present` has the values of `search` itself, one a question.

    Raises:
        Unavailable: when the embedder or the reranker does not answer.
    """
    told = {}
    for name, other in _others(search).items():
        made = values(await ranked(other.service, questions))
        told[name] = (interval(made, seed), difference_by_chance(present, made, seed))
    return told


def _others(search: Searching) -> dict[str, Searching]:
    others: dict[str, Searching] = {
        fusion: replace(search, ranking=replace(search.ranking, fusion=fusion))
        for fusion in get_args(Fusion)
        if fusion != search.ranking.fusion
    }
    if search.reranker is not None:
        others[UNRANKED] = replace(search, reranker=None)
    return others
