"""What callers can do with documents.

Every entry point goes through here.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from quillwort.assistant.corpus import Corpus
from quillwort.assistant.document_access import OWNER, DefaultReaders
from quillwort.assistant.documents import ACCESS, Document, DocumentQuery, check_name
from quillwort.domain.errors import NotFound
from quillwort.domain.labels import EVERYONE
from quillwort.domain.values import Page, Principal, new_id, utc_now


class DocumentService:
    """Documents: sent, read and forgotten by those who may.

    Every method raises `PermissionDenied` without the scope. Those that name a document raise
    `NotFound` when there is none among those that the caller may reach. `submitted` is called
    after a document has been kept that waits to be indexed, so that somebody begins. `readers`
    says for whom a document is that names none.
    """

    def __init__(
        self,
        corpus: Corpus,
        submitted: Callable[[], None],
        readers: DefaultReaders = OWNER,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._corpus = corpus
        self._submitted = submitted
        self._readers = readers
        self._now = now

    async def submit(
        self, principal: Principal, name: str, content: bytes, readers: str | None = None
    ) -> Document:
        """Keep a document, to be indexed soon; what its readers have under this name is replaced.

        The bytes that are kept already change nothing. `readers` is as in `DocumentAccess.label`;
        None or "" leaves it to the setting.

        Raises:
            InvalidInput: when the name is none, or the readers are none.
            PermissionDenied: when the caller may send nothing to those readers.
        """
        label = ACCESS.label(principal, readers or self._readers)
        now = self._now()
        new = Document(
            id=new_id(),
            owner_id=label,
            version=1,
            created_at=now,
            updated_at=now,
            name=check_name(name),
            title=name,
            media_type="application/octet-stream",
            digest=sha256(content).hexdigest(),
            size_bytes=len(content),
            status="queued",
            problem=None,
            detail=None,
            chunks=0,
        )
        kept = await self._corpus.submit(new, content)
        if kept.status == "queued":
            self._submitted()
        return kept

    async def get(self, principal: Principal, document_id: UUID) -> Document:
        """Return the document, and how far it is."""
        found = await self._corpus.get(document_id, ACCESS.read(principal))
        if found is None:
            raise NotFound("document", document_id)
        return found

    async def list(self, principal: Principal, query: DocumentQuery) -> Page[Document]:
        """Return one page of the documents that the caller may see.

        Raises:
            InvalidInput: when the cursor is not one that was given out for this order.
        """
        return await self._corpus.list(query, ACCESS.read(principal))

    async def remove(self, principal: Principal, document_id: UUID) -> None:
        """Forget the document and all that is found of it.

        Raises:
            PermissionDenied: when it is everybody's, and the caller may publish nothing.
        """
        reach = ACCESS.write(principal)
        if await self._corpus.remove(document_id, reach):
            return
        if reach is not None and EVERYONE not in reach:
            found = await self._corpus.get(document_id, frozenset({EVERYONE}))
            if found is not None:
                raise ACCESS.denied(EVERYONE)
        raise NotFound("document", document_id)
