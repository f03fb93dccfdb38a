"""Documents over REST."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, NotRequired
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from quillwort.assistant.document_access import MAX_READERS, READERS, readers_of
from quillwort.assistant.document_service import DocumentService
from quillwort.assistant.documents import (
    ACCESS,
    MAX_NAME,
    Document,
    DocumentQuery,
    DocumentSort,
    DocumentStatus,
    Phase,
    check_name,
)
from quillwort.domain.errors import DomainError, InvalidInput, PermissionDenied
from quillwort.domain.values import Principal
from quillwort.entrypoints.rest.answer import LISTS, READS, JsonAnswer
from quillwort.entrypoints.rest.assistant import parts
from quillwort.entrypoints.rest.errors import BodyTooLarge
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.problems import STATUS, documented
from quillwort.entrypoints.rest.query import Cursor, Limit, QueryString
from quillwort.entrypoints.rest.schema import INPUT, default

SUBMITS: Final = documented(401, 403, 413, 422, 429, 500, 503)
REMOVES: Final = documented(401, 403, 404, 422, 429, 500, 503)
CONTENT: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The document's bytes: Markdown, HTML, PDF or text; or files with names.",
        "content": {
            "application/octet-stream": {
                "schema": {"type": "string", "format": "binary"},
                "example": "# Lease\n\nThe tenant pays for small repairs.\n",
            },
            parts.MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "readers": {
                            "type": "string",
                            "pattern": READERS,
                            "maxLength": MAX_READERS,
                            "description": "For whom the files are that follow.",
                        },
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": parts.MAX_FILES,
                        },
                    },
                    "required": ["files"],
                },
                "example": {"files": ["# Lease\n\nThe tenant pays for small repairs.\n"]},
            },
        },
    }
}


@with_config(INPUT)
class SubmissionQueryString(TypedDict):
    """What the document is called, unless files with names are sent; the same name replaces.

    `readers` says for whom it is: owner, everyone, or group: and the name of one.
    """

    name: NotRequired[Annotated[str, Field(min_length=1, max_length=MAX_NAME)]]
    readers: NotRequired[Annotated[str, Field(max_length=MAX_READERS, pattern=READERS)]]


@with_config(INPUT)
class DocumentQueryString(TypedDict):
    """How to choose documents."""

    status: NotRequired[DocumentStatus]
    sort: NotRequired[Annotated[DocumentSort, default(value="-created_at")]]
    limit: NotRequired[Limit]
    cursor: NotRequired[Cursor]


class ProgressBody(TypedDict):
    """How far a document is that is being indexed: so many chunks of all are embedded."""

    phase: Phase
    done: int
    total: int


class DocumentBody(TypedDict):
    """A document, for whom it is, and how far it is: queued, indexed or failed."""

    id: UUID
    owner_id: str
    readers: str
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
    progress: ProgressBody | None


class RefusalBody(TypedDict):
    """Why a file was not taken, as a program and as people read it."""

    code: str
    detail: str


class SubmissionBody(TypedDict):
    """What came of one file: the document as it is kept, or why it was not taken."""

    name: str
    status: int
    document: DocumentBody | None
    problem: RefusalBody | None


class SubmissionsBody(TypedDict):
    """What came of each file, in their order."""

    items: Sequence[SubmissionBody]


class DocumentPage(TypedDict):
    """Some documents in order, and the cursor for what follows."""

    items: Sequence[DocumentBody]
    next_cursor: str | None


SEVERAL_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    207: {"description": "What came of each file of several.", "model": SubmissionsBody}
}

SUBMISSION: Final = QueryString(SubmissionQueryString)
QUERY: Final = QueryString(DocumentQueryString)
ONE: Final = JsonAnswer(DocumentBody)
SEVERAL: Final = JsonAnswer(SubmissionsBody)
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
            responses=SUBMITS | SEVERAL_ANSWERS,
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
        """Send a document, or several; one is searched as soon as its status is indexed."""
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == parts.MEDIA_TYPE:
            return await self._several(request)
        given = SUBMISSION.read(request)
        name, readers = check_name(given.get("name", "")), given.get("readers")
        document = await self._documents.submit(
            principal(request), name, await request.body(), readers
        )
        return ONE.created(_body(document), document.version, f"/v1/documents/{document.id}")

    async def _several(self, request: Request) -> Response:
        caller, readers = principal(request), SUBMISSION.read(request).get("readers", "")
        # Whoever may send nothing at all is told so before anything is read.
        ACCESS.write(caller)
        items = [await self._one(caller, file) async for file in parts.files(request, readers)]
        response = SEVERAL.plain({"items": items})
        response.status_code = HTTPStatus.MULTI_STATUS
        return response

    async def _one(self, caller: Principal, file: parts.File) -> SubmissionBody:
        """Take one file; what is wrong with it is told beside it, and holds no other up."""
        if file.content is None:
            return _refused(file.name, BodyTooLarge(parts.MAX_BYTES))
        try:
            document = await self._documents.submit(caller, file.name, file.content, file.readers)
        except (InvalidInput, PermissionDenied) as error:
            return _refused(file.name, error)
        return {
            "name": file.name,
            "status": HTTPStatus.CREATED,
            "document": _body(document),
            "problem": None,
        }

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


def _refused(name: str, error: DomainError) -> SubmissionBody:
    detail = error.errors[0].message if isinstance(error, InvalidInput) else error.message
    return {
        "name": name,
        "status": STATUS[type(error)],
        "document": None,
        "problem": {"code": error.code, "detail": detail},
    }


def _body(document: Document) -> DocumentBody:
    return {
        "id": document.id,
        "owner_id": document.owner_id,
        "readers": readers_of(document.owner_id),
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
        "progress": None
        if document.progress is None
        else {
            "phase": document.progress.phase,
            "done": document.progress.done,
            "total": document.progress.total,
        },
    }
