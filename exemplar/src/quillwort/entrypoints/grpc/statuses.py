"""What goes wrong, as a google.rpc.Status: a code and details for programs, a message for people.

The codes follow google/rpc/code.proto, the details google/rpc/error_details.proto.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import DecodeError, Message
from google.rpc.error_details_pb2 import (
    BadRequest,
    ErrorInfo,
    PreconditionFailure,
    ResourceInfo,
    RetryInfo,
)
from google.rpc.status_pb2 import Status
from grpc import StatusCode

from quillwort.domain import errors
from quillwort.entrypoints.grpc.interceptors.deadline import DeadlineExceededError

DOMAIN: Final = "quillwort"
"""Who gives the reasons in ErrorInfo their meaning."""

_RETRY_SECONDS: Final = 1.0

# The nearest class in an exception's ancestry decides.
_CODES: Final[Mapping[type[BaseException], StatusCode]] = {
    errors.InvalidInput: StatusCode.INVALID_ARGUMENT,
    errors.NotFound: StatusCode.NOT_FOUND,
    errors.AlreadyExists: StatusCode.ALREADY_EXISTS,
    # A failed test-and-set: the caller reads again and starts over, which is what ABORTED asks for.
    # FAILED_PRECONDITION would say that the state has to be mended first.
    errors.VersionMismatch: StatusCode.ABORTED,
    errors.ConcurrentChange: StatusCode.ABORTED,
    errors.PermissionDenied: StatusCode.PERMISSION_DENIED,
    errors.Unauthenticated: StatusCode.UNAUTHENTICATED,
    errors.RateLimited: StatusCode.RESOURCE_EXHAUSTED,
    errors.Unavailable: StatusCode.UNAVAILABLE,
    # The rest is well formed and allowed, but not as things stand.
    errors.DomainError: StatusCode.FAILED_PRECONDITION,
    DeadlineExceededError: StatusCode.DEADLINE_EXCEEDED,
    DecodeError: StatusCode.INVALID_ARGUMENT,
}

_MESSAGES: Final[Mapping[StatusCode, str]] = {
    StatusCode.DEADLINE_EXCEEDED: "The time for this call is over.",
    StatusCode.INVALID_ARGUMENT: "The request is no message of this method.",
}


def status_of(error: Exception) -> Status:
    """Return what a caller is told of `error`: of an unexpected one, nothing but that it was."""
    code = next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), None)
    if code is None:
        return _status(StatusCode.INTERNAL, "Something went wrong here.", "INTERNAL")
    if isinstance(error, errors.DomainError):
        return _status(code, error.message, error.code.upper(), *_details(error))
    return _status(code, _MESSAGES[code], code.name)


def _status(code: StatusCode, message: str, reason: str, *details: Message) -> Status:
    status = Status(code=code.value[0], message=message)
    info = ErrorInfo(reason=reason, domain=DOMAIN)
    for detail in (info, *details):
        packed = Any()
        packed.Pack(detail)
        status.details.append(packed)
    return status


def _details(error: errors.DomainError) -> Iterator[Message]:
    match error:
        case errors.InvalidInput():
            yield BadRequest(
                field_violations=[
                    BadRequest.FieldViolation(field=one.field, description=one.message)
                    for one in error.errors
                ]
            )
        case errors.NotFound():
            yield ResourceInfo(
                resource_type=error.kind, resource_name=error.key, description=error.message
            )
        case errors.AlreadyExists():
            yield _field(error.field, "is taken")
        case errors.RateLimited():
            yield _retry(error.retry_after)
        case errors.Unavailable():
            yield _retry(_RETRY_SECONDS)
        case errors.TransitionRefused():
            yield _precondition(error, error.transition)
        case errors.ReferenceMissing():
            yield _precondition(error, error.field)
        case errors.StillReferenced():
            yield _precondition(error, "")


def _field(field: str, description: str) -> Message:
    return BadRequest(
        field_violations=[BadRequest.FieldViolation(field=field, description=description)]
    )


def _precondition(error: errors.DomainError, subject: str) -> Message:
    return PreconditionFailure(
        violations=[
            PreconditionFailure.Violation(
                type=error.code.upper(), subject=subject, description=error.message
            )
        ]
    )


def _retry(seconds: float) -> Message:
    delay = Duration()
    delay.FromMicroseconds(round(seconds * 1e6))
    return RetryInfo(retry_delay=delay)
