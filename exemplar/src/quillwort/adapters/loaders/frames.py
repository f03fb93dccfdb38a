"""How the service and the process that reads for it speak; neither needs what the other imports."""

import struct
from typing import Final, TypeAlias

from quillwort.assistant.passages import Chunk

READY: Final = b"ready\n"
"""What comes before the first answer, as soon as documents can be read."""

REQUEST: Final = struct.Struct(">IQ")
"""The lengths of a name and of a content, which follow."""

ANSWER: Final = struct.Struct(">Q")
"""The length of the JSON that follows."""

PackedChunk: TypeAlias = tuple[str, int, list[str], str, int, int | None]
"""A chunk as JSON has it: its fields in their order."""


def packed(chunk: Chunk) -> PackedChunk:
    """Return a chunk for JSON."""
    headings = list(chunk.headings)
    return chunk.key, chunk.position, headings, chunk.text, chunk.tokens, chunk.page


def unpacked(written: PackedChunk) -> Chunk:
    """Return the chunk that was packed."""
    (key, position, headings, text, tokens, page) = written
    return Chunk(key, position, tuple(headings), text, tokens, page)
