"""Who is calling: the bearer token in the metadata `authorization`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Protocol

from quillwort.domain.errors import Unauthenticated
from quillwort.domain.values import Principal
from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor

_principal: ContextVar[Principal] = ContextVar("principal")


class TokenVerifier(Protocol):
    """Tells whose token it is."""

    async def verify(self, token: str) -> Principal:
        """Return who the token speaks for.

        Raises:
            Unauthenticated: when it is not a token to trust.
        """


def current_principal() -> Principal:
    """Return who makes the present call.

    Raises:
        Unauthenticated: when nobody has been identified, as when the interceptor is missing.
    """
    try:
        return _principal.get()
    except LookupError as error:
        raise Unauthenticated("A bearer token is needed.") from error


class IdentityInterceptor(CallInterceptor):
    """Lets a call pass that carries a token to trust, and no other."""

    def __init__(self, verifier: TokenVerifier) -> None:
        super().__init__()
        self._verifier = verifier

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Set the principal of the call.

        Raises:
            Unauthenticated: without one token to trust.
        """
        given = _principal.set(await self._verifier.verify(_bearer(call)))
        try:
            yield
        finally:
            _principal.reset(given)


def _bearer(call: Call) -> str:
    values = call.metadata("authorization")
    if len(values) != 1:
        raise Unauthenticated("A bearer token is needed.")
    scheme, _, token = values[0].partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("A bearer token is needed.")
    return token
