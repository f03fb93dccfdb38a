"""The port through which entry points learn who is asking."""

from collections.abc import Mapping
from typing import Protocol

from quillwort.domain.values import Principal


class Verifier(Protocol):
    """Turns what a caller presents into a principal."""

    @property
    def scheme(self) -> Mapping[str, str] | None:
        """The OpenAPI security scheme that callers follow; None when they present nothing."""

    async def verify(self, authorization: str | None, peer: str) -> Principal:
        """Return the caller.

        `authorization` is the value of the header or metadata of that name, `peer` the address that
        the request comes from.

        Raises:
            Unauthenticated: when it proves nothing.
            Unavailable: when it cannot be checked now.
        """
