"""The port of embedders: texts become vectors whose inner product tells how near they are."""

from collections.abc import Sequence
from typing import Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from quillwort.domain.errors import Unavailable

Vectors = NDArray[np.float32]
"""A row of unit length a text."""

Kind: TypeAlias = Literal["passage", "question"]
"""What a text is: some models are told, and embed the two in different ways."""


class Refused(Unavailable):
    """The model will not embed this, and will not when it is asked again."""


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

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        """Return a vector for each text, in their order.

        Raises:
            Refused: when it would be in vain to ask for these again.
            Unavailable: when the model cannot be asked now.
        """
