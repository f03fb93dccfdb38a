"""The server: what it tells of itself, and how it stops."""

import asyncio

import grpc
import pytest
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from grpc_serving import Operations, Serve, Serving


class Slow:
    """A behaviour that answers when it is let go."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.go = asyncio.Event()
        self.cancelled = False

    async def __call__(self, name: str) -> str:
        self.begun.set()
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        return name


async def test_reflection_names_the_services_without_a_token(serving: Serving) -> None:
    stub = reflection_pb2_grpc.ServerReflectionStub(serving.channel)
    question = reflection_pb2.ServerReflectionRequest(list_services="")

    answers = [answer async for answer in stub.ServerReflectionInfo(iter([question]))]

    (answer,) = answers
    assert {service.name for service in answer.list_services_response.service} == {
        "google.longrunning.Operations",
        "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection",
    }


async def test_a_stopping_server_lets_calls_finish_and_takes_no_more(
    serving: Serving, operations: Operations
) -> None:
    operations.behaviour = slow = Slow()
    under_way = asyncio.ensure_future(serving.get_operation("first"))
    await slow.begun.wait()

    stopping = asyncio.create_task(serving.server.stop(60))
    while (state := serving.channel.get_state()) is grpc.ChannelConnectivity.READY:
        await serving.channel.wait_for_state_change(state)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await serving.get_operation("second", timeout=10)
    slow.go.set()

    assert (await under_way).name == "first"
    assert refused.value.code() is grpc.StatusCode.UNAVAILABLE
    await stopping
    assert operations.callers == ["alice"]


async def test_what_outlives_the_grace_is_cancelled(
    serving: Serving, operations: Operations
) -> None:
    operations.behaviour = slow = Slow()
    under_way = asyncio.ensure_future(serving.get_operation())
    await slow.begun.wait()

    async with asyncio.timeout(10):
        await serving.server.stop(0.05)

    with pytest.raises(grpc.aio.AioRpcError):
        await under_way
    assert slow.cancelled


async def test_a_taken_port_is_an_error_that_names_it(
    serve: Serve, serving: Serving, operations: Operations
) -> None:
    with pytest.raises(OSError, match=f"127.0.0.1:{serving.port}"):
        await serve(operations, port=serving.port)


async def test_too_many_calls_at_once_are_refused(serve: Serve, operations: Operations) -> None:
    operations.behaviour = slow = Slow()
    serving = await serve(operations, max_concurrent_calls=1)
    under_way = asyncio.ensure_future(serving.get_operation("first"))
    await slow.begun.wait()

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await serving.get_operation("second")
    slow.go.set()

    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert (await under_way).name == "first"


async def test_a_burst_on_one_connection_is_answered(serve: Serve, operations: Operations) -> None:
    """A client that opens more streams than the server allows may see them refused."""

    async def soon(name: str) -> str:
        await asyncio.sleep(0)
        return name

    operations.behaviour = soon
    serving = await serve(operations, requests=10_000)
    names = [str(number) for number in range(500)]
    for _ in range(5):
        answers = await asyncio.gather(*map(serving.get_operation, names))
        assert [answer.name for answer in answers] == names
