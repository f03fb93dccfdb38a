"""Documents over REST."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, NotRequired
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.documents import (
    MAX_NAME,
    Document,
    DocumentQuery,
    DocumentSort,
    DocumentStatus,
)
from quillwort.entrypoints.rest.answer import LISTS, READS, JsonAnswer
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.problems import documented
from quillwort.entrypoints.rest.query import Cursor, Limit, QueryString
from quillwort.entrypoints.rest.schema import INPUT, default

SUBMITS: Final = documented(401, 403, 413, 422, 429, 500, 503)
REMOVES: Final = documented(401, 403, 404, 422, 429, 500, 503)
CONTENT: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The document's bytes: Markdown, HTML, PDF or text.",
        "content": {
            "application/octet-stream": {
                "schema": {"type": "string", "format": "binary"},
                "example": "# Lease\n\nThe tenant pays for small repairs.\n",
            }
        },
    }
}


@with_config(INPUT)
class SubmissionQueryString(TypedDict):
    """What the document is called; one of the same name is replaced."""

    name: Annotated[str, Field(min_length=1, max_length=MAX_NAME)]


@with_config(INPUT)
class DocumentQueryString(TypedDict):
    """How to choose documents."""

    status: NotRequired[DocumentStatus]
    sort: NotRequired[Annotated[DocumentSort, default(value="-created_at")]]
    limit: NotRequired[Limit]
    cursor: NotRequired[Cursor]


class DocumentBody(TypedDict):
    """A document, and how far it is: queued, indexed or failed."""

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


class DocumentPage(TypedDict):
    """Some documents in order, and the cursor for what follows."""

    items: Sequence[DocumentBody]
    next_cursor: str | None


SUBMISSION: Final = QueryString(SubmissionQueryString)
QUERY: Final = QueryString(DocumentQueryString)
ONE: Final = JsonAnswer(DocumentBody)
PAGE: Final = JsonAnswer(DocumentPage)


class DocumentRoutes:
    """The routes of documents."""

    def __init__(self, documents: DocumentService) -> None:
        self._documents = documents

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve these."""
        app.add_api_route(
            "/v1/documents",
            self.submit,
            tags=["documents"],
            methods=["POST"],
            operation_id="submit_document",
            status_code=HTTPStatus.CREATED,
            response_model=DocumentBody,
            responses=SUBMITS,
            openapi_extra=SUBMISSION.documented() | CONTENT,
        )
        app.add_api_route(
            "/v1/documents",
            self.list,
            tags=["documents"],
            methods=["GET"],
            operation_id="list_documents",
            response_model=DocumentPage,
            responses=LISTS,
            openapi_extra=QUERY.documented(),
        )
        app.add_api_route(
            "/v1/documents/{document_id}",
            self.get,
            tags=["documents"],
            methods=["GET"],
            operation_id="get_document",
            response_model=DocumentBody,
            responses=READS,
        )
        app.add_api_route(
            "/v1/documents/{document_id}",
            self.remove,
            tags=["documents"],
            methods=["DELETE"],
            operation_id="remove_document",
            status_code=HTTPStatus.NO_CONTENT,
            responses=REMOVES,
        )

    async def submit(self, request: Request) -> Response:
        """Send a document; it is searched as soon as its status is indexed."""
        name = SUBMISSION.read(request)["name"]
        document = await self._documents.submit(principal(request), name, await request.body())
        return ONE.created(_body(document), document.version, f"/v1/documents/{document.id}")

    async def list(self, request: Request) -> Response:
        """List documents."""
        query = DocumentQuery(**QUERY.read(request))
        page = await self._documents.list(principal(request), query)
        items = [_body(document) for document in page.items]
        return PAGE.plain({"items": items, "next_cursor": page.next_cursor})

    async def get(self, request: Request, document_id: UUID) -> Response:
        """Show a document, and how far it is."""
        document = await self._documents.get(principal(request), document_id)
        return ONE.versioned(_body(document), document.version)

    async def remove(self, request: Request, document_id: UUID) -> Response:
        """Forget a document and all that is found of it."""
        await self._documents.remove(principal(request), document_id)
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _body(document: Document) -> DocumentBody:
    return {
        "id": document.id,
        "owner_id": document.owner_id,
        "version": document.version,
        "created_at": document.created_at,
        "updated_at": document.updated_at,
        "name": document.name,
        "title": document.title,
        "media_type": document.media_type,
        "digest": document.digest,
        "size_bytes": document.size_bytes,
        "status": document.status,
        "problem": document.problem,
        "detail": document.detail,
        "chunks": document.chunks,
    }
