"""From a file to chunks: the port of readers, and what every reader does."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from quillwort.assistant.chunking import ChunkLimits, chunked
from quillwort.assistant.loading import Loader, LoadLimits, read
from quillwort.assistant.passages import Chunk


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read: what it is, and what it is cut into."""

    title: str
    media_type: str
    chunks: tuple[Chunk, ...]


class Reader(Protocol):
    """Reads documents, and lets nothing in them harm this process."""

    async def read(self, name: str, content: bytes) -> Read:
        """Return the document in a file of that name.

        Raises:
            Unreadable: when it cannot be read, or is beyond a limit.
            Unavailable: when nothing can be read now.
        """

    async def close(self) -> None:
        """Give back what reading needs."""


def read_chunks(
    name: str, content: bytes, loaders: Mapping[str, Loader], count: Callable[[str], int]
) -> Read:
    """Return a document as it is read and cut; `count` tells the tokens of a text.

    Raises:
        Unreadable: when it cannot be read, or is beyond a limit.
    """
    loaded = read(name, content, loaders, LoadLimits())
    return Read(loaded.title, loaded.media_type, chunked(loaded.blocks, count, ChunkLimits()))


class ThreadReader:
    """Reads in this process: for documents that nobody means harm with."""

    def __init__(self, loaders: Mapping[str, Loader], count: Callable[[str], int]) -> None:
        self._loaders = loaders
        self._count = count

    async def read(self, name: str, content: bytes) -> Read:
        """Read in a thread."""
        return await asyncio.to_thread(read_chunks, name, content, self._loaders, self._count)

    async def close(self) -> None:
        """Have nothing to give back."""
