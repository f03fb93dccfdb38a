"""What surrounds every call."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from google.longrunning.operations_proto_pb2 import GetOperationRequest, Operation
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import (
    BadRequest,
    ErrorInfo,
    PreconditionFailure,
    ResourceInfo,
    RetryInfo,
)

from grpc_serving import Lines, Metadata, Operations, Serve, Serving, bearer, details, failure
from quillwort.domain import errors
from quillwort.entrypoints.grpc.interceptors.identity import current_principal


def raising(error: Exception) -> Any:
    async def behaviour(_: str) -> str:
        raise error

    return behaviour


class Endless:
    """A behaviour that ends only by being cancelled, which it tells."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.cancelled = asyncio.Event()

    async def __call__(self, name: str) -> str:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled.set()
            raise
        return name


@pytest.mark.parametrize(
    ("error", "code", "reason", "detail"),
    [
        (
            errors.InvalidInput([errors.FieldError("taxon", "is required")]),
            grpc.StatusCode.INVALID_ARGUMENT,
            "INVALID_INPUT",
            BadRequest(
                field_violations=[
                    BadRequest.FieldViolation(field="taxon", description="is required")
                ]
            ),
        ),
        (
            errors.NotFound("thing", "7"),
            grpc.StatusCode.NOT_FOUND,
            "NOT_FOUND",
            ResourceInfo(resource_type="thing", resource_name="7", description="No thing 7."),
        ),
        (
            errors.AlreadyExists("thing", "email"),
            grpc.StatusCode.ALREADY_EXISTS,
            "ALREADY_EXISTS",
            BadRequest(
                field_violations=[BadRequest.FieldViolation(field="email", description="is taken")]
            ),
        ),
        (
            errors.ReferenceMissing("owner"),
            grpc.StatusCode.FAILED_PRECONDITION,
            "REFERENCE_MISSING",
            PreconditionFailure(
                violations=[
                    PreconditionFailure.Violation(
                        type="REFERENCE_MISSING",
                        subject="owner",
                        description="owner refers to nothing that exists.",
                    )
                ]
            ),
        ),
        (
            errors.TransitionRefused("thing", "close", "closed"),
            grpc.StatusCode.FAILED_PRECONDITION,
            "TRANSITION_REFUSED",
            PreconditionFailure(
                violations=[
                    PreconditionFailure.Violation(
                        type="TRANSITION_REFUSED",
                        subject="close",
                        description="A thing that is closed does not allow close.",
                    )
                ]
            ),
        ),
        (errors.StillReferenced("thing"), grpc.StatusCode.FAILED_PRECONDITION, None, None),
        (errors.VersionMismatch("thing"), grpc.StatusCode.ABORTED, "VERSION_MISMATCH", None),
        (errors.ConcurrentChange("thing"), grpc.StatusCode.ABORTED, "CONCURRENT_CHANGE", None),
        (errors.PermissionDenied("x"), grpc.StatusCode.PERMISSION_DENIED, None, None),
        (errors.Unavailable("Not now."), grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE", None),
        (errors.DomainError("No."), grpc.StatusCode.FAILED_PRECONDITION, "ERROR", None),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_an_error_of_the_domain_becomes_a_status_with_details(
    serving: Serving,
    operations: Operations,
    error: errors.DomainError,
    code: grpc.StatusCode,
    reason: str | None,
    detail: Message | None,
) -> None:
    operations.behaviour = raising(error)

    told = await failure(serving.get_operation())

    assert told.code() is code
    assert told.details() == error.message
    (info,) = details(told, ErrorInfo)
    assert info.reason == (reason or error.code.upper())
    assert info.domain == "quillwort"
    if detail is not None:
        assert details(told, type(detail)) == [detail]


async def test_unavailable_says_when_to_try_again(serving: Serving, operations: Operations) -> None:
    operations.behaviour = raising(errors.Unavailable("Not now."))

    told = await failure(serving.get_operation())

    (retry,) = details(told, RetryInfo)
    assert retry.retry_delay.ToTimedelta().total_seconds() == 1


@pytest.mark.parametrize("error", [ValueError("password=hunter2"), TimeoutError("hunter2")])
async def test_an_unexpected_error_stays_inside_and_is_logged(
    serving: Serving, operations: Operations, lines: Lines, error: Exception
) -> None:
    operations.behaviour = raising(error)

    told = await failure(serving.get_operation())

    assert told.code() is grpc.StatusCode.INTERNAL
    everything = f"{told.details()}{told.trailing_metadata()}{told.initial_metadata()}"
    for internal in ("hunter2", type(error).__name__, "Traceback", "quillwort.entrypoints"):
        assert internal not in everything
    logged = await lines.get()
    assert logged["event"] == "defect"
    assert "hunter2" in logged["exception"]


async def test_bytes_that_are_no_message_are_a_bad_request(serving: Serving) -> None:
    invoke = serving.channel.unary_unary("/google.longrunning.Operations/GetOperation")

    told = await failure(invoke(b"\xff\xff\xff", metadata=bearer("alice")))

    assert told.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "Decode" not in str(told.details())


async def test_a_message_beyond_the_limit_is_refused(serve: Serve, operations: Operations) -> None:
    serving = await serve(operations, max_message_bytes=1024)

    assert (await serving.get_operation("x" * 900)).name == "x" * 900
    told = await failure(serving.get_operation("x" * 2000))

    assert told.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert operations.callers == ["alice"]


@pytest.mark.parametrize(
    "metadata",
    [
        (),
        (("authorization", ""),),
        (("authorization", "Bearer"),),
        (("authorization", "Basic alice"),),
        (*bearer("alice"), *bearer("mallory")),
    ],
)
async def test_a_caller_who_is_not_known_gets_nowhere(
    serving: Serving, operations: Operations, metadata: Metadata
) -> None:
    told = await failure(serving.get_operation(metadata=metadata))

    assert told.code() is grpc.StatusCode.UNAUTHENTICATED
    assert operations.callers == []


async def test_streams_are_no_way_around(serving: Serving, operations: Operations) -> None:
    asked = GetOperationRequest(name="x").SerializeToString()

    refused = await failure(serving.stream_operation(metadata=()).read())
    refused_too = await failure(serving.collect_operation(asked, metadata=()))
    answers = [answer.name async for answer in serving.stream_operation()]
    collected = await serving.collect_operation(asked, asked)

    assert refused.code() is refused_too.code() is grpc.StatusCode.UNAUTHENTICATED
    assert answers == ["x", "x"]
    assert collected.name == "x x"
    assert operations.callers == ["alice", "alice"]


async def test_streams_count_against_the_limit_once_each(
    serve: Serve, operations: Operations
) -> None:
    serving = await serve(operations, requests=2)
    asked = GetOperationRequest(name="x").SerializeToString()
    assert len([answer async for answer in serving.stream_operation()]) == 2
    await serving.collect_operation(asked, asked, asked)

    for call in (serving.stream_operation().read(), serving.collect_operation(asked)):
        assert (await failure(call)).code() is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_a_stream_fails_as_any_call_does(
    serving: Serving, operations: Operations, lines: Lines
) -> None:
    operations.behaviour = raising(errors.NotFound("thing", "7"))
    told = await failure(serving.stream_operation().read())
    assert (told.code(), told.details()) == (grpc.StatusCode.NOT_FOUND, "No thing 7.")
    assert (await lines.get())["code"] == "NOT_FOUND"

    for call in (
        serving.collect_operation(b"\xff\xff\xff"),
        serving.channel.unary_stream("/google.longrunning.Operations/StreamOperation")(
            b"\xff\xff\xff", metadata=bearer("alice")
        ).read(),
    ):
        told = await failure(call)
        assert told.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert "Decode" not in str(told.details())


async def test_a_stream_ends_at_once_when_the_caller_goes_away(
    serving: Serving, operations: Operations, lines: Lines
) -> None:
    operations.behaviour = endless = Endless()
    call = serving.stream_operation()
    await endless.begun.wait()

    call.cancel()

    async with asyncio.timeout(10):
        await endless.cancelled.wait()
    assert (await lines.get())["code"] == "CANCELLED"


async def test_a_stream_that_nobody_reads_ends_in_its_own_call(serve: Serve, lines: Lines) -> None:
    """However it ends, what its behaviour began is closed before the call is over."""
    ended = []

    async def much(_: GetOperationRequest, __: object) -> AsyncIterator[Operation]:
        try:
            while True:
                yield Operation(name="x" * 1000)
        finally:
            ended.append(current_principal().subject)

    serving = await serve(Operations(streaming=much))
    call = serving.stream_operation()
    await call.read()

    call.cancel()

    assert (await lines.get())["code"] == "CANCELLED"
    assert ended == ["alice"]


async def test_streams_have_a_bound_of_their_own(serve: Serve, operations: Operations) -> None:
    operations.behaviour = endless = Endless()
    serving = await serve(operations, max_deadline_seconds=60, max_stream_seconds=0.05)

    told = await failure(serving.stream_operation().read())

    assert told.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert endless.cancelled.is_set()


async def test_the_behaviour_learns_who_calls(serving: Serving, operations: Operations) -> None:
    names = [f"caller{number}" for number in range(20)]

    await asyncio.gather(*(serving.get_operation(metadata=bearer(name)) for name in names))

    assert sorted(operations.callers) == sorted(names)


async def test_one_call_too_many_is_refused_until_the_window_ends(
    serve: Serve, operations: Operations
) -> None:
    serving = await serve(operations, requests=3)
    for _ in range(3):
        await serving.get_operation()

    told = await failure(serving.get_operation())

    assert told.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    (retry,) = details(told, RetryInfo)
    assert 0 < retry.retry_delay.ToTimedelta().total_seconds() <= 60
    assert len(operations.callers) == 3
    assert (await serving.get_operation(metadata=bearer("bob"))).name == "x"


async def test_the_server_bounds_a_call_without_a_deadline(
    serve: Serve, operations: Operations
) -> None:
    operations.behaviour = endless = Endless()
    serving = await serve(operations, max_deadline_seconds=0.05)

    told = await failure(serving.get_operation())

    assert told.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    (info,) = details(told, ErrorInfo)
    assert info.reason == "DEADLINE_EXCEEDED"
    assert endless.cancelled.is_set()


async def test_the_server_bounds_a_call_with_a_longer_deadline(
    serve: Serve, operations: Operations
) -> None:
    operations.behaviour = endless = Endless()
    serving = await serve(operations, max_deadline_seconds=0.05)

    told = await failure(serving.get_operation(timeout=60))

    assert told.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    assert endless.cancelled.is_set()


async def test_the_work_ends_at_the_callers_deadline(
    serving: Serving, operations: Operations
) -> None:
    operations.behaviour = endless = Endless()

    told = await failure(serving.get_operation(timeout=0.2))

    assert told.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    async with asyncio.timeout(10):
        await endless.cancelled.wait()


async def test_the_work_ends_when_the_caller_goes_away(
    serving: Serving, operations: Operations, lines: Lines
) -> None:
    operations.behaviour = endless = Endless()
    call = serving.get_operation()
    await endless.begun.wait()

    call.cancel()

    async with asyncio.timeout(10):
        await endless.cancelled.wait()
    assert (await lines.get())["code"] == "CANCELLED"


async def test_a_request_id_comes_back(serving: Serving) -> None:
    call = serving.get_operation(metadata=(*bearer("alice"), ("x-request-id", "mine-1")))

    await call

    assert ("x-request-id", "mine-1") in tuple(await call.trailing_metadata())


@pytest.mark.parametrize("given", [(), (("x-request-id", "two words"),)])
async def test_a_request_id_is_made_where_none_will_do(serving: Serving, given: Metadata) -> None:
    call = serving.get_operation(metadata=(*bearer("alice"), *given))

    await call

    (made,) = [value for key, value in await call.trailing_metadata() if key == "x-request-id"]
    assert len(made) == 32


async def test_a_failed_call_has_a_request_id_too(serving: Serving, operations: Operations) -> None:
    operations.behaviour = raising(errors.NotFound("thing", "7"))

    told = await failure(
        serving.get_operation(metadata=(*bearer("alice"), ("x-request-id", "mine-2")))
    )

    assert ("x-request-id", "mine-2") in tuple(told.trailing_metadata())


async def test_every_call_is_logged_once_with_how_it_ended(
    serving: Serving, operations: Operations, lines: Lines
) -> None:
    await serving.get_operation()
    operations.behaviour = raising(errors.NotFound("thing", "7"))
    await failure(serving.get_operation())
    await failure(serving.get_operation(metadata=()))

    told = [await lines.get() for _ in range(3)]
    assert [(line["event"], line["code"]) for line in told] == [
        ("call", "OK"),
        ("call", "NOT_FOUND"),
        ("call", "UNAUTHENTICATED"),
    ]
    assert {line["method"] for line in told} == {"/google.longrunning.Operations/GetOperation"}
    assert all(line["milliseconds"] >= 0 for line in told)
    assert lines.empty()
