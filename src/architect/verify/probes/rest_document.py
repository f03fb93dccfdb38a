"""The OpenAPI document: complete, and true to what the brief asked for."""

from collections.abc import Iterator
from typing import Any, Final

import jsonschema_rs

from architect.model.entity import Entity
from architect.model.report import Finding
from architect.verify.applies import secured
from architect.verify.checks import Notes
from architect.verify.doors import RestDoor
from architect.verify.offers import offers, sorts
from architect.verify.payloads import path
from architect.verify.probes.rest_problems import PROBLEM
from architect.verify.scene import Scene

Document = dict[str, Any]
"""An OpenAPI document: JSON of a depth and shape that only its own schema could type."""
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_OPEN: Final = frozenset({"/livez", "/readyz"})


async def openapi_document(scene: Scene) -> list[Finding]:
    """The document is OpenAPI 3.1, and each operation says who may call it and how it can end."""
    notes = Notes("openapi_document", "let the routes declare their answers, errors and security")
    document = await _document(scene)
    version = str(document.get("openapi", ""))
    notes.expect(
        holds=version.startswith("3.1."), message=f"the version is {version}, not 3.1", where="/openapi.json"
    )
    names: list[str] = []
    for where, operation in _operations(document):
        names.append(str(operation.get("operationId")))
        answers = operation.get("responses", {})
        good = [status for status in answers if status.startswith("2")]
        notes.expect(holds=bool(good), message="no answer is described", where=where, seen=answers)
        notes.expect(
            holds=bool(operation.get("summary")),
            message="it has no summary",
            where=where,
            seen=operation.keys(),
        )
        if not where.startswith("GET /v1") and "/v1" not in where:
            continue
        wanted = {"401", "403", "429"} if secured(scene.subject) else {"429"}
        bad = {status for status, each in answers.items() if PROBLEM in each.get("content", {})}
        notes.expect(
            holds=wanted <= bad,
            message=f"the problems {', '.join(sorted(wanted - bad))} are not described",
            where=where,
            seen=sorted(answers),
        )
        schemes = operation.get("security", document.get("security"))
        notes.expect(
            holds=bool(schemes) == secured(scene.subject),
            message="it does not say how a caller identifies itself",
            where=where,
            seen=schemes,
        )
    notes.expect(
        holds=len(set(names)) == len(names), message="operation ids repeat", where="/openapi.json", seen=names
    )
    return notes.findings


async def operations_under_v1(scene: Scene) -> list[Finding]:
    """Each entity has its five operations and its transitions under /v1; nothing stands elsewhere."""
    notes = Notes("operations_under_v1", "mount every router under /v1")
    document = await _document(scene)
    described = {where for where, _ in _operations(document)}
    shapes = {_shape(where) for where in described}
    for entity in scene.entities:
        for wanted in _wanted(entity):
            notes.expect(
                holds=wanted in shapes, message="the operation is missing", where=wanted, seen=sorted(shapes)
            )
    stray = [where for where in described if "/v1/" not in where and where.partition(" ")[2] not in _OPEN]
    notes.expect(holds=not stray, message="an operation stands outside /v1", where=", ".join(stray))
    return notes.findings


async def parameters_documented(scene: Scene) -> list[Finding]:
    """The document offers every filter and sort of the brief, limits and cursors."""
    notes = Notes("parameters_documented", "describe every query parameter of a list")
    document = await _document(scene)
    for entity in scene.entities:
        listed = document.get("paths", {}).get(path(entity), {}).get("get", {})
        known = {each.get("name"): each for each in listed.get("parameters", [])}
        wanted = {offer.parameter for offer in offers(entity)} | {"limit", "cursor", "sort"}
        notes.expect(
            holds=wanted <= known.keys(),
            message=f"{', '.join(sorted(wanted - known.keys()))} are not described",
            where=f"GET {path(entity)}",
            seen=sorted(map(str, known)),
        )
        offered = set(_resolved(document, known.get("sort", {}).get("schema", {})).get("enum", []))
        names = {name for name, _ in sorts(entity)}
        notes.expect(
            holds=names | {f"-{name}" for name in names} <= offered,
            message="not every sort is described",
            where=f"GET {path(entity)}?sort",
            seen=sorted(offered),
        )
    return notes.findings


