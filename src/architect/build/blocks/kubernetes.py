"""kubernetes: manifests for kustomize, a base and an overlay for each environment."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import KubernetesObject
from architect.build.contributions.documents import Way
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


_COMMANDS = """\
release=deploy/kubernetes/overlays/production
kubectl delete job --namespace quillwort-production --ignore-not-found quillwort-migration
# The configuration and the migration first:
kubectl apply --kustomize $release --selector app.kubernetes.io/component!=service
kubectl wait --namespace quillwort-production --for=condition=complete job/quillwort-migration --timeout=10m
kubectl apply --kustomize $release
kubectl rollout status --namespace quillwort-production deployment/quillwort"""

_CALLERS = (
    "gRPC callers inside the cluster dial `dns:///quillwort-grpc.quillwort-production:50051` with the"
    " `round_robin` policy."
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    issuer = " and the issuer" if scene.choices.identity == "jwt" else ""
    counts = " and `RATE_LIMIT_STORAGE_URL`" if scene.choices.counting == "redis" else ""
    keys = ", and the keys of the models' providers" if scene.choices.language_model else ""
    yield Way(
        10,
        "Kubernetes",
        f"Set the image{issuer} in `deploy/kubernetes/overlays/production/kustomization.yaml`. Once, make the"
        " namespace from `namespace.yaml` beside it, and in it the Secret `quillwort` with"
        f" `DATABASE_URL`{counts}{keys}. For each release:",
        _COMMANDS,
        _CALLERS if scene.choices.grpc else "",
    )
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
