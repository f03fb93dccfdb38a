"""What language models took, over REST."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final, NotRequired

from fastapi import FastAPI, Request, Response
from pydantic import Field, with_config
from typing_extensions import TypedDict

from quillwort.assistant.gateway.usage import DEFAULT_DAYS, MAX_DAYS, DayUsage, UsageService
from quillwort.entrypoints.rest.answer import LISTS, JsonAnswer
from quillwort.entrypoints.rest.identity import principal
from quillwort.entrypoints.rest.query import QueryString
from quillwort.entrypoints.rest.schema import INPUT, default


@with_config(INPUT)
class UsageQueryString(TypedDict):
    """How many days back, today included."""

    days: NotRequired[Annotated[int, Field(ge=1, le=MAX_DAYS), default(value=DEFAULT_DAYS)]]


class DayBody(TypedDict):
    """What one day (UTC) took, the money in dollars as a decimal string; `cached` cost nothing."""

    day: date
    requests: int
    cached: int
    input_tokens: int
    cached_input_tokens: int
    output_tokens: int
    usd: str


class UsagePage(TypedDict):
    """The days that have any, the earliest first."""

    items: Sequence[DayBody]


QUERY: Final = QueryString(UsageQueryString)
PAGE: Final = JsonAnswer(UsagePage)


class UsageRoutes:
    """The route of usage."""

    def __init__(self, usage: UsageService) -> None:
        self._usage = usage

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve it."""
        app.add_api_route(
            "/v1/usage",
            self.by_day,
            tags=["usage"],
            methods=["GET"],
            operation_id="list_usage",
            response_model=UsagePage,
            responses=LISTS,
            openapi_extra=QUERY.documented(),
        )

    async def by_day(self, request: Request) -> Response:
        """Show what language models took for the caller, by day."""
        days = QUERY.read(request).get("days", DEFAULT_DAYS)
        taken = await self._usage.by_day(principal(request), days)
        return PAGE.plain({"items": [_body(each) for each in taken]})


def _body(taken: DayUsage) -> DayBody:
    return {
        "day": taken.day,
        "requests": taken.requests,
        "cached": taken.cached,
        "input_tokens": taken.input_tokens,
        "cached_input_tokens": taken.cached_input_tokens,
        "output_tokens": taken.output_tokens,
        "usd": format(taken.usd, "f"),
    }
