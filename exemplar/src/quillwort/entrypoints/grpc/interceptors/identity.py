"""Who is calling, as the metadata `authorization` shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Final

from quillwort.domain.errors import Unauthenticated
from quillwort.domain.values import Principal
from quillwort.entrypoints.grpc.interceptors.base import Call, CallInterceptor
from quillwort.kit.identity import Verifier

_principal: Final[ContextVar[Principal]] = ContextVar("principal")


def current_principal() -> Principal:
    """Return who makes the present call.

    Raises:
        Unauthenticated: when nobody has been identified, as without the interceptor.
    """
    try:
        return _principal.get()
    except LookupError as error:
        raise Unauthenticated("Nobody is known to be calling.") from error


class IdentityInterceptor(CallInterceptor):
    """Lets a call pass whose caller the verifier knows, and no other."""

    def __init__(self, verifier: Verifier) -> None:
        super().__init__()
        self._verifier = verifier

    @asynccontextmanager
    async def around(self, call: Call) -> AsyncIterator[None]:
        """Set the principal of the call.

        Raises:
            Unauthenticated: when the metadata proves nothing, or holds more than one proof.
        """
        presented = call.metadata("authorization")
        if len(presented) > 1:
            raise Unauthenticated("One authorization is needed, not several.")
        authorization = presented[0] if presented else None
        principal = await self._verifier.verify(authorization, call.peer)
        given = _principal.set(principal)
        try:
            yield
        finally:
            _principal.reset(given)