async def examples_valid(scene: Scene) -> list[Finding]:
    """Every request body has an example that its own schema accepts, and that the service creates from."""
    notes = Notes("examples_valid", "give each body an example that keeps the field's rules")
    document = await _document(scene)
    for where, operation in _operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            examples = [content["example"]] if "example" in content else []
            examples += [each.get("value") for each in content.get("examples", {}).values()]
            notes.expect(holds=bool(examples), message=f"the body ({kind}) has no example", where=where)
            schema = {**content.get("schema", {}), "components": document.get("components", {})}
            for example in examples:
                problems = [error.message for error in jsonschema_rs.iter_errors(schema, example)]
                notes.expect(
                    holds=not problems,
                    message="the example breaks its own schema",
                    where=where,
                    seen=f"{example}: {problems}",
                )
    for entity in scene.entities:
        content = document.get("paths", {}).get(path(entity), {}).get("post", {}).get("requestBody", {})
        example = content.get("content", {}).get("application/json", {}).get("example")
        parents = await scene.parents(scene.rest, entity, scene.token())
        if isinstance(example, dict):
            await _example_works(
                scene.rest, entity, {**example, **_references(scene, entity, parents)}, scene, notes
            )
    return notes.findings


async def error_shapes(scene: Scene) -> list[Finding]:
    """Problems are described by a schema with the fields of RFC 9457, wherever an error is."""
    notes = Notes("error_shapes", "describe every error by the one schema of problems")
    document = await _document(scene)
    for where, operation in _operations(document):
        for status, answer in operation.get("responses", {}).items():
            if not status.startswith(("4", "5")) or where.partition(" ")[2] in _OPEN:
                continue
            schema = _resolved(document, answer.get("content", {}).get(PROBLEM, {}).get("schema", {}))
            notes.expect(
                holds={"type", "title", "status", "detail"} <= schema.get("properties", {}).keys(),
                message=f"the answer {status} is not described as a problem",
                where=where,
                seen=answer,
            )
    return notes.findings


async def _example_works(
    door: RestDoor, entity: Entity, example: Document, scene: Scene, notes: Notes
) -> None:
    outcome = await door.create(entity, example, scene.token("reader"))
    notes.expect(
        holds=outcome.verdict in ("ok", "conflict"),
        message="the documented example is refused",
        where=f"POST {path(entity)}",
        seen=f"{example}: {outcome.seen}",
    )


def _references(scene: Scene, entity: Entity, parents: dict[str, str]) -> Document:
    body = scene.payloads.body(entity, parents)
    return {name: body[name] for name in body if body[name] in parents.values()}


async def _document(scene: Scene) -> Document:
    document: Document = (await scene.client.get("/openapi.json")).json()
    return document


def _operations(document: Document) -> Iterator[tuple[str, Document]]:
    for template, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                yield f"{method.upper()} {template}", item[method]


def _wanted(entity: Entity) -> list[str]:
    rows, row = path(entity), f"{path(entity)}/{{}}"
    found = [f"POST {rows}", f"GET {rows}", f"GET {row}", f"PATCH {row}", f"DELETE {row}"]
    if entity.states is not None:
        found += [f"POST {row}/{each.name}" for each in entity.states.value.transitions]
    return found


def _shape(where: str) -> str:
    head, brace, rest = where.partition("{")
    return f"{head}{{}}{rest.partition('}')[2]}" if brace else where


def _resolved(document: Document, schema: Document) -> Document:
    reference = schema.get("$ref", "")
    if not reference.startswith("#/"):
        return schema
    node: Document = document
    for step in reference.removeprefix("#/").split("/"):
        node = node.get(step, {})
    return node
