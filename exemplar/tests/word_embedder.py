"""An embedder for tests: texts that share words are near each other, and it costs nothing."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from quillwort.assistant.embedding import Kind, Vectors
from quillwort.domain.errors import Unavailable


class WordEmbedder:
    """Adds up a fixed direction for each word."""

    most_tokens = 254

    def __init__(self, name: str = "words@1", dimensions: int = 384) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[str] = []
        self.kinds: list[Kind] = []

    def count(self, text: str) -> int:
        return len(text.split())

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        self.embedded += texts
        self.kinds.append(kind)
        vectors = np.array([self._vector(text) for text in texts], dtype=np.float32)
        return vectors.reshape(len(texts), self.dimensions)

    def _vector(self, text: str) -> Vectors:
        total = np.zeros(self.dimensions)
        for word in text.lower().split():
            seed = int.from_bytes(sha256(word.encode()).digest()[:8])
            total += np.random.default_rng(seed).standard_normal(self.dimensions)
        length = float(np.linalg.norm(total)) or 1.0
        return (total / length).astype(np.float32)


class Away(WordEmbedder):
    """Does not answer until it is back."""

    def __init__(self) -> None:
        super().__init__()
        self.back = False
        self.asked = 0

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        self.asked += 1
        if not self.back:
            raise Unavailable("The model does not answer.")
        return await super().embed(texts, kind)
