"""Collectors over REST."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Final, NotRequired
from uuid import UUID

from fastapi import FastAPI, Request, Response
from pydantic import with_config
from typing_extensions import TypedDict

from quillwort.domain.collector import (
    RULES,
    Collector,
    CollectorChange,
    CollectorQuery,
    CollectorSort,
    NewCollector,
)
from quillwort.domain.collector_service import CollectorService
from quillwort.entrypoints.rest.answer import (
    CHANGES,
    CREATES,
    DELETES,
    IF_MATCH,
    LISTS,
    READS,
    JsonAnswer,
    expected_version,
)
from quillwort.entrypoints.rest.body import JSON, MERGE_PATCH, JsonBody
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.query import Cursor, Limit, QueryString
from quillwort.entrypoints.rest.schema import INPUT, default, ruled


@with_config(INPUT)
class NewCollectorBody(TypedDict):
    """What it takes to make a collector."""

    name: Annotated[str, ruled(RULES["name"])]
    email: Annotated[str, ruled(RULES["email"])]
    active: NotRequired[Annotated[bool, default(value=True)]]


@with_config(INPUT)
class CollectorChangeBody(TypedDict):
    """What can be changed: an absent field stays, null clears it."""

    name: NotRequired[Annotated[str, ruled(RULES["name"])]]
    email: NotRequired[Annotated[str, ruled(RULES["email"])]]
    active: NotRequired[bool]


@with_config(INPUT)
class CollectorQueryString(TypedDict):
    """How to choose collectors; bounds are inclusive."""

    email: NotRequired[Annotated[str, ruled(RULES["email"])]]
    active: NotRequired[bool]
    sort: NotRequired[Annotated[CollectorSort, default(value="-created_at")]]
    limit: NotRequired[Limit]
    cursor: NotRequired[Cursor]


class CollectorBody(TypedDict):
    """A collector."""

    id: UUID
    owner_id: str
    version: int
    created_at: datetime
    updated_at: datetime
    name: str
    email: str
    active: bool


class CollectorPage(TypedDict):
    """Some collectors in order, and the cursor for what follows."""

    items: Sequence[CollectorBody]
    next_cursor: str | None


EXAMPLE: Final[dict[str, Any]] = {"name": "Name", "email": "somebody@example.com", "active": True}
CHANGE_EXAMPLE: Final[dict[str, Any]] = {"name": "Name"}

NEW: Final = JsonBody(NewCollectorBody, EXAMPLE, JSON)
CHANGE: Final = JsonBody(CollectorChangeBody, CHANGE_EXAMPLE, MERGE_PATCH, JSON)
QUERY: Final = QueryString(CollectorQueryString)
ONE: Final = JsonAnswer(CollectorBody)
PAGE: Final = JsonAnswer(CollectorPage)


class CollectorRoutes:
    """The routes of collectors."""

    def __init__(self, collectors: CollectorService) -> None:
        self._collectors = collectors

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve these."""
        app.add_api_route(
            "/v1/collectors",
            self.create,
            tags=["collectors"],
            methods=["POST"],
            operation_id="create_collector",
            status_code=HTTPStatus.CREATED,
            response_model=CollectorBody,
            responses=CREATES,
            openapi_extra=NEW.documented(),
        )
        app.add_api_route(
            "/v1/collectors",
            self.list,
            tags=["collectors"],
            methods=["GET"],
            operation_id="list_collectors",
            response_model=CollectorPage,
            responses=LISTS,
            openapi_extra=QUERY.documented(),
        )
        app.add_api_route(
            "/v1/collectors/{collector_id}",
            self.get,
            tags=["collectors"],
            methods=["GET"],
            operation_id="get_collector",
            response_model=CollectorBody,
            responses=READS,
        )
        app.add_api_route(
            "/v1/collectors/{collector_id}",
            self.update,
            tags=["collectors"],
            methods=["PATCH"],
            operation_id="update_collector",
            response_model=CollectorBody,
            responses=CHANGES,
            openapi_extra=CHANGE.documented() | IF_MATCH,
        )
        app.add_api_route(
            "/v1/collectors/{collector_id}",
            self.delete,
            tags=["collectors"],
            methods=["DELETE"],
            operation_id="delete_collector",
            status_code=HTTPStatus.NO_CONTENT,
            responses=DELETES,
            openapi_extra=IF_MATCH,
        )

    async def create(self, request: Request) -> Response:
        """Make a collector."""
        body = await NEW.read(request)
        collector = await self._collectors.create(principal(request), NewCollector(**body))
        return ONE.created(_body(collector), collector.version, f"/v1/collectors/{collector.id}")

    async def list(self, request: Request) -> Response:
        """List collectors."""
        query = CollectorQuery(**QUERY.read(request))
        page = await self._collectors.list(principal(request), query)
        items = [_body(collector) for collector in page.items]
        return PAGE.plain({"items": items, "next_cursor": page.next_cursor})

    async def get(self, request: Request, collector_id: UUID) -> Response:
        """Show a collector."""
        collector = await self._collectors.get(principal(request), collector_id)
        return ONE.versioned(_body(collector), collector.version)

    async def update(self, request: Request, collector_id: UUID) -> Response:
        """Change a collector: an absent field stays, null clears it."""
        change = CollectorChange(**await CHANGE.read(request))
        collector = await self._collectors.update(
            principal(request), collector_id, change, expected_version(request)
        )
        return ONE.versioned(_body(collector), collector.version)

    async def delete(self, request: Request, collector_id: UUID) -> Response:
        """Forget a collector."""
        await self._collectors.delete(principal(request), collector_id, expected_version(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _body(collector: Collector) -> CollectorBody:
    return {
        "id": collector.id,
        "owner_id": collector.owner_id,
        "version": collector.version,
        "created_at": collector.created_at,
        "updated_at": collector.updated_at,
        "name": collector.name,
        "email": collector.email,
        "active": collector.active,
    }
