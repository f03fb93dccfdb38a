"""What a server of rerankers answers, read with distrust."""

import json
import math
from typing import Final

BYTES_A_SCORE: Final = 1024
"""Of JSON, with the names around a score."""

BYTES_BESIDE: Final = 64 * 1024
"""What an answer may have beside its scores."""


class Malformed(Exception):
    """The answer is not what was asked for."""


def most_bytes(count: int, asked: int) -> int:
    """Return how long an answer about so many texts may be; some servers send the texts back.

    `asked` is the length of the request. A text that was sent as it is may come back with each
    byte escaped as six (RFC 8259, 7).
    """
    return count * BYTES_A_SCORE + 6 * asked + BYTES_BESIDE


def scores_of(body: bytes, count: int) -> list[float]:
    """Return the scores of an answer in the order of the texts, which it has in its own.

    Raises:
        Malformed: when it is no such answer, or one is missing or no number.
    """
    try:
        results = json.loads(body)["results"]
        placed = {each["index"]: float(each["relevance_score"]) for each in results}
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Malformed("it answers something else than scores") from error
    if len(results) != count or placed.keys() != set(range(count)):
        raise Malformed("it does not score each text once")
    if not all(math.isfinite(score) for score in placed.values()):
        raise Malformed("one of its scores is no number")
    return [placed[place] for place in range(count)]
