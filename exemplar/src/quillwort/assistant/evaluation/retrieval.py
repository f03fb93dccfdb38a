"""How well searches find what people have marked: figures over questions, with their intervals."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quillwort.assistant.documents import ACCESS
from quillwort.assistant.evaluation.judged import Judged, Judgement, Marked, marked
from quillwort.assistant.evaluation.measures import (
    DEPTH,
    Interval,
    interval,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
)
from quillwort.assistant.search_service import SearchService
from quillwort.domain.errors import Unavailable
from quillwort.domain.values import Principal

EVALUATOR: Final = Principal("evaluation", "evaluation", frozenset(ACCESS.everyday))

MEASURES: Final[Mapping[str, Callable[[Marked], float]]] = {
    f"nDCG@{DEPTH}": lambda one: ndcg(one.marks, one.wanted),
    f"recall@{DEPTH}": lambda one: recall(one.marks, one.wanted),
    f"MRR@{DEPTH}": lambda one: reciprocal_rank(one.marks),
    f"precision@{DEPTH}": lambda one: precision(one.marks),
}
"""What a ranking is told by, by the names that the field knows."""

LEADING: Final = f"nDCG@{DEPTH}"
"""The measure that is fitted, and that two ways to search are compared by."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Questions with the judgements that some passage still meets, and a line for each other one.

    A question that has lost all its judgements is not among them.
    """

    questions: tuple[Judged, ...]
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question and what a search made of it."""

    judged: Judged
    marked: Marked


async def ranked(
    search: SearchService, questions: Sequence[Judged], principal: Principal = EVALUATOR
) -> tuple[Ranked, ...]:
    """Return what a search makes of each question that something answers.

    Raises:
        InvalidInput: when a question is too long to be asked.
        Unavailable: when the store, the embedder or the reranker does not answer.
    """
    return tuple(
        [
            Ranked(question, await _marked(search, question, principal))
            for question in questions
            if question.counts
        ]
    )


def values(rankings: Sequence[Ranked], measure: str = LEADING) -> list[float]:
    """Return a value for each question."""
    return [MEASURES[measure](each.marked) for each in rankings]


def figures(rankings: Sequence[Ranked]) -> dict[str, Interval]:
    """Return each measure over all questions."""
    return {name: interval(values(rankings, name)) for name in MEASURES}


def by_kind(rankings: Sequence[Ranked]) -> dict[str, Interval]:
    """Return the leading measure for each kind of question, in the order they first come."""
    kinds = dict.fromkeys(each.judged.kind for each in rankings)
    return {
        kind: interval(values([each for each in rankings if each.judged.kind == kind]))
        for kind in kinds
    }


def standing(questions: Sequence[Judged], passages: Sequence[tuple[str, str]]) -> Standing:
    """Return what of the judgements holds: documents and their words change after they were judged.

    A search can find nothing for a judgement that no passage meets, and is not to blame for it.
    A passage is the name of its document and its text.
    """
    left, stale = [], []
    for question in questions:
        found = tuple(
            judgement
            for judgement in question.found
            if any(judgement.met(document, text) for document, text in passages)
        )
        stale += [_gone(question, each) for each in question.found if each not in found]
        if found or not question.answerable:
            left.append(replace(question, found=found))
    return Standing(tuple(left), tuple(stale))


def _gone(question: Judged, judgement: Judgement) -> str:
    asked = " ".join(question.ask.split())
    return f"{asked}: {judgement.document} has no passage with {judgement.phrase!r}"


async def _marked(search: SearchService, question: Judged, principal: Principal) -> Marked:
    found = await search.search(principal, question.ask, DEPTH)
    if found.degraded:
        raise Unavailable("The embedder does not answer, and keywords alone are not measured.")
    if search.reranks and any(hit.reranked is None for hit in found.hits):
        raise Unavailable("The reranker does not answer, and a search without is not measured.")
    return marked(question.found, ((hit.name, hit.chunk.text) for hit in found.hits))
