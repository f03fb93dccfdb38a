"""Collectors over gRPC, down to the database."""

from grpc_examples.collector import RESOURCE
from grpc_suite import OwnershipSuite, ResourceSuite


class TestCollector(ResourceSuite, OwnershipSuite):
    """Everything that the suite asks of a resource."""

    resource = RESOURCE
