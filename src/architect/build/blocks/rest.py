"""rest: FastAPI over the service layer."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import Port, Probe
from architect.build.contributions.documents import Caller
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency, DevelopmentDependency
from architect.build.contributions.python import ROUTES, Import, Routes, Section, ServerPart
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(scene: Scene) -> Iterator[Contribution]:
    for requirement in ("fastapi>=0.120", "httptools>=0.7", "uvicorn>=0.37"):
        yield Dependency(requirement)
    yield DevelopmentDependency("httpx")
    yield VariableGroup(
        20,
        "REST",
        (
            Variable("HTTP_HOST", "127.0.0.1", "the address that REST listens on", machine="127.0.0.1"),
            Variable("HTTP_PORT", "8000", "its port; 0 takes a free one", machine="8000"),
            Variable("HTTP_MAX_BODY_BYTES", "1048576", "larger bodies are refused with 413"),
            Variable("HTTP_REQUEST_TIMEOUT_SECONDS", "15", "longer requests are ended with 503"),
            Variable(
                "HTTP_KEEP_ALIVE_SECONDS",
                "65",
                "how long an idle connection stays open; longer than your load balancer's",
            ),
        ),
    )
    yield Caller(10, "people", "People's applications", "REST, JSON")
    yield Port("http", 8000, 80, "http")
    yield Probe(
        10,
        live="httpGet:\n  path: /livez\n  port: http",
        ready="httpGet:\n  path: /readyz\n  port: http",
        image="import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:'"
        " + os.environ.get('HTTP_PORT', '8000') + '/livez', timeout=2)",
        compose="import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)",
    )
    yield Section("http", "entrypoints.rest.settings", "HttpSettings")
    yield Import("from starlette.types import ASGIApp")
    yield Import("from quillwort.entrypoints.rest.app import build_app")
    yield Import("from quillwort.entrypoints.rest.server import RestServer")
    for entity in scene.by_plural:
        yield Import(f"from quillwort.entrypoints.rest.{entity.module} import {entity.name}Routes")
        yield Routes("http", f"{entity.name}Routes(parts.services.{entity.plural})")
    # What is timed must be around all that a request meets.
    before, after = (
        ("RequestMetrics(", ", parts.metrics, parts.request_durations, parts.settings.metrics)")
        if scene.choices.metrics
        else ("", "")
    )
    yield ServerPart(
        name="http",
        mode="api",
        function="rest_server",
        title="REST",
        made_of="FastAPI",
        lines=("return RestServer(rest_app(parts), parts.settings.http)",),
        helpers=(
            "def rest_app(parts: Parts) -> ASGIApp:",
            '    """Return the application of REST."""',
            f"    return {before}build_app(",
            f"        [{ROUTES}],",
            "        verifier=parts.verifier,",
            "        limiter=parts.limiter,",
            "        health=parts.health,",
            "        settings=parts.settings.http,",
            *(f"        {line}" for line in _bodies(scene)),
            f"    ){after}",
        ),
    )


def _bodies(scene: Scene) -> Iterator[str]:
    """Yield an argument that says which requests may have larger bodies than others."""
    if scene.choices.assistant:
        yield 'bodies={("POST", "/v1/documents"): parts.settings.documents.max_bytes},'


BLOCKS.add(
    "rest",
    Block(
        title="REST",
        selected=lambda choices: choices.rest,
        files=(
            "src/quillwort/entrypoints/rest/*.py",
            "tests/api/conftest.py",
            "tests/api/test_openapi.py",
            "tests/api/test_probes.py",
            "tests/api/test_process.py",
            "tests/api/test_schema.py",
            "tests/api/test_surroundings.py",
            "tests/callers.py",
            "tests/rest_serving.py",
            "tests/rest_suite.py",
        ),
        templates=("src/quillwort/entrypoints/rest/specimen.py", "tests/api/test_specimen.py"),
        contribute=_contribute,
    ),
)
