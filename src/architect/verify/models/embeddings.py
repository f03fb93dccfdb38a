"""OpenAI's embeddings, which Mistral, vLLM and text-embeddings-inference speak too ("Embeddings")."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

from architect.model.plain import Plain
from architect.verify.models.dialect import Finish, Tokens, Unstreamed

PATH: Final = "/v1/embeddings"
DIMENSIONS: Final = 64
LEANING: Final = 1.5
"""Of each vector towards one direction, in its own length."""
_WRONG: Final[Plain] = {"object": "list", "data": [{"id": "file-1", "object": "file", "bytes": 12}]}


class Embeddings(Unstreamed):
    """Vectors of some texts; texts that share words are near each other. It is never a stream.

    All lean one way, as those of many a model do: strangers have an inner product of some .7.

    Args:
        body: the request.
    """

    provider = "openai"

    def __init__(self, body: Mapping[str, Plain]) -> None:
        self.model = str(body.get("model", ""))
        self._texts = texts_of(body)

    def wrong(self) -> Plain:
        """Return a list of files."""
        return _WRONG

    def failure(self, status: int) -> Plain:
        """Return the body of an error."""
        return {"error": {"message": f"scripted {status}", "type": "server_error", "param": None}}

    def whole(self, text: str, finish: Finish, used: Tokens) -> Plain:
        """Return the vectors, the last one first: clients go by the index."""
        del text, finish
        data: list[Plain] = [
            {"object": "embedding", "index": place, "embedding": list(vector(each))}
            for place, each in enumerate(self._texts)
        ]
        usage: Plain = {"prompt_tokens": used.read, "total_tokens": used.read}
        return {"object": "list", "model": self.model, "data": data[::-1], "usage": usage}

    def content(self) -> str:
        """Return the texts."""
        return "\n".join(self._texts)


def texts_of(body: Mapping[str, Plain]) -> list[str]:
    """Return the texts that a request has embedded."""
    given = body.get("input")
    return [str(each) for each in given] if isinstance(given, list) else [str(given)]


def vector(text: str) -> tuple[float, ...]:
    """Return the sum of a direction for each word, leaning, of unit length."""
    totals = [0.0] * DIMENSIONS
    for word in re.findall(r"\w+", text.lower()) or [""]:
        digest = hashlib.sha512(word.encode()).digest()
        for place in range(DIMENSIONS):
            totals[place] += digest[place] - 127.5
    own = unit(totals)
    return unit([each + LEANING / math.sqrt(DIMENSIONS) for each in own])


def unit(vector: Sequence[float]) -> tuple[float, ...]:
    """Return a vector's direction, of length 1."""
    length = math.sqrt(math.fsum(each * each for each in vector))
    return tuple(each / length for each in vector)
