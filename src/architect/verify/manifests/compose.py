"""What a Compose file must say beyond its schema."""

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources

import jsonschema_rs

from architect.model.report import Finding
from architect.verify.manifests.kubernetes import floating
from architect.verify.manifests.tree import Object, at, mapping, sequence, text


@cache
def vendored_schema(name: str) -> Object:
    """Return a JSON Schema that ``check-jsonschema`` carries (``compose-spec``, ``github-workflows``).

    Raises:
        FileNotFoundError: it carries none of that name.
    """
    package = resources.files("check_jsonschema.builtin_schemas.vendor")
    found: Object = json.loads(package.joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return found


def against(schema: str, document: Object, check: str, where: str) -> Iterator[Finding]:
    """Yield a finding for everything in a document that a vendored schema refuses."""
    for error in jsonschema_rs.validator_for(vendored_schema(schema)).iter_errors(document):
        path = ".".join(str(step) for step in error.instance_path)
        yield Finding(check, "error", f"{path}: {error.message[:300]}", where)


def services(document: Object, where: str) -> Iterator[Finding]:
    """Yield what services lack: a version of the image, limits, a health check, what they wait for."""
    known = mapping(document.get("services"))
    for name, service in known.items():
        for message, mend in _lacks(mapping(service), set(known)):
            yield Finding("compose_services", "error", message, f"{where}: {name}", mend)


def _lacks(service: Object, known: set[str]) -> Iterator[tuple[str, str]]:
    image = text(service.get("image"))
    if image and (problem := floating(image)):
        yield problem, "name a version"
    if not image and "build" not in service:
        yield "has neither image nor build", "name one"
    if not mapping(service.get("healthcheck")):
        yield "has no health check", "add healthcheck, or healthcheck: {disable: true} to a one-off"
    if not text(at(service, "deploy", "resources", "limits", "memory")) and "mem_limit" not in service:
        yield "may use all memory", "deploy.resources.limits.memory"
    if service.get("privileged") is True:
        yield "is privileged", "remove privileged"
    for other in _waits_for(service):
        if other not in known:
            yield f"depends on {other!r}, which is not there", "name a service of this file"


def _waits_for(service: Object) -> list[str]:
    wanted = service.get("depends_on")
    return list(wanted) if isinstance(wanted, dict) else [text(item) for item in sequence(wanted)]
