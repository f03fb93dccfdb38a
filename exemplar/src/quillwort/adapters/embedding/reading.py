"""What a server of embeddings answers, read with distrust."""

import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from quillwort.assistant.embedding import Vectors

BYTES_A_NUMBER: Final = 32
"""Of JSON, with its comma and what space there may be; 24 are the longest that doubles print as."""

BYTES_BESIDE: Final = 64 * 1024
"""What an answer may have beside its numbers."""


class Malformed(Exception):
    """The answer is not what was asked for."""


class WrongDimensions(Malformed):
    """Its vectors have another length than the settings say."""

    def __init__(self, found: int, wanted: int) -> None:
        super().__init__(f"its vectors have {found} dimensions, not {wanted}")


def most_bytes(count: int, dimensions: int) -> int:
    """Return how long an answer with so many vectors may be."""
    return count * (dimensions * BYTES_A_NUMBER + 1024) + BYTES_BESIDE


def vectors_of(body: bytes, count: int, dimensions: int) -> Vectors:
    """Return the vectors of an answer in the order of what was asked, of unit length.

    Raises:
        WrongDimensions: when they have another length.
        Malformed: when it is no such answer, or one is missing, or has no direction.
    """
    try:
        vectors = _ordered(json.loads(body)["data"], count)
        if wrong := {len(vector) for vector in vectors} - {dimensions}:
            raise WrongDimensions(wrong.pop(), dimensions)
        made = np.array(vectors, dtype=np.float64)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Malformed("it answers something else than vectors") from error
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise Malformed("one of its vectors has no direction")
    unit: Vectors = (made / lengths).astype(np.float32)
    return unit


def _ordered(data: Sequence[dict[str, Any]], count: int) -> list[list[float]]:
    """Return the vectors by their `index`: servers may answer in another order than was asked."""
    placed = {each["index"]: each["embedding"] for each in data}
    if len(data) != count or placed.keys() != set(range(count)):
        raise Malformed("it does not answer each text once")
    return [placed[place] for place in range(count)]
