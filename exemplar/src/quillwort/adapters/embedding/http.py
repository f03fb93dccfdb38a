"""A model behind an address: `POST {url}/embeddings`, as OpenAI has it and many servers since."""

import asyncio
import hashlib
import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Final, Self

import httpx2
import numpy as np
import structlog

from quillwort.adapters.embedding.estimate import estimated_tokens, within
from quillwort.adapters.embedding.failures import Again, Misconfigured, failed
from quillwort.adapters.embedding.reading import Malformed, WrongDimensions, most_bytes, vectors_of
from quillwort.adapters.embedding.settings import EmbeddingSettings
from quillwort.assistant.embedding import Kind, Refused, Vectors
from quillwort.domain.errors import Unavailable

FIRST_PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 8.0
LONGEST_TOLD_SECONDS: Final = 120.0
"""What a server may ask for by Retry-After; a mistaken one must not silence this for a day."""

_OK: Final = 200

_log = structlog.get_logger(__name__)


class HttpEmbedder:
    """Makes vectors of texts by asking a server, some texts at a time.

    Passages wait their turn and are asked for again and again. A question has a few seconds for all
    of that, for somebody waits; after one was in vain the next ones fail at once for as long.
    """

    def __init__(
        self, settings: EmbeddingSettings, jitter: Callable[[], float] = random.random
    ) -> None:
        self._settings = settings
        self._jitter = jitter
        self._prefixes = {
            "question": settings.question_prefix.strip(),
            "passage": settings.passage_prefix.strip(),
        }
        key = settings.api_key.get_secret_value()
        # Texts are bounded where they are asked for, answers where they are read: nothing cuts in.
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
        self._address = f"{settings.url.rstrip('/')}/embeddings"
        self._turn = asyncio.Semaphore(settings.max_concurrent)
        self._not_before = 0.0
        self._away_until = 0.0

    @property
    def name(self) -> str:
        """The model, and a digest of all that makes its vectors others."""
        settings = self._settings
        made_by = [settings.model, settings.dimensions, *sorted(self._prefixes.items())]
        digest = hashlib.sha256(json.dumps(made_by).encode()).hexdigest()
        return f"{settings.model}@{digest[:12]}"

    @property
    def dimensions(self) -> int:
        """As the settings say; an answer with others is none."""
        return self._settings.dimensions

    @property
    def most_tokens(self) -> int:
        """Tokens of a text that are sent, prefix included."""
        return self._settings.max_tokens

    def count(self, text: str) -> int:
        """Return an estimate, which is seldom too low."""
        return estimated_tokens(text)

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return a vector for each text, in their order.

        Raises:
            Refused: when the server will not take one of them.
            Unavailable: when it does not answer in time, or not with such vectors.
        """
        prefix = self._prefixes[kind]
        inputs = [
            within(f"{prefix} {text}" if prefix else text, self.most_tokens) for text in texts
        ]
        vectors = np.empty((len(inputs), self.dimensions), np.float32)
        for start in range(0, len(inputs), self._settings.batch):
            batch = slice(start, start + self._settings.batch)
            vectors[batch] = await self._patiently(inputs[batch], kind)
        return vectors

    async def __aenter__(self) -> Self:
        """Begin; nothing is asked yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Let go of connections."""
        await self._http.aclose()

    async def _patiently(self, inputs: Sequence[str], kind: Kind) -> Vectors:
        """Ask until the server answers, or the time for it is over."""
        if kind == "question":
            # Passages may have every turn there is: a question does not queue behind a book.
            return await self._at_once(inputs)
        seconds, tries = self._settings.timeout_seconds, self._settings.retries + 1
        async with self._turn:
            return await self._until(time.monotonic() + seconds * tries, inputs, seconds)

    async def _at_once(self, inputs: Sequence[str]) -> Vectors:
        patience = self._settings.question_timeout_seconds
        began = time.monotonic()
        if began < self._away_until:
            raise Unavailable("The embedder did not answer a moment ago.")
        try:
            made = await self._until(began + patience, inputs, patience)
        except Refused:
            # The server is there: what it will not take of one caller it takes of the next.
            raise
        except Unavailable:
            self._away_until = time.monotonic() + patience
            raise
        self._away_until = 0.0
        return made

    async def _until(self, deadline: float, inputs: Sequence[str], seconds: float) -> Vectors:
        """Ask until it answers; a try may take `seconds`, and all is over at `deadline`."""
        retry = 0
        while True:
            await self._pause(deadline)
            try:
                return await self._once(inputs, min(seconds, deadline - time.monotonic()))
            except Again as error:
                told = min(error.retry_after or 0.0, LONGEST_TOLD_SECONDS)
                self._not_before = max(self._not_before, time.monotonic() + told)
                if retry >= self._settings.retries:
                    raise
                _log.info("embedder asked again", reason=error.message, told_seconds=told)
            span = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2**retry)
            await self._sleep(span * self._jitter(), deadline)
            retry += 1

    async def _pause(self, deadline: float) -> None:
        """Wait as long as the server asked for, whoever it told so."""
        while (left := self._not_before - time.monotonic()) > 0:
            await self._sleep(left, deadline)

    async def _sleep(self, seconds: float, deadline: float) -> None:
        if time.monotonic() + seconds >= deadline:
            raise Unavailable("The embedder does not answer in time.")
        await asyncio.sleep(seconds)

    async def _once(self, inputs: Sequence[str], seconds: float) -> Vectors:
        try:
            async with asyncio.timeout(seconds):
                body = await self._asked(inputs)
        except TimeoutError:
            raise Again("The embedder does not answer in time.") from None
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL) as error:
            raise Again(f"The embedder cannot be reached: {type(error).__name__}.") from error
        try:
            return await asyncio.to_thread(vectors_of, body, len(inputs), self.dimensions)
        except WrongDimensions as error:
            raise Misconfigured(
                f"EMBEDDING_DIMENSIONS: the embedder answers, and {error}."
            ) from error
        except Malformed as error:
            raise Again(f"The embedder answers, and {error}.") from error

    async def _asked(self, inputs: Sequence[str]) -> bytes:
        most = most_bytes(len(inputs), self.dimensions)
        content = json.dumps({"model": self._settings.model, "input": list(inputs)})
        async with self._http.stream("POST", self._address, content=content) as answer:
            body = bytearray()
            async for piece in answer.aiter_raw():
                body += piece
                if len(body) > most:
                    raise Again("The embedder answers more than it was asked for.")
            if answer.status_code != _OK:
                raise failed(answer.status_code, answer.headers.get("retry-after"), bytes(body))
            return bytes(body)
