"""Request bodies: read once from bytes, and documented from the same type."""

from typing import Any, Final, Generic, TypeVar

from fastapi import Request
from pydantic import TypeAdapter, ValidationError

from quillwort.entrypoints.rest.errors import UnsupportedMediaType
from quillwort.entrypoints.rest.problems import invalid

T = TypeVar("T")

JSON: Final = "application/json"
MERGE_PATCH: Final = "application/merge-patch+json"
"""RFC 7396: an absent field stays, null clears it."""


class JsonBody(Generic[T]):
    """Bodies of type `T`, sent as any of `media_types`."""

    def __init__(self, kind: type[T], example: dict[str, Any], *media_types: str) -> None:
        self._adapter = TypeAdapter(kind)
        self._example = example
        self._media_types = media_types

    async def read(self, request: Request) -> T:
        """Return the body of the request.

        Raises:
            InvalidInput: when it is not JSON or breaks a rule.
            UnsupportedMediaType: when it says that it is something else.
        """
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type not in self._media_types:
            raise UnsupportedMediaType(" or ".join(self._media_types))
        try:
            return self._adapter.validate_json(await request.body())
        except ValidationError as error:
            raise invalid(error) from error

    def documented(self) -> dict[str, Any]:
        """Return the OpenAPI description."""
        schema = self._adapter.json_schema()
        definitions = schema.pop("$defs", {}) | {schema["title"]: schema}
        reference = {"$ref": f"#/$defs/{schema['title']}", "$defs": definitions}
        described = {"schema": reference, "example": self._example}
        content = dict.fromkeys(self._media_types, described)
        return {"requestBody": {"required": True, "content": content}}
