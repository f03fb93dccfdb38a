"""Specimens over gRPC, down to the database."""

from grpc_examples.specimen import RESOURCE
from grpc_suite import ResourceSuite


class TestSpecimen(ResourceSuite):
    """Everything that the suite asks of a resource."""

    resource = RESOURCE
