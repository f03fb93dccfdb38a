"""The OpenAPI document: what the routes say of themselves, made whole."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from quillwort.entrypoints.rest.problems import Problem

PATH: Final = "/docs"
OPENAPI_PATH: Final = "/openapi.json"

_SCHEME: Final = "caller"


def install(app: FastAPI, scheme: Mapping[str, str] | None, open_paths: frozenset[str]) -> None:
    """Have the application document itself; `scheme` is how callers identify themselves."""
    document: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not document:
            document.update(_document(app, scheme, open_paths))
        return document

    # FastAPI's own way to replace the document.
    app.openapi = openapi  # type: ignore[method-assign]


def _document(
    app: FastAPI, scheme: Mapping[str, str] | None, open_paths: frozenset[str]
) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas: dict[str, Any] = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = TypeAdapter(Problem).json_schema()
    _hoist(document, schemas)
    if scheme is not None:
        document["components"]["securitySchemes"] = {_SCHEME: dict(scheme)}
        document["security"] = [{_SCHEME: []}]
        for path in open_paths & document["paths"].keys():
            for operation in document["paths"][path].values():
                operation["security"] = []
    return document


def _hoist(node: object, schemas: dict[str, Any]) -> None:
    """Move definitions out of the schemas that brought them, to where one name serves all."""
    if isinstance(node, dict):
        for name, definition in node.pop("$defs", {}).items():
            schemas[name] = definition
            _hoist(definition, schemas)
        reference = node.get("$ref")
        if isinstance(reference, str):
            node["$ref"] = reference.replace("#/$defs/", "#/components/schemas/")
        for value in list(node.values()):
            _hoist(value, schemas)
    elif isinstance(node, list):
        for value in node:
            _hoist(value, schemas)
