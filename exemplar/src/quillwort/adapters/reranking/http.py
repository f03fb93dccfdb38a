"""A model behind an address: `POST {url}/rerank`, as Cohere has it and many servers since."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Final, Self

import httpx2

from quillwort.adapters.reranking.reading import Malformed, most_bytes, scores_of
from quillwort.adapters.reranking.settings import RerankSettings
from quillwort.domain.errors import Unavailable

AWAY_SECONDS: Final = 5.0
"""After one was in vain, searches go without for so long: each would wait for nothing."""

_OK: Final = 200
_OURS: Final = frozenset((400, 401, 402, 403, 404, 405, 422))
"""Statuses that the same request gets until the settings or the account are others."""

_TOLD_CHARACTERS: Final = 200


class Misconfigured(Unavailable):
    """Nothing is reranked with the settings as they are."""


class HttpReranker:
    """Scores passages by asking a server once a search, for no longer than a search can wait."""

    def __init__(self, settings: RerankSettings) -> None:
        self._settings = settings
        self._address = f"{settings.url.rstrip('/')}/rerank"
        key = settings.api_key.get_secret_value()
        # Searches are bounded where they come in, answers where they are read: nothing cuts in.
        self._http = httpx2.AsyncClient(
            timeout=None,
            limits=httpx2.Limits(max_connections=None),
            headers={
                # Of an answer that is packed nobody knows how much it becomes.
                "Accept-Encoding": "identity",
                "Content-Type": "application/json",
                **({"Authorization": f"Bearer {key}"} if key else {}),
            },
        )
        self._away_until = 0.0

    async def __aenter__(self) -> Self:
        """Begin; nothing is asked yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def rerank(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """Return a score for each text, in their order.

        Raises:
            Unavailable: when the server does not answer in time, or not with such scores; and at
                once for some seconds after that.
        """
        if not texts:
            return []
        if time.monotonic() < self._away_until:
            raise Unavailable("The reranker did not answer a moment ago.")
        try:
            return await self._in_time(query, texts)
        except Misconfigured:
            # The server is there: what it will not take of one caller it takes of the next.
            raise
        except Unavailable:
            self._away_until = time.monotonic() + AWAY_SECONDS
            raise

    async def _in_time(self, query: str, texts: Sequence[str]) -> list[float]:
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                return scores_of(await self._asked(query, texts), len(texts))
        except TimeoutError:
            raise Unavailable("The reranker does not answer in time.") from None
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            told = f"The reranker cannot be reached: {type(error).__name__}."
            raise Unavailable(told) from error
        except Malformed as error:
            raise Unavailable(f"The reranker answers, and {error}.") from error

    async def _asked(self, query: str, texts: Sequence[str]) -> bytes:
        asked = {
            "model": self._settings.model,
            # A loose surrogate, which no server takes, becomes a question mark.
            "query": _clean(query),
            "documents": [_clean(text) for text in texts],
            "top_n": len(texts),
        }
        content = json.dumps(asked).encode()
        most = most_bytes(len(texts), len(content))
        async with self._http.stream("POST", self._address, content=content) as answer:
            body = bytearray()
            async for piece in answer.aiter_raw():
                body += piece
                if len(body) > most:
                    raise Malformed("it says more than it was asked for")
            if answer.status_code != _OK:
                raise _failed(answer.status_code, bytes(body))
            return bytes(body)


def _clean(text: str) -> str:
    return text.encode(errors="replace").decode()


def _failed(status: int, body: bytes) -> Unavailable:
    if status not in _OURS:
        return Unavailable(f"The reranker answers {status}.")
    said = " ".join(body.decode(errors="replace").split())[:_TOLD_CHARACTERS]
    return Misconfigured(f"RERANK_*: the reranker answers {status}: {said}")
