"""Cohere's reranking, which Jina, vLLM and llama.cpp speak too ("Rerank API (v2)")."""

from collections.abc import Mapping
from typing import Final

from architect.model.plain import Plain
from architect.verify.models.dialect import Finish, Tokens, Unstreamed

PATH: Final = "/v2/rerank"


class Rerank(Unstreamed):
    """Scores of some texts: each is better than those before it, so that their order is turned round.

    Args:
        body: the request.
    """

    provider = "cohere"

    def __init__(self, body: Mapping[str, Plain]) -> None:
        self.model = str(body.get("model", ""))
        self._texts = documents_of(body)

    def wrong(self) -> Plain:
        """Return a list of models."""
        return {"models": [{"name": self.model, "endpoints": ["rerank"]}]}

    def failure(self, status: int) -> Plain:
        """Return the body of an error."""
        return {"id": "scripted", "message": f"scripted {status}"}

    def whole(self, text: str, finish: Finish, used: Tokens) -> Plain:
        """Return the scores, the best first."""
        del text, finish, used
        count = len(self._texts)
        results: list[Plain] = [
            {"index": place, "relevance_score": (place + 1) / (count + 1)} for place in range(count)
        ]
        return {"id": "scripted", "results": results[::-1], "meta": {"api_version": {"version": "2"}}}

    def content(self) -> str:
        """Return the texts."""
        return "\n".join(self._texts)


def documents_of(body: Mapping[str, Plain]) -> list[str]:
    """Return the texts that a request has scored."""
    given = body.get("documents")
    return [str(each) for each in given] if isinstance(given, list) else []
