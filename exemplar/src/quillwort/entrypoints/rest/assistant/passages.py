"""Passages as REST shows them, in searches and in answers."""

from collections.abc import Sequence
from uuid import UUID

from typing_extensions import TypedDict

from quillwort.assistant.search_service import Hit


class ScoreBody(TypedDict):
    """Why a passage stands where it does: what each half and a reranker gave it."""

    fused: float
    keyword: float | None
    keyword_rank: int | None
    dense: float | None
    dense_rank: int | None
    reranked: float | None


class PassageBody(TypedDict):
    """A passage of a document."""

    document_id: UUID
    name: str
    title: str
    headings: Sequence[str]
    page: int | None
    position: int
    text: str
    score: ScoreBody


def passage_in_context(hit: Hit) -> PassageBody:
    """Return a hit as REST shows it in an answer, which may quote its neighbours too."""
    return {**passage(hit), "text": hit.in_context}


def passage(hit: Hit) -> PassageBody:
    """Return a hit as REST shows it."""
    return {
        "document_id": hit.document_id,
        "name": hit.name,
        "title": hit.title,
        "headings": hit.chunk.headings,
        "page": hit.chunk.page,
        "position": hit.chunk.position,
        "text": hit.chunk.text,
        "score": {
            "fused": hit.fused.score,
            "keyword": hit.fused.keyword,
            "keyword_rank": hit.fused.keyword_rank,
            "dense": hit.fused.dense,
            "dense_rank": hit.fused.dense_rank,
            "reranked": hit.reranked,
        },
    }
