"""Every request but the open ones needs a caller, so that a route added later is never open."""

from collections.abc import Collection
from typing import Final, cast

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from quillwort.domain.errors import Unauthenticated
from quillwort.domain.values import Principal
from quillwort.entrypoints.rest import headers
from quillwort.kit.identity import Verifier

_PRINCIPAL: Final = "quillwort.principal"


class Identity:
    """Finds out who is asking before the application is reached."""

    def __init__(self, app: ASGIApp, verifier: Verifier, open_paths: Collection[str]) -> None:
        self._app = app
        self._verifier = verifier
        self._open_paths = frozenset(open_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve.

        Raises:
            Unauthenticated: when the caller proves nothing.
        """
        if scope["path"] not in self._open_paths:
            peer = scope["client"][0] if scope.get("client") else ""
            authorization = headers.single(scope, b"authorization")
            scope[_PRINCIPAL] = await self._verifier.verify(authorization, peer)
        await self._app(scope, receive, send)


def known(scope: Scope) -> Principal | None:
    """Return who is asking, or None on an open path."""
    return cast("Principal | None", scope.get(_PRINCIPAL))


def principal(request: Request) -> Principal:
    """Return who is asking.

    Raises:
        Unauthenticated: when nobody has been identified, as on an open path.
    """
    caller = known(request.scope)
    if caller is None:
        raise Unauthenticated("Nobody has been identified.")
    return caller
