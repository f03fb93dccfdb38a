"""Who may do what with things that nobody owns."""

from dataclasses import dataclass

from quillwort.domain.errors import PermissionDenied
from quillwort.domain.values import Principal


@dataclass(frozen=True, slots=True)
class SharedAccess:
    """The rights to one kind of resource that all callers share, named by the plural.

    `<plural>:read` and `<plural>:write` reach every row; `<plural>:admin` allows both.
    """

    plural: str

    @property
    def everyday(self) -> tuple[str, str]:
        """The scopes that do not administer."""
        return (f"{self.plural}:read", f"{self.plural}:write")

    def read(self, principal: Principal) -> None:
        """Let those pass who may read.

        Raises:
            PermissionDenied: without the scope.
        """
        self._hold(principal, f"{self.plural}:read")

    def write(self, principal: Principal) -> None:
        """Let those pass who may write.

        Raises:
            PermissionDenied: without the scope.
        """
        self._hold(principal, f"{self.plural}:write")

    def _hold(self, principal: Principal, scope: str) -> None:
        if scope not in principal.scopes and f"{self.plural}:admin" not in principal.scopes:
            raise PermissionDenied(scope)
