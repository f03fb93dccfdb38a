"""A process that indexes documents and ends over one of them.

    python -m dying TOGETHER STORE PLACE

Nothing is embedded before so many documents are under way.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from quillwort.assistant.embedding import Kind, Vectors
from quillwort.assistant.ingestion import Ingestion
from quillwort.assistant.passages import Chunk
from quillwort.assistant.reading import Read
from word_embedder import WordEmbedder

DEADLY: Final = "deadly"


class Embedder(WordEmbedder):
    """Ends the process over one text."""

    def __init__(self, together: int) -> None:
        super().__init__()
        self.together = asyncio.Barrier(together)

    async def embed(self, texts: Sequence[str], kind: Kind = "passage") -> Vectors:
        await self.together.wait()
        if DEADLY in texts:
            os._exit(137)
        return await super().embed(texts, kind)


class PlainReader:
    """Reads the words that are there."""

    async def read(self, name: str, content: bytes) -> Read:
        text = content.decode()
        return Read(name, "text/plain", (Chunk(text, 0, (), text, len(text.split())),))

    async def close(self) -> None:
        """Have nothing to give back."""


async def main(together: str, store: str, place: str) -> None:
    """Index until it ends."""
    module: Any = import_module(f"corpus_in_{store}")
    embedder = Embedder(int(together))
    async with module.reached(place) as corpus, Ingestion(corpus, embedder, PlainReader()):
        await asyncio.sleep(60)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
