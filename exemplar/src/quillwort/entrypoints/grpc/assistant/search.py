"""Searches over gRPC."""

from typing import Final

import grpc

from quillwort.assistant.search_service import DEFAULT_HITS, SearchService
from quillwort.entrypoints.grpc.assistant.passages import write
from quillwort.entrypoints.grpc.interceptors.base import CallContext
from quillwort.entrypoints.grpc.interceptors.identity import current_principal
from quillwort.v1 import assistant_search_pb2 as pb
from quillwort.v1 import assistant_search_pb2_grpc as rpc


class SearchServicer(rpc.SearchServiceServicer):
    """Serves `quillwort.v1.SearchService`."""

    name: Final = pb.DESCRIPTOR.services_by_name["SearchService"].full_name

    def __init__(self, search: SearchService) -> None:
        self._search = search

    def add_to(self, server: grpc.aio.Server) -> None:
        """Have the server serve this."""
        rpc.add_SearchServiceServicer_to_server(self, server)

    async def Search(self, request: pb.SearchRequest, context: CallContext) -> pb.SearchResponse:
        """Return the passages that answer best."""
        limit = request.limit or DEFAULT_HITS
        found = await self._search.search(current_principal(), request.query, limit)
        return pb.SearchResponse(passages=map(write, found.hits), degraded=found.degraded)
