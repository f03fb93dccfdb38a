"""How the suites ask a service, and read what it refuses."""

from collections.abc import Awaitable
from typing import Any, ClassVar
from uuid import uuid4

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, PreconditionFailure

from grpc_resource import Caller, Resource
from grpc_serving import bearer, details, failure


async def at_fault(call: Awaitable[Any]) -> set[str]:
    """Return the fields that a call is refused for as bad input."""
    return _violated(await failure(call))


async def faults(call: Awaitable[Any]) -> set[str]:
    """Return the fields that a call is refused for as bad input; none when it passes."""
    try:
        await call
    except grpc.aio.AioRpcError as told:
        return _violated(told)
    return set()


def _violated(told: grpc.aio.AioRpcError) -> set[str]:
    assert told.code() is grpc.StatusCode.INVALID_ARGUMENT, told.details()
    (request,) = details(told, BadRequest)
    return {violation.field for violation in request.field_violations}


async def code(call: Awaitable[Any]) -> grpc.StatusCode:
    """Return the status that a call fails with."""
    return (await failure(call)).code()


async def precondition(call: Awaitable[Any]) -> set[str]:
    """Return what does not let a call through as things stand."""
    told = await failure(call)
    assert told.code() is grpc.StatusCode.FAILED_PRECONDITION, told.details()
    (failed,) = details(told, PreconditionFailure)
    return {violation.subject for violation in failed.violations}


def written(message: Any) -> dict[str, Any]:
    """Return the fields that a caller wrote, which a stored message must hold too."""
    return {field.name: value for field, value in message.ListFields()}


class Suite:
    """Subclasses name a resource; `alice` and `bob` are strangers who may read and write."""

    resource: ClassVar[Resource]

    @pytest.fixture
    def alice(self, channel: grpc.aio.Channel, scopes: tuple[str, ...]) -> Caller:
        """Somebody new."""
        return Caller(self.resource, channel, bearer(f"alice-{uuid4()}", *scopes))

    @pytest.fixture
    def bob(self, channel: grpc.aio.Channel, scopes: tuple[str, ...]) -> Caller:
        """Somebody else."""
        return Caller(self.resource, channel, bearer(f"bob-{uuid4()}", *scopes))
