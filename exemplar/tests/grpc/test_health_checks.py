"""grpc.health.v1: whether to send calls here."""

import asyncio

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from grpc_serving import Operations, Serve, Serving

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
SERVICE_UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN


class Dependency:
    """Something that answers pings, or does not."""

    def __init__(self) -> None:
        self.up = True

    async def ping(self) -> None:
        if not self.up:
            raise ConnectionError("postgresql://user:password@host is down")


async def check(serving: Serving, service: str = "") -> int:
    stub = health_pb2_grpc.HealthStub(serving.channel)
    answer = await stub.Check(health_pb2.HealthCheckRequest(service=service))
    return answer.status


@pytest.mark.parametrize("service", ["", "google.longrunning.Operations"])
async def test_health_follows_the_pings_without_a_token(
    serve: Serve, operations: Operations, service: str
) -> None:
    dependency = Dependency()
    serving = await serve(operations, pings={"database": dependency.ping})

    before = await check(serving, service)
    dependency.up = False
    during = await check(serving, service)
    dependency.up = True
    after = await check(serving, service)

    assert [before, during, after] == [SERVING, NOT_SERVING, SERVING]


async def test_all_services_can_be_asked_for_at_once(serving: Serving) -> None:
    stub = health_pb2_grpc.HealthStub(serving.channel)

    answer = await stub.List(health_pb2.HealthListRequest())

    assert {name: one.status for name, one in answer.statuses.items()} == {
        "": SERVING,
        "google.longrunning.Operations": SERVING,
    }


async def test_a_draining_process_is_not_serving(serving: Serving) -> None:
    serving.health.drain()

    assert await check(serving) == NOT_SERVING


async def test_no_such_service_is_not_found(serving: Serving) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await check(serving, "package.Nothing")

    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_a_watch_tells_every_change_and_ends_with_the_server(
    serve: Serve, operations: Operations
) -> None:
    dependency = Dependency()
    serving = await serve(
        operations, pings={"database": dependency.ping}, health_interval_seconds=0.01
    )
    await check(serving)
    stub = health_pb2_grpc.HealthStub(serving.channel)
    watch = stub.Watch(health_pb2.HealthCheckRequest())

    answers = aiter(watch)

    told = [(await anext(answers)).status]
    dependency.up = False
    told.append((await anext(answers)).status)
    dependency.up = True
    told.append((await anext(answers)).status)
    async with asyncio.timeout(10):
        await serving.server.stop(60)
    told.extend([answer.status async for answer in answers])

    assert told == [SERVING, NOT_SERVING, SERVING, NOT_SERVING]
    assert await watch.code() is grpc.StatusCode.OK


async def test_a_watch_of_no_such_service_says_so(serving: Serving) -> None:
    stub = health_pb2_grpc.HealthStub(serving.channel)
    watch = stub.Watch(health_pb2.HealthCheckRequest(service="package.Nothing"))

    assert (await watch.read()).status == SERVICE_UNKNOWN
