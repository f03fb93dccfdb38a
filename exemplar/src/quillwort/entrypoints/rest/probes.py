"""Probes: /livez says that the process runs, /readyz that it can do its work."""

from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Response
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


class ProbeRoutes:
    """The probes; they need no caller."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve these."""
        app.add_api_route("/livez", self.live, tags=["operations"], response_model=Liveness)
        app.add_api_route(
            "/readyz",
            self.ready,
            tags=["operations"],
            response_model=Readiness,
            responses={503: {"model": Readiness}},
        )

    async def live(self) -> Response:
        """Answer, which is all that is asked."""
        return JSONResponse({"status": "ok"})

    async def ready(self) -> Response:
        """Ask every dependency."""
        condition = await self._health.check()
        status = HTTPStatus.OK if condition.ready else HTTPStatus.SERVICE_UNAVAILABLE
        content = {"status": "ok" if condition.ready else "unavailable", "checks": condition.checks}
        return JSONResponse(content, status)
