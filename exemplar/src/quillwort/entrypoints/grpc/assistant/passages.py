"""Passages as messages, in searches and in answers."""

from quillwort.assistant.search_service import Hit
from quillwort.v1 import assistant_search_pb2 as pb


def write(hit: Hit) -> pb.FoundPassage:
    """Return a hit as a message."""
    return pb.FoundPassage(
        document_id=str(hit.document_id),
        name=hit.name,
        title=hit.title,
        headings=hit.chunk.headings,
        page=hit.chunk.page,
        position=hit.chunk.position,
        text=hit.chunk.text,
        score=pb.PassageScore(
            fused=hit.fused.score,
            keyword=hit.fused.keyword,
            keyword_rank=hit.fused.keyword_rank,
            dense=hit.fused.dense,
            dense_rank=hit.fused.dense_rank,
            reranked=hit.reranked,
        ),
    )
