"""Deployment manifests, validated offline: schemas first, then what schemas cannot say."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.gate import gate, run_probes
from architect.verify.manifests import compose, dockerfile, kubernetes, secret, systemd
from architect.verify.manifests.kustomize import Broken, NotComposed
from architect.verify.manifests.kustomize import compose as composed
from architect.verify.manifests.tree import Object, documents, mapping
from architect.verify.subject import Subject

KUBERNETES = Path("deploy/kubernetes")
COMPOSE = Path("compose.yaml")
DOCKERFILE = Path("Dockerfile")
SYSTEMD = Path("deploy/systemd")
WORKFLOWS = Path(".github/workflows")

_WORD: dict[object, str] = {True: "on"}
"""YAML 1.1 reads the key ``on`` as a truth value."""

Look = Callable[[Subject], Iterator[Finding]]


def _kustomizations(subject: Subject) -> list[Path]:
    return sorted(file.parent for file in (subject.directory / KUBERNETES).rglob("kustomization.yaml"))


def _layers(subject: Subject, *, roots: bool = False) -> Iterator[tuple[str, list[Object]]]:
    """Yield (where, objects) of each kustomization that can be composed; ``roots`` leaves development out."""
    for directory in _kustomizations(subject):
        if roots and directory.name == "development":
            continue
        try:
            yield str(directory.relative_to(subject.directory)), composed(directory)
        except (Broken, NotComposed):
            continue


def _kustomize(subject: Subject) -> Iterator[Finding]:
    for directory in _kustomizations(subject):
        where = str(directory.relative_to(subject.directory))
        try:
            composed(directory)
        except Broken as error:
            yield Finding("kustomize", "error", str(error), where)
        except NotComposed as error:
            yield Finding("kustomize", "warning", f"was not checked, because {error}", where)


def _kubernetes_schema(subject: Subject) -> Iterator[Finding]:
    for where, objects in _layers(subject):
        yield from kubernetes.schema(objects, where)


def _kubernetes_pods(subject: Subject) -> Iterator[Finding]:
    for where, objects in _layers(subject):
        yield from kubernetes.pods(objects, where)


def _kubernetes_references(subject: Subject) -> Iterator[Finding]:
    for where, objects in _layers(subject):
        yield from kubernetes.references(objects, where)


def _kubernetes_sizing(subject: Subject) -> Iterator[Finding]:
    for where, objects in _layers(subject, roots=True):
        if subject.design is not None:
            yield from kubernetes.sized(objects, subject.design.sizing, where)


def _compose_schema(subject: Subject) -> Iterator[Finding]:
    for document in documents(subject.directory / COMPOSE):
        yield from compose.against("compose-spec", document, "compose_schema", str(COMPOSE))


def _compose_services(subject: Subject) -> Iterator[Finding]:
    for document in documents(subject.directory / COMPOSE):
        yield from compose.services(document, str(COMPOSE))


def _dockerfile(subject: Subject) -> Iterator[Finding]:
    yield from dockerfile.examine(subject.directory / DOCKERFILE)


def _systemd(subject: Subject) -> Iterator[Finding]:
    for unit in sorted((subject.directory / SYSTEMD).glob("*.service")):
        where = str(unit.relative_to(subject.directory))
        yield from systemd.examine(unit.read_text(encoding="utf-8"), where)


def _workflow_schema(subject: Subject) -> Iterator[Finding]:
    for file in sorted((subject.directory / WORKFLOWS).glob("*.y*ml")):
        where = str(file.relative_to(subject.directory))
        loaded = mapping(yaml.safe_load(file.read_text(encoding="utf-8")))
        document = {_WORD.get(key, key): value for key, value in loaded.items()}
        yield from compose.against("github-workflows", document, "workflow_schema", where)


def _no_secret_values(subject: Subject) -> Iterator[Finding]:
    trees = [*(subject.directory / "deploy").rglob("*.y*ml"), *subject.directory.glob("compose*.yaml")]
    for file in sorted(trees):
        for document in documents(file):
            yield from secret.in_tree(document, str(file.relative_to(subject.directory)))
    lines = [*(subject.directory / "deploy").rglob("*.env"), *subject.directory.glob(".env.example")]
    for file in sorted(lines):
        yield from secret.in_lines(file.read_text(encoding="utf-8"), str(file.relative_to(subject.directory)))


_LOOKS: dict[str, tuple[Path, Look]] = {
    "kustomize": (KUBERNETES, _kustomize),
    "kubernetes_schema": (KUBERNETES, _kubernetes_schema),
    "kubernetes_pods": (KUBERNETES, _kubernetes_pods),
    "kubernetes_references": (KUBERNETES, _kubernetes_references),
    "kubernetes_sizing": (KUBERNETES, _kubernetes_sizing),
    "compose_schema": (COMPOSE, _compose_schema),
    "compose_services": (COMPOSE, _compose_services),
    "dockerfile": (DOCKERFILE, _dockerfile),
    "systemd": (SYSTEMD, _systemd),
    "workflow_schema": (WORKFLOWS, _workflow_schema),
    "no_secret_values": (Path(), _no_secret_values),
}
"""Each check with what must be in the project for it to have something to look at."""


@gate(
    "manifests", title="Deployment manifests, validated offline", checks=tuple(_LOOKS), needs=(), seconds=60
)
async def manifests(bench: Bench) -> None:
    """Compose what kustomize would, validate it and the other manifests, and hold them against the sizing."""

    def probe(look: Look) -> Callable[[Subject], "asyncio.Future[list[Finding]]"]:
        def ask(subject: Subject) -> "asyncio.Future[list[Finding]]":
            return asyncio.ensure_future(asyncio.to_thread(lambda: list(look(subject))))

        return ask

    probes = {}
    for name, (path, look) in _LOOKS.items():
        if not (bench.subject.directory / path).exists():
            bench.sheet.leave_out(name, f"the project has no {path}")
        elif name == "kubernetes_sizing" and bench.subject.design is None:
            bench.sheet.leave_out(name, "the design is not known")
        else:
            probes[name] = probe(look)
    await run_probes(bench, probes, bench.subject)
