"""No identity: everybody is the same caller, told apart by address for the rate limit alone."""

from quillwort.domain.values import Principal


class _OwnEverything(frozenset[str]):
    """Every scope but those that reach beyond one's own rows."""

    __slots__ = ()

    def __contains__(self, scope: object) -> bool:
        return isinstance(scope, str) and not scope.endswith(":admin")


class AnonymousVerifier:
    """Accepts everybody. All rows have the owner `anonymous`."""

    scheme = None

    async def verify(self, authorization: str | None, peer: str) -> Principal:
        """Return the one principal there is."""
        del authorization
        return Principal(f"anonymous@{peer}", "anonymous", _OwnEverything())
