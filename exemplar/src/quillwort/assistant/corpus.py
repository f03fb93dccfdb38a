"""Where documents are kept and found: the port that storage adapters implement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from quillwort.assistant.document_access import Reach
from quillwort.assistant.documents import Document, DocumentQuery, Progress
from quillwort.assistant.embedding import Vectors
from quillwort.assistant.keywords import Scores
from quillwort.assistant.passages import Chunk
from quillwort.domain.values import Page


@dataclass(frozen=True, slots=True)
class Claimed:
    """A document whose turn it is to be indexed, and its bytes.

    `attempts` counts how often it was claimed since it last advanced, this time included, without
    those that were given back: from the second on, what it was claimed by before has died.
    """

    document: Document
    content: bytes
    attempts: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A chunk as it is kept, with the document that it is of.

    `version` is the document's that it was indexed from; a later one may be waiting. `context` is
    its text with that of its neighbours, when these were asked for.
    """

    number: int
    document_id: UUID
    name: str
    title: str
    chunk: Chunk
    version: int
    context: str = ""


class Corpus(Protocol):
    """Keeps documents with their text, keywords and vectors: all of one document, or nothing.

    `reach` confines a call to the documents of these labels; None reaches all there are.
    Every call may raise `Unavailable`.
    """

    async def submit(self, document: Document, content: bytes) -> Document:
        """Keep a document that waits to be indexed, and return it as it is kept.

        One of the same label and name is replaced by its next version, and stays findable until
        the new one is indexed; the very bytes that are indexed already change nothing.
        """

    async def get(self, document_id: UUID, reach: Reach) -> Document | None:
        """Return the document, or None."""

    async def list(self, query: DocumentQuery, reach: Reach) -> Page[Document]:
        """Return one page of the documents that the query asks for.

        Raises:
            InvalidInput: when the cursor is none that was made for this order.
        """

    async def remove(self, document_id: UUID, reach: Reach) -> bool:
        """Forget the document with all that is found of it; return False when there is none."""

    async def claim(self) -> Claimed | None:
        """Return a document that waits to be indexed and keep it from others a while; or None."""

    async def release(self, document: Document) -> None:
        """Give a claimed document back, as if it had not been claimed: it waits for whoever comes.

        One that is indexed, failed, replaced or removed by now stays as it is.
        """

    async def waiting(self) -> int:
        """Return how many documents wait to be indexed, those under way among them."""

    async def embedded(
        self, document: Document, model: str, digests: Collection[bytes]
    ) -> Mapping[bytes, Vectors]:
        """Return the vectors at hand that the model made of chunks with these digests.

        They are those of the label's documents, and those staged for this one. What other labels
        have must make no difference: whoever waits for a document would learn of it.
        """

    async def stage(
        self, document: Document, model: str, vectors: Mapping[bytes, Vectors], progress: Progress
    ) -> bool:
        """Keep vectors of a document that is not indexed yet, by digests, and how far it is.

        They are at hand for whoever goes on with the document, and gone as soon as it is indexed,
        failed or removed. The document stays claimed for as long again, and with vectors it has
        advanced: earlier attempts count no more. Return False, and keep nothing, when it has been
        replaced or removed meanwhile.
        """

    async def index(
        self, document: Document, model: str, chunks: Sequence[Chunk], vectors: Vectors
    ) -> bool:
        """Put these chunks in the place of the document's present ones, in one transaction.

        `document` carries its title and media type. Several documents may be under way at once.
        Return False, and change nothing, when it has
        been replaced or removed meanwhile.
        """

    async def fail(self, document: Document, problem: str, detail: str) -> None:
        """Keep why the document could not be indexed; what was found of it before is forgotten."""

    async def by_keywords(self, reach: Reach, terms: Sequence[str]) -> Scores:
        """Return the BM25 score of every chunk that has one of the terms, the best first.

        Several labels are scored as one corpus of all that is theirs.
        """

    async def by_vector(
        self, reach: Reach, vector: Sequence[float], limit: int, model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products of the nearest chunks with the vector, by their numbers.

        They are compared by what `model` made of them, None: the one that serves.
        """

    async def similarities(
        self, numbers: Sequence[int], vector: Sequence[float], model: str | None = None
    ) -> Mapping[int, float]:
        """Return the inner products of these chunks with the vector, by their numbers."""

    async def passages(
        self, numbers: Sequence[int], reach: Reach, window: int = 0
    ) -> Mapping[int, Kept]:
        """Return these chunks by their numbers, those that may be read.

        `context` holds, in reading order, the chunk and up to `window` chunks on each side of it
        that stand under the same headings of the same document.
        """
