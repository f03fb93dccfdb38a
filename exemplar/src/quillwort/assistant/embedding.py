"""The port of embedders: texts become vectors whose inner product tells how near they are."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""A row of unit length a text."""


class Embedder(Protocol):
    """Makes vectors of texts."""

    @property
    def name(self) -> str:
        """Which model in which version; vectors of different names are never compared."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    @property
    def most_tokens(self) -> int:
        """Tokens of a text that are read; what follows them is ignored."""

    def count(self, text: str) -> int:
        """Return how many tokens a text is made of, without those that mark its ends."""

    async def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a vector for each text, in their order.

        Raises:
            Unavailable: when the model cannot be asked now.
        """
