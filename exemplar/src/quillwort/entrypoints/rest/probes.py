"""Probes: /livez says that the process runs, /readyz that it can do its work."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from quillwort.kit.health import Health

PATHS: Final = ("/livez", "/readyz")


class Liveness(BaseModel):
    """The process runs."""

    status: str


class Readiness(BaseModel):
    """Whether requests should come here, and which dependencies answer."""

    status: str
    checks: dict[str, bool]


def router(health: Health) -> APIRouter:
    """Return the probes."""
    router = APIRouter(tags=["operations"])

    @router.get("/livez", response_model=Liveness)
    async def live() -> JSONResponse:
        """Answer, which is all that is asked."""
        return JSONResponse({"status": "ok"})

    @router.get("/readyz", response_model=Readiness, responses={503: {"model": Readiness}})
    async def ready() -> JSONResponse:
        """Ask every dependency."""
        condition = await health.check()
        status = HTTPStatus.OK if condition.ready else HTTPStatus.SERVICE_UNAVAILABLE
        content = {"status": "ok" if condition.ready else "unavailable", "checks": condition.checks}
        return JSONResponse(content, status)

    return router
