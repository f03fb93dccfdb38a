"""What there is to know of collectors to test them."""

from typing import Final

from grpc_resource import Resource
from quillwort.v1 import collector_pb2 as pb
from quillwort.v1 import collector_pb2_grpc as rpc


def example(number: int) -> pb.Collector:
    """Return a valid message with every field but references; the number makes it unique."""
    return pb.Collector(name="Name", email=f"somebody{number}@example.com", active=True)


RESOURCE: Final = Resource(
    messages=pb,
    stub=rpc.CollectorServiceStub,
    name="Collector",
    plural="Collectors",
    field="collector",
    items="collectors",
    example=example,
    required={"name", "email"},
    defaults={"active": True},
    nullable=(),
    unique=("email",),
    references={},
    dangling=(),
    confined=(),
    wrong={"name": "", "email": ""},
    filters={"email": "email", "active": "active"},
    misses={"email": "nobody@example.com", "active": False},
    sorts=("created_at", "name"),
    walks=(),
    refusals=(),
)
