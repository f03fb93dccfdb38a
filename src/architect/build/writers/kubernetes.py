"""deploy/kubernetes: the manifests that ports, settings and sizes decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from architect.build.contributions.deployment import Egress, KubernetesObject, Port, Probe, Scrape
from architect.build.contributions.environment import Production, Variable, VariableGroup
from architect.build.entity.words import filled, joined
from architect.build.rendering import shared
from architect.build.scene import Scene
from architect.build.sizes import Sizes
from architect.build.slots import Slots
from architect.build.writer import WRITERS, Text, Writer

_BASE = "deploy/kubernetes/base"
_OVERLAYS = "deploy/kubernetes/overlays"
_COMMENT_WIDTH = 98


@dataclass(frozen=True, slots=True)
class _Settings:
    variables: tuple[Variable, ...]

    def of(self, *kinds: Production) -> list[Variable]:
        return [variable for variable in self.variables if variable.production in kinds]


def _write(scene: Scene, slots: Slots) -> Iterator[Text]:
    settings = _Settings(
        tuple(
            sorted(
                (variable for group in slots.of(VariableGroup) for variable in group.variables),
                key=lambda variable: variable.name,
            )
        )
    )
    for path, values in _documents(scene, slots, settings):
        yield Text(path, shared(path, **values))


def _documents(scene: Scene, slots: Slots, settings: _Settings) -> Iterator[tuple[str, dict[str, object]]]:
    ports, ways, size = slots.of(Port), slots.of(Egress), Sizes(scene.design.sizing)
    secrets = settings.of("secret")
    yield (
        f"{_BASE}/deployment.yaml",
        {
            "ports": ports,
            "secrets": secrets,
            "probe": slots.of(Probe)[0],
            "scrapes": slots.of(Scrape),
            "size": size,
        },
    )
    yield f"{_BASE}/horizontalpodautoscaler.yaml", {"size": size}
    yield (
        f"{_BASE}/kustomization.yaml",
        {"manifests": slots.of(KubernetesObject), "settled": settings.of("fixed", "tuned")},
    )
    yield (
        f"{_BASE}/networkpolicy.yaml",
        {"ports": ports, "outward": _outward(ways), "told": _traffic([way.what for way in ways])},
    )
    yield f"{_BASE}/service.yaml", {"ports": ports}
    chosen = settings.of("chosen")
    yield f"{_OVERLAYS}/development/resources.yaml", {"size": size}
    yield (
        f"{_OVERLAYS}/development/kustomization.yaml",
        {"chosen": chosen, "told": _commented(_development(chosen))},
    )
    yield (
        f"{_OVERLAYS}/production/kustomization.yaml",
        {
            "chosen": chosen or [each for each in settings.of("tuned") if each.name == "LOG_LEVEL"],
            "told": _commented(_production(chosen, secrets)),
        },
    )


def _outward(ways: Iterable[Egress]) -> list[int]:
    """Return the ports that are connected to, each once."""
    return list(dict.fromkeys(way.port for way in ways))


def _traffic(whats: list[str]) -> str:
    return _commented(
        f"In: the service's ports, from pods of this cluster. Out: {joined(['names', *whats])}."
        " Narrow the peers to your namespaces and addresses."
    )


def _development(chosen: list[Variable]) -> str:
    said = "One small replica that tells more."
    if not chosen:
        return said
    return (
        f"{said} The token issuer is a real one here too: the development issuer of `make run` stays on the"
        " developer's machine."
    )


def _production(chosen: list[Variable], secrets: list[Variable]) -> str:
    yours = ["the image and its tag", *(["the AUTH_ values of your token issuer"] if chosen else [])]
    names = joined([secret.name for secret in secrets])
    come = "come" if secrets[1:] else "comes"
    return (
        f"Yours to set: {', and '.join(yours)}. {names} {come} from the Secret quillwort, which is made"
        " outside this repository."
    )


def _commented(text: str) -> str:
    return "\n".join(f"# {line}" for line in filled(text, width=_COMMENT_WIDTH).splitlines())


WRITERS.add("kubernetes", Writer("kubernetes", _write))
