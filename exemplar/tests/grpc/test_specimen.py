"""Specimens over gRPC, down to the database."""

from grpc_examples.specimen import RESOURCE
from grpc_suite import OwnershipSuite, ResourceSuite


class TestSpecimen(ResourceSuite, OwnershipSuite):
    """Everything that the suite asks of a resource."""

    resource = RESOURCE
