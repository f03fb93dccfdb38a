"""kubernetes: manifests for kustomize, a base and an overlay for each environment."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import KubernetesObject
from architect.build.scene import Scene
from architect.build.slots import Contribution

_OBJECTS = (
    "deployment.yaml",
    "horizontalpodautoscaler.yaml",
    "migration.yaml",
    "networkpolicy.yaml",
    "poddisruptionbudget.yaml",
    "service.yaml",
    "serviceaccount.yaml",
)


def _contribute(_: Scene) -> Iterator[Contribution]:
    for name in _OBJECTS:
        yield KubernetesObject(name)


BLOCKS.add(
    "kubernetes",
    Block(
        title="Kubernetes",
        selected=lambda choices: choices.deployment == "kubernetes",
        files=(
            "deploy/kubernetes/base/migration.yaml",
            "deploy/kubernetes/base/poddisruptionbudget.yaml",
            "deploy/kubernetes/base/serviceaccount.yaml",
            "deploy/kubernetes/overlays/development/horizontalpodautoscaler.yaml",
            "deploy/kubernetes/overlays/*/namespace.yaml",
        ),
        contribute=_contribute,
    ),
)
