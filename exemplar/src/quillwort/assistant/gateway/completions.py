"""The port of kept completions: the same question of the same caller about the same passages."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from quillwort.assistant.language_models import Prompt, Source


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole answer, and the model that wrote it."""

    model: str
    text: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """For how long completions are kept, and how many."""

    days: float
    completions: int


class Completions(Protocol):
    """Keeps so many completions for so long, and each as long as the documents that it rests on.

    Whatever takes the text of a document, its removal or its next version, takes every completion
    that rests on it in the same transaction. Each method raises `Unavailable` when it cannot.
    """

    async def get(self, key: bytes) -> Completion | None:
        """Return what is kept under the key, unless it is too old."""

    async def put(self, key: bytes, completion: Completion, sources: Collection[Source]) -> None:
        """Keep a whole answer, unless one of its sources cannot be found any more.

        The oldest go when there are too many.
        """


def key_of(prompt: Prompt, models: Sequence[str], tenant: str, scope: str) -> bytes:
    """Return a digest of everything that an answer rests on: its length goes before each part."""
    digest = sha256()
    for part in (prompt.version, prompt.instructions, prompt.content, tenant, scope, *models):
        encoded = part.encode()
        digest.update(len(encoded).to_bytes(8))
        digest.update(encoded)
    return digest.digest()
