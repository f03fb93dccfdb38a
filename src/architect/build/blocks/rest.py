"""rest: FastAPI over the service layer."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import Dependency, DevelopmentDependency
from architect.build.contributions.python import Import, Section, ServerPart
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(scene: Scene) -> Iterator[Contribution]:
    for requirement in ("fastapi>=0.120", "httptools>=0.7", "uvicorn>=0.37"):
        yield Dependency(requirement)
    yield DevelopmentDependency("schemathesis")
    yield Section("http", "entrypoints.rest.settings", "HttpSettings")
    yield Import("from quillwort.entrypoints.rest.app import build_app")
    yield Import("from quillwort.entrypoints.rest.server import RestServer")
    routers = []
    for entity in scene.by_plural:
        yield Import(f"from quillwort.entrypoints.rest import {entity.module} as {entity.module}_routes")
        routers.append(f"{entity.module}_routes.router(parts.services.{entity.plural})")
    yield ServerPart(
        name="http",
        mode="api",
        function="rest_server",
        title="REST",
        lines=(
            "app = build_app(",
            f"    [{', '.join(routers)}],",
            "    verifier=parts.verifier,",
            "    limiter=parts.limiter,",
            "    health=parts.health,",
            "    settings=parts.settings.http,",
            ")",
            "return RestServer(app, parts.settings.http)",
        ),
    )


BLOCKS.add(
    "rest",
    Block(
        title="REST",
        selected=lambda choices: choices.rest,
        files=("src/quillwort/entrypoints/rest/*.py",),
        templates=("src/quillwort/entrypoints/rest/specimen.py",),
        contribute=_contribute,
    ),
)
