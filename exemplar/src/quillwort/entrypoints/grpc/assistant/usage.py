"""What language models took, over gRPC."""

from typing import Final

import grpc

from quillwort.assistant.gateway.usage import DEFAULT_DAYS, DayUsage, UsageService
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.entrypoints.grpc.messages.conversion import write_day, write_decimal
from quillwort.v1 import assistant_usage_pb2 as pb
from quillwort.v1 import assistant_usage_pb2_grpc as rpc


class UsageServicer(rpc.UsageServiceServicer):
    """Serves `quillwort.v1.UsageService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["UsageService"].full_name

    def __init__(self, usage: UsageService) -> None:
        self._usage = usage

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_UsageServiceServicer_to_server(self, server)

    async def GetUsage(
        self, request: pb.GetUsageRequest, context: CallContext
    ) -> pb.GetUsageResponse:
        """Return what language models took for the caller, by day."""
        taken = await self._usage.by_day(current_principal(), request.days or DEFAULT_DAYS)
        return pb.GetUsageResponse(days=map(write, taken))


def write(taken: DayUsage) -> pb.UsageDay:
    """Return what a day took as a message."""
    return pb.UsageDay(
        day=write_day(taken.day),
        requests=taken.requests,
        cached=taken.cached,
        input_tokens=taken.input_tokens,
        cached_input_tokens=taken.cached_input_tokens,
        output_tokens=taken.output_tokens,
        usd=write_decimal(taken.usd),
    )
