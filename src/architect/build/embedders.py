"""The embedders that are written beside the built-in one: where each is asked, and with which settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BUILT_IN: Final = "all-minilm-l6-v2"


@dataclass(frozen=True, slots=True)
class Served:
    """A model behind an address.

    Args:
        model: what its server calls it.
        dimensions: of its vectors.
        tokens: what it reads of a text.
        url: a provider's address, or an example of where an own server may be.
        own: whether the server is the user's own, and no key is needed.
        question: what the model wants before a question.
        passage: what it wants before a passage.
    """

    model: str
    dimensions: int
    tokens: int
    url: str
    own: bool = False
    question: str = ""
    passage: str = ""


SERVED: Final[Mapping[str, Served]] = {
    # by the design's name; sizes and prefixes from the models' own pages
    "text-embedding-3-small": Served("text-embedding-3-small", 1536, 8191, "https://api.openai.com/v1"),
    "mistral-embed": Served("mistral-embed", 1024, 8192, "https://api.mistral.ai/v1"),
    "multilingual-e5-small": Served(
        "intfloat/multilingual-e5-small",
        384,
        512,
        "http://embeddings:8080/v1",
        own=True,
        question="query:",
        passage="passage:",
    ),
}
