"""Searches over REST."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, NotRequired

from fastapi import FastAPI, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from quillwort.assistant.search_service import DEFAULT_HITS, MAX_HITS, MAX_QUESTION, SearchService
from quillwort.entrypoints.rest.answer import JsonAnswer
from quillwort.entrypoints.rest.assistant.passages import PassageBody, passage
from quillwort.entrypoints.rest.body import JSON, JsonBody
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.problems import documented
from quillwort.entrypoints.rest.schema import INPUT, Integral, default

SEARCHES: Final = documented(401, 403, 413, 415, 422, 429, 500, 503)


@with_config(INPUT)
class SearchBody(TypedDict):
    """What is looked for, in words or in a sentence."""

    query: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, pattern=r"\S")]
    limit: NotRequired[Annotated[int, Integral(1, MAX_HITS), default(value=DEFAULT_HITS)]]


class FoundBody(TypedDict):
    """The passages that answer best, the best first.

    `degraded` says that the embedder was away, and keywords alone were searched.
    """

    items: Sequence[PassageBody]
    degraded: bool


EXAMPLE: Final[dict[str, Any]] = {"query": "Who pays for repairs?", "limit": 5}

SEARCH: Final = JsonBody(SearchBody, EXAMPLE, JSON)
FOUND: Final = JsonAnswer(FoundBody)


class SearchRoutes:
    """The route of searches."""

    def __init__(self, search: SearchService) -> None:
        self._search = search

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve it."""
        app.add_api_route(
            "/v1/search",
            self.search,
            tags=["search"],
            methods=["POST"],
            operation_id="search",
            response_model=FoundBody,
            responses=SEARCHES,
            openapi_extra=SEARCH.documented(),
        )

    async def search(self, request: Request) -> Response:
        """Find passages by words and by meaning."""
        body = await SEARCH.read(request)
        limit = body.get("limit", DEFAULT_HITS)
        found = await self._search.search(principal(request), body["query"], limit)
        items = [passage(hit) for hit in found.hits]
        return FOUND.plain({"items": items, "degraded": found.degraded})
