"""What language models took, as callers of gRPC see it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import grpc
import pytest

from grpc_asking import at_fault, code
from grpc_serving import Metadata, NamedVerifier, Serve, bearer
from quillwort.assistant.gateway.usage import DayUsage, UsageService
from quillwort.entrypoints.grpc.assistant.usage import UsageServicer
from quillwort.v1 import assistant_usage_pb2 as pb
from quillwort.v1.assistant_usage_pb2_grpc import UsageServiceStub

ALICE = bearer("alice", "documents:read")
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


class Fixed:
    """Usage of one owner on two days."""

    async def usage(self, owner: str, since: date, /) -> Sequence[DayUsage]:
        """Return the days since."""
        days = [
            DayUsage(date(2026, 3, 2), 1, 1, 0, 0, 0, Decimal(0)),
            DayUsage(date(2026, 3, 31), 2, 0, 30, 10, 7, Decimal("0.0000002")),
        ]
        return [day for day in days if day.day >= since] if owner == "alice" else []


@pytest.fixture
async def channel(serve: Serve) -> grpc.aio.Channel:
    servicer = UsageServicer(UsageService(Fixed(), lambda: NOON))
    return (await serve(servicer, verifier=NamedVerifier())).channel


def asked(channel: grpc.aio.Channel, days: int = 0, caller: Metadata = ALICE) -> Any:
    stub: Any = UsageServiceStub(channel)
    return stub.GetUsage(pb.GetUsageRequest(days=days), metadata=caller)


async def test_usage_is_told_by_day(channel: grpc.aio.Channel) -> None:
    days = (await asked(channel)).days
    assert [day.day for day in days] == ["2026-03-02", "2026-03-31"]
    assert days[1] == pb.UsageDay(
        day="2026-03-31",
        requests=2,
        input_tokens=30,
        cached_input_tokens=10,
        output_tokens=7,
        usd="0.0000002",
    )
    assert [day.day for day in (await asked(channel, 1)).days] == ["2026-03-31"]


async def test_usage_is_the_callers_own(channel: grpc.aio.Channel) -> None:
    assert (await asked(channel, caller=bearer("bob", "documents:read"))).days == []
    refused = asked(channel, caller=bearer("alice", "documents:write"))
    assert await code(refused) is grpc.StatusCode.PERMISSION_DENIED


@pytest.mark.parametrize("days", [-1, 367])
async def test_days_have_bounds(channel: grpc.aio.Channel, days: int) -> None:
    assert await at_fault(asked(channel, days)) == {"days"}
