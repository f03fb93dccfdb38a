"""Answers: written once, from a type that documents them too, with the version as entity tag."""

import re
from http import HTTPStatus
from typing import Any, Final, Generic, TypeVar

from fastapi import Request, Response
from pydantic import TypeAdapter

from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.entrypoints.rest.problems import documented

T = TypeVar("T")

_TAG: Final = re.compile(r'("?)([0-9]{1,18})\1')
"""Many callers leave the quotes out."""

IF_MATCH: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "description": "The entity tag that must still be current; absent or *: any.",
            "schema": {"type": "string", "pattern": r'^("[0-9]{1,18}"|[0-9]{1,18}|\*)$'},
        }
    ]
}
"""How OpenAPI shows what `expected_version` reads."""

_ETAG: Final[dict[str, Any]] = {
    "headers": {"ETag": {"description": "The version, for If-Match.", "schema": {"type": "string"}}}
}
_OK: Final[dict[int | str, dict[str, Any]]] = {200: _ETAG}
_COMMON: Final = (401, 403, 422, 429, 500, 503)

CREATES: Final = {201: _ETAG} | documented(409, 413, 415, *_COMMON)
LISTS: Final = documented(*_COMMON)
READS: Final = _OK | documented(404, *_COMMON)
CHANGES: Final = _OK | documented(404, 409, 412, 413, 415, *_COMMON)
DELETES: Final = documented(404, 409, 412, *_COMMON)
MOVES: Final = _OK | documented(404, 409, 412, *_COMMON)
"""What each kind of operation can answer, for OpenAPI."""


class JsonAnswer(Generic[T]):
    """Answers of type `T`."""

    def __init__(self, kind: type[T]) -> None:
        self._adapter = TypeAdapter(kind)

    def plain(self, content: T) -> Response:
        """Return an answer without a version."""
        return Response(self._adapter.dump_json(content), media_type="application/json")

    def versioned(self, content: T, version: int) -> Response:
        """Return an answer with the version as entity tag."""
        return Response(
            self._adapter.dump_json(content),
            media_type="application/json",
            headers={"ETag": f'"{version}"'},
        )

    def created(self, content: T, version: int, location: str) -> Response:
        """Return the answer to a request that made what is now at `location`."""
        return Response(
            self._adapter.dump_json(content),
            HTTPStatus.CREATED,
            media_type="application/json",
            headers={"ETag": f'"{version}"', "Location": location},
        )


def expected_version(request: Request) -> int | None:
    """Return the version that If-Match names, or None when any will do.

    Raises:
        InvalidInput: when it is not one strong entity tag of ours, or `*`.
    """
    given = request.headers.get("if-match")
    if given is None or given == "*":
        return None
    tag = _TAG.fullmatch(given)
    if tag is None:
        raise InvalidInput([FieldError("If-Match", "must be one strong entity tag, or *")])
    return int(tag[2])
