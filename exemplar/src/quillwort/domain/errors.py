"""What can go wrong, in the words of the business.

Every entry point maps these to its own protocol; nothing below an entry point knows a status code.
`code` is stable and meant for programs, `message` is meant for people and never names internals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of an input and what is wrong with it: a phrase that follows its name."""

    field: str
    message: str


class DomainError(Exception):
    """Base of all expected failures."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidInput(DomainError):
    """The input breaks at least one rule; `errors` names each field."""

    code = "invalid_input"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.field} {error.message}" for error in errors))
        self.errors = tuple(errors)


class NotFound(DomainError):
    """There is no such thing, or none that the caller may know of."""

    code = "not_found"

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"No {kind} {key}.")
        self.kind = kind
        self.key = str(key)


class Conflict(DomainError):
    """The change is well formed but does not fit what is stored."""

    code = "conflict"


class AlreadyExists(Conflict):
    """A value that must be unique is taken; `field` carries it."""

    code = "already_exists"

    def __init__(self, kind: str, field: str) -> None:
        super().__init__(f"Another {kind} has this {field}.")
        self.field = field


class ReferenceMissing(Conflict):
    """`field` refers to something that does not exist or belongs to somebody else."""

    code = "reference_missing"

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} refers to nothing that exists.")
        self.field = field


class StillReferenced(Conflict):
    """The thing cannot go while others refer to it."""

    code = "still_referenced"

    def __init__(self, kind: str) -> None:
        super().__init__(f"The {kind} is still referred to.")


class VersionMismatch(Conflict):
    """The caller expected another version than the stored one."""

    code = "version_mismatch"

    def __init__(self, kind: str) -> None:
        super().__init__(f"The {kind} has changed since the version you named; read it again.")


class ConcurrentChange(Conflict):
    """Somebody else changed the thing during this very request; trying again is safe."""

    code = "concurrent_change"

    def __init__(self, kind: str) -> None:
        super().__init__(f"The {kind} was changed at the same moment; try again.")


class TransitionRefused(DomainError):
    """The state does not allow this transition."""

    code = "transition_refused"

    def __init__(self, kind: str, transition: str, status: str) -> None:
        super().__init__(f"A {kind} that is {status} does not allow {transition}.")
        self.transition = transition
        self.status = status


class PermissionDenied(DomainError):
    """The caller is known but lacks `needed`: a scope, or what else a token can name."""

    code = "permission_denied"

    def __init__(self, needed: str, kind: str = "scope") -> None:
        super().__init__(f"This needs the {kind} {needed}.")
        self.needed = needed


class Unauthenticated(DomainError):
    """The caller has not shown who they are; the message never says more than it must."""

    code = "unauthenticated"


class RateLimited(DomainError):
    """Too many requests; `retry_after` is in seconds."""

    code = "rate_limited"

    def __init__(self, retry_after: float) -> None:
        super().__init__("Too many requests; slow down.")
        self.retry_after = retry_after


class Unavailable(DomainError):
    """Something this service depends on does not answer; trying again later is safe."""

    code = "unavailable"
