"""Collectors over gRPC, down to the database."""

from grpc_examples.collector import RESOURCE
from grpc_suite import ResourceSuite


class TestCollector(ResourceSuite):
    """Everything that the suite asks of a resource."""

    resource = RESOURCE
