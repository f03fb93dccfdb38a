"""Documents: what is kept of each, and where it is on its way into the indexes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias
from uuid import UUID

from quillwort.assistant.document_access import DocumentAccess
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.paging import DEFAULT_LIMIT, check_page

ACCESS: Final = DocumentAccess("documents")
MAX_NAME: Final = 500

Phase: TypeAlias = Literal["reading", "embedding"]
DocumentStatus: TypeAlias = Literal["queued", "indexed", "failed"]
DocumentSort: TypeAlias = Literal["created_at", "-created_at", "name", "-name"]
SORTS: Final[Sequence[DocumentSort]] = ("created_at", "-created_at", "name", "-name")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a document is that is being indexed: so many chunks of all are embedded.

    `total` is 0 as long as nobody knows how many chunks there will be.
    """

    phase: Phase
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document of one label; sending another under the same `name` makes its next version.

    `owner_id` is the label: the sender's owner, `group:<name>` or `everyone`. `digest` is the
    SHA-256 of the bytes as they were sent. `problem` is why it failed, in a word that stays the
    same, and `detail` says it to people. `chunks` counts what can be found of it. `progress` is
    there while it is being indexed.
    """

    id: UUID
    owner_id: str
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    title: str
    media_type: str
    digest: str
    size_bytes: int
    status: DocumentStatus
    problem: str | None
    detail: str | None
    chunks: int
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class DocumentQuery:
    """Which documents to list, and in which order."""

    status: DocumentStatus | None = None
    sort: DocumentSort = "-created_at"
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    def __post_init__(self) -> None:
        """Hold the bounds that every list has.

        Raises:
            InvalidInput: naming what is out of them.
        """
        check_page(self.limit, self.sort, SORTS)


def check_name(name: str) -> str:
    """Return the name of a document, such as `contracts/lease.pdf`.

    Raises:
        InvalidInput: when it is empty, too long or not printable.
    """
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise InvalidInput(
            [FieldError("name", f"must have 1 to {MAX_NAME} characters that can be printed")]
        )
    return name
