"""Who may do what: scopes say which actions, ownership says which rows."""

from dataclasses import dataclass

from quillwort.domain.errors import PermissionDenied
from quillwort.domain.values import Principal


@dataclass(frozen=True, slots=True)
class Access:
    """The rights to one kind of resource, named by the plural that its scopes begin with.

    `<plural>:read` and `<plural>:write` reach the caller's own rows; `<plural>:admin` allows both
    and reaches everybody's.
    """

    plural: str

    @property
    def everyday(self) -> tuple[str, str]:
        """The scopes that reach no further than the caller's own rows."""
        return (f"{self.plural}:read", f"{self.plural}:write")

    def read(self, principal: Principal) -> str | None:
        """Return the owner whose rows may be read, or None for everybody's.

        Raises:
            PermissionDenied: without the scope.
        """
        return self._reach(principal, f"{self.plural}:read")

    def write(self, principal: Principal) -> str | None:
        """Return the owner whose rows may be written, or None for everybody's.

        Raises:
            PermissionDenied: without the scope.
        """
        return self._reach(principal, f"{self.plural}:write")

    def _reach(self, principal: Principal, scope: str) -> str | None:
        if f"{self.plural}:admin" in principal.scopes:
            return None
        if scope not in principal.scopes:
            raise PermissionDenied(scope)
        return principal.owner
