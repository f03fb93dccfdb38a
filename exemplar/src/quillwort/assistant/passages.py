"""What documents are made of: the blocks a loader reads, and the chunks that are searched."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "code"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document as its format tells it apart.

    `level` is a heading's, from 1; `page` is where it stands in a paginated document, from 1.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None


@dataclass(frozen=True)
class Chunk:
    """A stretch of a document that is embedded, searched and quoted as one.

    `key` stays the same as long as the chunk's own words and place under its headings do, whatever
    changes elsewhere in the document. `headings` are those it stands under, the outermost first.
    `tokens` counts what an embedder makes of `embedded`, or more where those are very long.
    """

    key: str
    position: int
    headings: tuple[str, ...]
    text: str
    tokens: int
    page: int | None = None

    @cached_property
    def embedded(self) -> str:
        """What is embedded and indexed: the headings give a passage its subject."""
        return "\n".join([" > ".join(self.headings), self.text]) if self.headings else self.text

    @cached_property
    def digest(self) -> bytes:
        """Tells apart what is embedded: two chunks with the same digest have the same vector.

        Half of a SHA-256, which makes 16 bytes: enough for any number of chunks.
        """
        return sha256(self.embedded.encode("utf-8", "surrogatepass")).digest()[:16]
