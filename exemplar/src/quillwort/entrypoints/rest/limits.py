"""The rate limit, told in RateLimit-* headers (draft-ietf-httpapi-ratelimit-headers-06)."""

from math import ceil

from starlette.types import ASGIApp, Receive, Scope, Send

from quillwort.domain.errors import RateLimited
from quillwort.entrypoints.rest import headers, identity
from quillwort.kit.rate_limit import RateLimiter


class RateLimit:
    """Counts each request to its principal before anything is done for it."""

    def __init__(self, app: ASGIApp, limiter: RateLimiter) -> None:
        self._app = app
        self._limiter = limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve.

        Raises:
            RateLimited: when the principal has used up its allowance.
        """
        principal = identity.known(scope)
        if principal is not None:
            allowance = await self._limiter.spend(principal.subject)
            headers.to_add(scope).extend(
                (
                    (b"ratelimit-limit", b"%d" % allowance.limit),
                    (b"ratelimit-remaining", b"%d" % allowance.remaining),
                    (b"ratelimit-reset", b"%d" % ceil(allowance.resets_in)),
                )
            )
            if allowance.exceeded:
                raise RateLimited(allowance.resets_in)
        await self._app(scope, receive, send)
