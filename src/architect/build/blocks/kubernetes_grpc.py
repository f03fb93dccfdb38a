"""kubernetes_grpc: a headless service, so that callers who keep connections reach every pod."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import KubernetesObject
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield KubernetesObject("service-grpc.yaml")


BLOCKS.add(
    "kubernetes_grpc",
    Block(
        title="gRPC on Kubernetes",
        selected=lambda choices: choices.grpc and choices.deployment == "kubernetes",
        files=("deploy/kubernetes/base/service-grpc.yaml",),
        contribute=_contribute,
    ),
)
