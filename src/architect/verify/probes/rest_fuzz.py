"""Requests made from the OpenAPI document by schemathesis, and every answer held against it."""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from architect.model.entity import Entity
from architect.model.report import Finding
from architect.verify.applies import secured
from architect.verify.checks import Notes
from architect.verify.doors import bearer
from architect.verify.payloads import path, settable, wire_name
from architect.verify.process import clean_environment, run
from architect.verify.scene import Scene

BUDGET_SECONDS: Final = 20
"""When it stops; two entities take five seconds on a machine that does nothing else."""
_LATEST_SECONDS: Final = 80.0
_ROWS: Final = 12
_CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
    "missing_required_header",
)
"""Not ``positive_data_acceptance``: rows that fit the schema may still conflict with stored ones."""
_AUTHENTICATION: Final = "ignored_auth"


async def schemathesis(scene: Scene) -> list[Finding]:
    """No request that the document allows, or nearly allows, makes the service break its own document.

    Ids in the document are narrowed to rows that exist, so that requests reach more than a 404.
    """
    notes = Notes(
        "schemathesis", "let the route answer as the document says, or the document say what it answers"
    )
    place = scene.service.log.path.parent
    document = place / "openapi.json"
    document.write_text(json.dumps(await _narrowed(scene)), encoding="utf-8")
    report = place / "schemathesis.json"
    done = await run(
        _command(scene, document, report),
        directory=place,
        environment=clean_environment(),
        within=_LATEST_SECONDS,
    )
    if not report.exists():
        message = f"schemathesis gave no report (status {done.status}): {done.output.strip()[-400:]}"
        raise RuntimeError(message)
    told = json.loads(report.read_text(encoding="utf-8"))
    for failure in told["failures"]:
        for operation in failure["operations"]:
            notes.expect(
                holds=False,
                message=str(failure["title"]),
                where=str(operation),
                seen=_section(done.output, str(operation)),
            )
    for error in told["errors"]:
        notes.expect(holds=False, message="an operation cannot be tested", where="/openapi.json", seen=error)
    tested, whole = told["operations"]["tested"], told["operations"]["total"]
    notes.expect(
        holds=tested == whole > 0 or (tested > 0 and told["stop_reason"] == "max_time"),
        message="not every operation was tested",
        where="/openapi.json",
        seen=told["operations"],
    )
    return notes.findings


def _command(scene: Scene, document: Path, report: Path) -> list[str]:
    checks = [*_CHECKS, *([_AUTHENTICATION] if secured(scene.subject) else [])]
    headers = [f"--header={name}: {value}" for name, value in bearer(scene.token()).items()]
    return [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(document), *headers),
        f"--url={scene.service.base_url}",
        f"--checks={','.join(checks)}",
        "--phases=examples,coverage",
        f"--max-time={BUDGET_SECONDS}",
        "--generation-deterministic",
        "--request-timeout=10",
        "--no-color",
        "--report=json",
        f"--report-json-path={report}",
    ]


async def _narrowed(scene: Scene) -> dict[str, Any]:
    document: dict[str, Any] = (await scene.client.get("/openapi.json")).json()
    token = scene.token()
    known: dict[str, list[str]] = {}
    for entity in scene.entities:
        known[entity.name] = [str((await scene.made(entity, token))["id"]) for _ in range(_ROWS)]
        for template, item in document["paths"].items():
            if template.startswith(f"{path(entity)}/{{"):
                _narrow_path(item, known[entity.name])
    schemas = document.get("components", {}).get("schemas", {})
    for entity in scene.entities:
        for name in _sent(document):
            _narrow_references(entity, schemas.get(name, {}).get("properties", {}), known)
    return document


def _sent(document: dict[str, Any]) -> set[str]:
    """Return the names of the schemas that request bodies have."""
    bodies = [
        content.get("schema", {}).get("$ref", "")
        for item in document["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
        for content in operation.get("requestBody", {}).get("content", {}).values()
    ]
    return {body.rpartition("/")[2] for body in bodies}


def _narrow_path(item: dict[str, Any], ids: list[str]) -> None:
    operations = [each for each in item.values() if isinstance(each, dict)]
    for operation in operations:
        for parameter in operation.get("parameters", []):
            if parameter.get("in") == "path":
                parameter["schema"] = {"type": "string", "format": "uuid", "enum": ids}


def _narrow_references(entity: Entity, properties: dict[str, Any], known: dict[str, list[str]]) -> None:
    for field in settable(entity):
        name = wire_name(field)
        if field.kind == "reference" and field.references in known and name in properties and field.required:
            properties[name] = {"type": "string", "format": "uuid", "enum": known[field.references]}


def _section(output: str, operation: str) -> str:
    """Return what schemathesis printed of an operation."""
    found = re.search(
        rf"^_+ {re.escape(operation)} _+$(.*?)(?=^_{{3,}}|^={{3,}}|\Z)", output, re.DOTALL | re.MULTILINE
    )
    told = " ".join(found[1].split()) if found else ""
    return re.sub(r"\d+\. Test Case ID: \w+ - ", "", told).partition("Reproduce with")[0]
