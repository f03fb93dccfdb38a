"""Puts REST together: the routes, and what surrounds every request."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from fastapi import FastAPI
from starlette.types import ASGIApp

import quillwort
from quillwort.entrypoints.rest import documentation, probes, problems
from quillwort.entrypoints.rest.access_log import AccessLog
from quillwort.entrypoints.rest.bounds import BodyLimit, RequestTimeout
from quillwort.entrypoints.rest.headers import SecurityHeaders
from quillwort.entrypoints.rest.identity import Identity
from quillwort.entrypoints.rest.limits import RateLimit
from quillwort.entrypoints.rest.probes import ProbeRoutes
from quillwort.entrypoints.rest.settings import HttpSettings
from quillwort.kit.health import Health
from quillwort.kit.identity import Verifier
from quillwort.kit.rate_limit import RateLimiter

OPEN_PATHS = frozenset({*probes.PATHS, documentation.PATH, documentation.OPENAPI_PATH})


class Routes(Protocol):
    """Some routes."""

    def add_to(self, app: FastAPI) -> None:
        """Have the application serve these.

        On the application itself: a router that it includes costs every request a tenth of what
        FastAPI costs.
        """


def build_app(
    routes: Sequence[Routes],
    *,
    verifier: Verifier,
    limiter: RateLimiter,
    health: Health,
    settings: HttpSettings,
    bodies: Mapping[tuple[str, str], int] | None = None,
) -> ASGIApp:
    """Return the application; `bodies` bounds those of some methods and paths, in bytes."""
    app = FastAPI(
        title="Quillwort",
        version=quillwort.__version__,
        description=quillwort.__doc__ or "",
        docs_url=documentation.PATH,
        openapi_url=documentation.OPENAPI_PATH,
        redoc_url=None,
        redirect_slashes=False,
    )
    for some in (*routes, ProbeRoutes(health)):
        some.add_to(app)
    problems.install(app)
    documentation.install(app, verifier.scheme, OPEN_PATHS)
    # From the inside out. These speak ASGI itself: each layer of Starlette's BaseHTTPMiddleware
    # would cost a quarter of a millisecond a request.
    surrounded: ASGIApp = app
    surrounded = RateLimit(surrounded, limiter)
    surrounded = Identity(surrounded, verifier, OPEN_PATHS)
    surrounded = BodyLimit(surrounded, settings.max_body_bytes, bodies)
    surrounded = RequestTimeout(surrounded, settings.request_timeout_seconds)
    surrounded = problems.ProblemBoundary(surrounded)
    surrounded = SecurityHeaders(surrounded, documentation.PATH)
    return AccessLog(surrounded)
