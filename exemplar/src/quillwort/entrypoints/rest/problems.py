"""Failures as problem details (RFC 9457): one mapping for whatever raises them."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from quillwort.domain.errors import (
    Conflict,
    DomainError,
    FieldError,
    InvalidInput,
    NotFound,
    PermissionDenied,
    RateLimited,
    TransitionRefused,
    Unauthenticated,
    Unavailable,
    VersionMismatch,
)
from quillwort.entrypoints.rest.errors import BodyTooLarge, UnsupportedMediaType

MEDIA_TYPE: Final = "application/problem+json"

STATUS: Final[Mapping[type[DomainError], HTTPStatus]] = {
    InvalidInput: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    VersionMismatch: HTTPStatus.PRECONDITION_FAILED,
    Conflict: HTTPStatus.CONFLICT,
    TransitionRefused: HTTPStatus.CONFLICT,
    PermissionDenied: HTTPStatus.FORBIDDEN,
    Unauthenticated: HTTPStatus.UNAUTHORIZED,
    RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    UnsupportedMediaType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
"""The nearest class in an error's ancestry decides."""


class FieldProblem(BaseModel):
    """One field and what is wrong with it."""

    field: str
    message: str


class Problem(BaseModel):
    """What went wrong."""

    type: str = Field(examples=["urn:quillwort:problem:not_found"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="For people.", examples=["No such thing."])
    code: str = Field(description="For programs; stable.", examples=["not_found"])
    errors: list[FieldProblem] = Field(description="The fields at fault, if any.", examples=[[]])


def respond(error: DomainError) -> Response:
    """Return the answer to an error of the domain."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    errors = error.errors if isinstance(error, InvalidInput) else ()
    response = _problem(status, error.code, error.message, errors)
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(ceil(error.retry_after))
    if isinstance(error, Unavailable):
        response.headers["Retry-After"] = "1"
    return response


def invalid(error: ValidationError) -> InvalidInput:
    """Return what a failed validation means in the words of the domain."""
    details = error.errors(include_url=False, include_input=False, include_context=False)
    return InvalidInput(
        [FieldError(_path(detail["loc"]), _said(detail["msg"])) for detail in details]
    )


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI descriptions of failures with these statuses."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Have the application answer every failure with a problem."""
    app.add_exception_handler(DomainError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_defect)


class ProblemBoundary:
    """Answers the errors of the domain that are raised before the application is reached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, or answer with the problem."""
        try:
            await self._app(scope, receive, send)
        except DomainError as error:
            await respond(error)(scope, receive, send)


async def _on_domain_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, DomainError):
        raise error
    return respond(error)


async def _on_invalid_request(_: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    details = error.errors()
    return respond(
        InvalidInput([FieldError(_path(d["loc"][1:]), _said(d["msg"])) for d in details])
    )


async def _on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    response = _problem(status, status.name.lower(), error.detail, ())
    response.headers.update(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        # The router names the methods of one route alone; a path may have several.
        response.headers["Allow"] = ", ".join(sorted(_allowed(request)))
    return response


async def _on_defect(_: Request, __: Exception) -> Response:
    # The log has the exception; a caller could do nothing with it but harm.
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _problem(status, "internal", "Something went wrong here.", ())


def _allowed(request: Request) -> set[str]:
    routes: list[Route] = [each for each in request.app.routes if isinstance(each, Route)]
    matching = [each for each in routes if each.matches(request.scope)[0] is not Match.NONE]
    return {method for each in matching for method in each.methods or ()}


def _problem(
    status: HTTPStatus, code: str, detail: str, errors: tuple[FieldError, ...]
) -> Response:
    problem = Problem(
        type=f"urn:quillwort:problem:{code}",
        title=status.phrase,
        status=status.value,
        detail=detail,
        code=code,
        errors=[FieldProblem(field=error.field, message=error.message) for error in errors],
    )
    content = problem.model_dump_json().encode()
    return Response(content, status.value, media_type=MEDIA_TYPE)


def _path(location: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in location) or "body"


def _said(message: str) -> str:
    # The validation library speaks in sentences; here a message follows the field's name.
    told = message.removeprefix("Value error, ")
    return told[:1].lower() + told[1:]
