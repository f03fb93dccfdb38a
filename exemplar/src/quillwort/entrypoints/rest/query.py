"""Query strings: read into one type, and documented from it."""

from typing import Annotated, Any, Generic, TypeAlias, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import Field, TypeAdapter, ValidationError

from quillwort.domain.errors import FieldError, InvalidInput
from quillwort.domain.paging import DEFAULT_LIMIT, MAX_CURSOR_LENGTH, MAX_LIMIT
from quillwort.entrypoints.rest.problems import invalid
from quillwort.entrypoints.rest.schema import default

T = TypeVar("T")

Limit: TypeAlias = Annotated[int, Field(ge=1, le=MAX_LIMIT), default(value=DEFAULT_LIMIT)]
"""How many items at most."""

Cursor: TypeAlias = Annotated[str, Field(max_length=MAX_CURSOR_LENGTH)]
"""Where to continue: `next_cursor` of the page before, with the same sort."""


class QueryString(Generic[T]):
    """Query strings of type `T`, a mapping of names to values."""

    def __init__(self, kind: type[T]) -> None:
        self._adapter = TypeAdapter(kind)

    def read(self, request: Request) -> T:
        """Return the query of the request.

        Raises:
            InvalidInput: when a name is unknown or repeated, or a value is malformed.
        """
        try:
            pairs = parse_qsl(
                request.scope["query_string"].decode("ascii"),
                keep_blank_values=True,
                errors="strict",
            )
        except ValueError as error:
            raise InvalidInput([FieldError("query", "is not UTF-8")]) from error
        values = dict(pairs)
        if len(values) < len(pairs):
            raise InvalidInput([FieldError("query", "names something twice")])
        try:
            return self._adapter.validate_strings(values)
        except ValidationError as error:
            raise invalid(error) from error

    def documented(self) -> dict[str, Any]:
        """Return the OpenAPI description."""
        described = self._adapter.json_schema()
        definitions = described.get("$defs", {})
        required = described.get("required", ())
        parameters = [
            {"name": name, "in": "query", "schema": schema | {"$defs": definitions}}
            | ({"required": True} if name in required else {})
            for name, schema in described["properties"].items()
        ]
        return {"parameters": parameters}
