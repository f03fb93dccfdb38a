"""Headers: reading one from a request, and those that every answer carries."""

from collections.abc import Sequence
from typing import Final, TypeAlias, cast

from starlette.types import ASGIApp, Receive, Scope, Send

Headers: TypeAlias = list[tuple[bytes, bytes]]

_TO_ADD: Final = "quillwort.headers"

_ALWAYS: Final[Headers] = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
    (b"cache-control", b"no-store"),
]

_NO_CONTENT: Final = (
    b"content-security-policy",
    b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
)

_DOCUMENTATION: Final = (
    b"content-security-policy",
    (
        b"default-src 'none'; connect-src 'self'; frame-ancestors 'none'; img-src https: data:; "
        b"script-src 'unsafe-inline' https://cdn.jsdelivr.net; "
        b"style-src 'unsafe-inline' https://cdn.jsdelivr.net"
    ),
)
"""The page at /docs loads its viewer from there; nothing else here is a page."""


def single(scope: Scope, name: bytes) -> str | None:
    """Return the value of a header that is there exactly once, else None; `name` is lower case."""
    values = [
        value for key, value in cast(Sequence[tuple[bytes, bytes]], scope["headers"]) if key == name
    ]
    return values[0].decode("latin-1") if len(values) == 1 else None


def to_add(scope: Scope) -> Headers:
    """Return the headers that the answer will carry besides its own; append to add one."""
    return cast("Headers", scope.setdefault(_TO_ADD, []))


class SecurityHeaders:
    """Tells browsers to take no liberties with any answer."""

    def __init__(self, app: ASGIApp, documentation_path: str) -> None:
        self._app = app
        self._documentation_path = documentation_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve."""
        is_page = scope["path"] == self._documentation_path
        added = to_add(scope)
        added += _ALWAYS
        added.append(_DOCUMENTATION if is_page else _NO_CONTENT)
        await self._app(scope, receive, send)
