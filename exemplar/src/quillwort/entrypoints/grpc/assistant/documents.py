"""Documents over gRPC."""

from collections.abc import AsyncIterator
from typing import Final

import grpc
from google.protobuf.empty_pb2 import Empty as Nothing

from quillwort.assistant.document_access import readers_of
from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.documents import (
    SORTS,
    Document,
    DocumentQuery,
    DocumentStatus,
    Phase,
    Progress,
)
from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.entrypoints.grpc.messages.conversion import EnumCodes, present, write_moment
from quillwort.entrypoints.grpc.messages.reading import ListReader, read_id
from quillwort.v1 import assistant_documents_pb2 as pb
from quillwort.v1 import assistant_documents_pb2_grpc as rpc

STATUSES: Final[EnumCodes[pb.DocumentStatus.ValueType, DocumentStatus]] = EnumCodes(
    (pb.DOCUMENT_STATUS_QUEUED, "queued"),
    (pb.DOCUMENT_STATUS_INDEXED, "indexed"),
    (pb.DOCUMENT_STATUS_FAILED, "failed"),
)

PHASES: Final[EnumCodes[pb.DocumentPhase.ValueType, Phase]] = EnumCodes(
    (pb.DOCUMENT_PHASE_READING, "reading"), (pb.DOCUMENT_PHASE_EMBEDDING, "embedding")
)


class DocumentServicer(rpc.DocumentServiceServicer):
    """Serves `quillwort.v1.DocumentService`.

    A document has `max_bytes` at most.
    """

    name: Final = pb.DESCRIPTOR.services_by_name["DocumentService"].full_name

    def __init__(self, documents: DocumentService, max_bytes: int) -> None:
        self._documents = documents
        self._max_bytes = max_bytes

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_DocumentServiceServicer_to_server(self, server)

    async def SubmitDocument(
        self, request: pb.SubmitDocumentRequest, context: CallContext
    ) -> pb.Document:
        """Keep a document that came in one message."""
        self._check(len(request.content))
        return write(
            await self._documents.submit(
                current_principal(), request.name, request.content, request.readers
            )
        )

    async def UploadDocument(
        self, request_iterator: AsyncIterator[pb.UploadDocumentRequest], context: CallContext
    ) -> pb.Document:
        """Keep a document that comes in pieces."""
        first = await self._first(request_iterator)
        content = await self._content(request_iterator)
        return write(
            await self._documents.submit(current_principal(), first.name, content, first.readers)
        )

    async def GetDocument(
        self, request: pb.GetDocumentRequest, context: CallContext
    ) -> pb.Document:
        """Return a document, and how far it is."""
        return write(await self._documents.get(current_principal(), read_id(request.id)))

    async def ListDocuments(
        self, request: pb.ListDocumentsRequest, context: CallContext
    ) -> pb.ListDocumentsResponse:
        """Return one page of documents."""
        with ListReader(request, DocumentQuery) as read:
            query = DocumentQuery(
                status=read.optional("status", request.status, STATUSES.read),
                sort=read.order(request.order_by, SORTS),
                limit=read.page_size(request.page_size),
                cursor=read.page_token(request.page_token),
            )
            page = await self._documents.list(current_principal(), query)
        return pb.ListDocumentsResponse(
            documents=map(write, page.items), next_page_token=page.next_cursor or ""
        )

    async def DeleteDocument(
        self, request: pb.DeleteDocumentRequest, context: CallContext
    ) -> Nothing:
        """Forget a document and all that is found of it."""
        await self._documents.remove(current_principal(), read_id(request.id))
        return Nothing()

    async def _first(
        self, requests: AsyncIterator[pb.UploadDocumentRequest]
    ) -> pb.UploadDocumentRequest:
        async for request in requests:
            if request.WhichOneof("part") == "name":
                return request
            break
        raise InvalidInput([FieldError("name", "must be sent first")])

    async def _content(self, requests: AsyncIterator[pb.UploadDocumentRequest]) -> bytes:
        content = bytearray()
        async for request in requests:
            if request.WhichOneof("part") != "content":
                raise InvalidInput([FieldError("content", "is all that may follow the name")])
            self._check(len(content) + len(request.content))
            content += request.content
        return bytes(content)

    def _check(self, size: int) -> None:
        if size > self._max_bytes:
            raise InvalidInput(
                [FieldError("content", f"must have at most {self._max_bytes} bytes")]
            )


def write(document: Document) -> pb.Document:
    """Return a document as a message."""
    return pb.Document(
        id=str(document.id),
        owner_id=document.owner_id,
        version=document.version,
        created_at=write_moment(document.created_at),
        updated_at=write_moment(document.updated_at),
        status=STATUSES.write(document.status),
        name=document.name,
        title=document.title,
        media_type=document.media_type,
        digest=document.digest,
        size_bytes=document.size_bytes,
        problem=document.problem,
        detail=document.detail,
        chunks=document.chunks,
        progress=present(_progress, document.progress),
        readers=readers_of(document.owner_id),
    )


def _progress(progress: Progress) -> pb.DocumentProgress:
    return pb.DocumentProgress(
        phase=PHASES.write(progress.phase), done=progress.done, total=progress.total
    )
