"""What Kubernetes objects must say beyond their schema, so that the service survives a cluster's life."""

import re
from collections.abc import Iterator
from typing import Final

import kubernetes_validate

from architect.model.design import Sizing
from architect.model.plain import Plain
from architect.model.report import Finding
from architect.verify.manifests.kustomize import containers, pod
from architect.verify.manifests.tree import Object, at, mapping, mappings, sequence, text

VERSIONS: Final = ("1.33", "1.37")
"""The oldest release that managed clusters still run, and the newest one bundled schemas know."""
WORKLOADS: Final = ("Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob")
DEFAULT_GRACE_SECONDS: Final = 30.0
"""What Kubernetes gives a pod that says nothing of it."""
_UNITS: Final = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "k": 10**3, "M": 10**6, "G": 10**9}


def schema(objects: list[Object], where: str) -> Iterator[Finding]:
    """Yield a finding for every object that a release's schema refuses, unknown keys included."""
    for each in objects:
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(each, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                path = ".".join(str(step) for step in error.path)
                message = f"Kubernetes {version} refuses {_name(each)}: {path}: {error.message}"
                yield Finding("kubernetes_schema", "error", message, where)
            except kubernetes_validate.SchemaNotFoundError:
                message = f"Kubernetes {version} has no {each.get('apiVersion')} {each.get('kind')}"
                yield Finding("kubernetes_schema", "error", message, where)


def pods(objects: list[Object], where: str) -> Iterator[Finding]:
    """Yield what is missing in pods: probes, resources, a locked-down security context, a pinned image."""
    for each in objects:
        if each.get("kind") in WORKLOADS:
            for container in containers(each):
                inside = f"{where}: {_name(each)}, container {text(container.get('name'))}"
                for message, mend in (*_unlocked(each, container), *_unbounded(container)):
                    yield Finding("kubernetes_pods", "error", message, inside, mend)
        if each.get("kind") == "Deployment":
            yield from _unwatched(each, where)
            yield from _hasty(each, objects, where)


def _unlocked(each: Object, container: Object) -> Iterator[tuple[str, str]]:
    shared, own = mapping(pod(each).get("securityContext")), mapping(container.get("securityContext"))
    together = {**shared, **own}
    if together.get("runAsNonRoot") is not True:
        yield "may run as root", "securityContext.runAsNonRoot: true"
    if own.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges", "securityContext.allowPrivilegeEscalation: false"
    if own.get("readOnlyRootFilesystem") is not True:
        yield "may write its image's files", "securityContext.readOnlyRootFilesystem: true"
    if "ALL" not in sequence(at(own, "capabilities", "drop")):
        yield "keeps Linux capabilities", "securityContext.capabilities.drop: [ALL]"
    if at(together.get("seccompProfile"), "type") not in ("RuntimeDefault", "Localhost"):
        yield "runs without a seccomp profile", "securityContext.seccompProfile.type: RuntimeDefault"
    if pod(each).get("automountServiceAccountToken") is not False:
        yield "is handed a cluster token it does not need", "automountServiceAccountToken: false"


def _unbounded(container: Object) -> Iterator[tuple[str, str]]:
    for kind, resource in (("requests", "cpu"), ("requests", "memory"), ("limits", "memory")):
        if not text(at(container, "resources", kind, resource)):
            yield f"has no {resource} {kind}", f"resources.{kind}.{resource}"
    if problem := floating(text(container.get("image"))):
        yield problem, "name a version, or a digest"


def floating(image: str) -> str:
    """Return what is wrong with an image that does not name one build; empty when it does."""
    if "@sha256:" in image:
        return ""
    tag = image.rpartition("/")[2].partition(":")[2]
    if not tag:
        return f"image {image!r} has no tag"
    return f"image {image!r} floats" if tag == "latest" else ""


def _unwatched(each: Object, where: str) -> Iterator[Finding]:
    container = mapping(next(iter(mappings(pod(each).get("containers"))), None))
    names = {text(port.get("name")) for port in mappings(container.get("ports"))}
    for probe, path in (("livenessProbe", "/livez"), ("readinessProbe", "/readyz"), ("startupProbe", None)):
        asked = mapping(container.get(probe))
        inside = f"{where}: {_name(each)}"
        if not asked:
            yield Finding("kubernetes_pods", "error", f"has no {probe}", inside, f"add a {probe}")
            continue
        found = text(at(asked, "httpGet", "path"))
        if path is not None and found and found != path:
            yield Finding("kubernetes_pods", "error", f"{probe} asks {found}", inside, f"ask {path}")
        port = text(at(asked, "httpGet", "port"))
        if port and not port.isdigit() and port not in names:
            message = f"{probe} asks a port {port!r} that is not there"
            yield Finding("kubernetes_pods", "error", message, inside)


def _hasty(each: Object, objects: list[Object], where: str) -> Iterator[Finding]:
    container = mapping(next(iter(mappings(pod(each).get("containers"))), None))
    pause = number(at(container, "lifecycle", "preStop", "sleep", "seconds"))
    grace = number(pod(each).get("terminationGracePeriodSeconds")) or DEFAULT_GRACE_SECONDS
    drain = number(variables(container, objects).get("SHUTDOWN_GRACE_SECONDS"))
    if pause + drain >= grace:
        message = (
            f"is killed after {grace:g} s, and needs {pause:g} s before SIGTERM and {drain:g} s to drain"
        )
        mend = "raise terminationGracePeriodSeconds"
        yield Finding("kubernetes_pods", "error", message, f"{where}: {_name(each)}", mend)


def variables(container: Object, objects: list[Object]) -> Object:
    """Return the environment variables of a container that stand in the manifests in plain text."""
    found: Object = {}
    for source in mappings(container.get("envFrom")):
        for each in objects:
            if _is(each, "ConfigMap", at(source, "configMapRef", "name")):
                found.update(mapping(each.get("data")))
    literals = (each for each in mappings(container.get("env")) if "value" in each)
    return {**found, **{text(each.get("name")): each["value"] for each in literals}}


def references(objects: list[Object], where: str) -> Iterator[Finding]:
    """Yield what selects, scales, protects or mounts something that is not there."""
    for each in objects:
        for message in (*_selects_nothing(each, objects), *_names_nothing(each, objects)):
            yield Finding("kubernetes_references", "error", message, f"{where}: {_name(each)}")
    yield from _lost_ports(objects, where)


def _selects_nothing(each: Object, objects: list[Object]) -> Iterator[str]:
    selector = mapping(at(each, "spec", "selector"))
    if each.get("kind") == "NetworkPolicy":
        selector = mapping(at(each, "spec", "podSelector"))
    wanted = mapping(selector.get("matchLabels")) if "matchLabels" in selector else selector
    labels = [mapping(at(other, "spec", "template", "metadata", "labels")) for other in objects]
    if wanted and not any(wanted.items() <= known.items() for known in labels):
        yield "selects no pod of this project"


def _names_nothing(each: Object, objects: list[Object]) -> Iterator[str]:
    target = mapping(at(each, "spec", "scaleTargetRef"))
    if target and not any(_is(other, text(target.get("kind")), target.get("name")) for other in objects):
        yield "scales something that is not there"
    account = pod(each).get("serviceAccountName")
    if account and not any(_is(other, "ServiceAccount", account) for other in objects):
        yield f"uses an account {account!r} that is not there"
    for container in containers(each):
        for source in mappings(container.get("envFrom")):
            name = at(source, "configMapRef", "name")
            if name and not any(_is(other, "ConfigMap", name) for other in objects):
                yield f"reads a config map {name!r} that is not there"


def _lost_ports(objects: list[Object], where: str) -> Iterator[Finding]:
    named = {
        text(port.get("name"))
        for each in objects
        for container in containers(each)
        for port in mappings(container.get("ports"))
    }
    for each in objects:
        for port in mappings(at(each, "spec", "ports")) if each.get("kind") == "Service" else []:
            target = text(port.get("targetPort"))
            if target and not target.isdigit() and target not in named:
                message = f"sends to port {target!r}, which no container has"
                yield Finding("kubernetes_references", "error", message, f"{where}: {_name(each)}")


def sized(objects: list[Object], sizing: Sizing, where: str) -> Iterator[Finding]:
    """Yield where replicas, resources or the pool disagree with what the design computed."""
    for message in (*_replicas(objects, sizing), *_resources(objects, sizing), *_budget(objects)):
        mend = "build again after a change of the brief, or say so in the brief"
        yield Finding("kubernetes_sizing", "error", message, where, mend)


def _replicas(objects: list[Object], sizing: Sizing) -> Iterator[str]:
    for each in objects:
        if each.get("kind") == "HorizontalPodAutoscaler":
            least, most = (
                number(at(each, "spec", "minReplicas")) or 1,
                number(at(each, "spec", "maxReplicas")),
            )
            if not least <= sizing.replicas <= most:
                yield f"{least:g} to {most:g} replicas, and the sizing computed {sizing.replicas}"


def _resources(objects: list[Object], sizing: Sizing) -> Iterator[str]:
    for each in objects:
        if each.get("kind") == "Deployment":
            for container in mappings(pod(each).get("containers")):
                resources = mapping(container.get("resources"))
                cpu = number(at(resources, "requests", "cpu")) * 1000
                memory = number(at(resources, "limits", "memory")) / 2**20
                if cpu < sizing.cpu_millicores - 1:
                    yield f"requests {cpu:.0f} millicores, and the sizing computed {sizing.cpu_millicores}"
                if memory < sizing.memory_mebibytes:
                    yield f"may use {memory:.0f} MiB, and the sizing computed {sizing.memory_mebibytes}"
    for each in objects:
        pool = text(at(each, "data", "DATABASE_POOL_SIZE"))
        if pool and number(pool) != sizing.pool_size_per_replica:
            yield f"a pool of {pool} connections, and the sizing computed {sizing.pool_size_per_replica}"


def _budget(objects: list[Object]) -> Iterator[str]:
    """A budget that never lets a pod go blocks every node drain."""
    for each in objects:
        if each.get("kind") == "PodDisruptionBudget":
            spec = mapping(at(each, "spec"))
            least = [
                number(at(other, "spec", "minReplicas"))
                for other in objects
                if other.get("kind") == "HorizontalPodAutoscaler"
            ]
            if "minAvailable" in spec and least and number(spec["minAvailable"]) >= max(min(least), 1):
                yield "the disruption budget lets no pod go, so that no node can be drained"


def number(value: Plain) -> float:
    """Return a Kubernetes quantity (``500m``, ``512Mi``) as a number; 0 when there is none."""
    found = re.fullmatch(r"([0-9.]+)(m|[KMG]i|[kMG])?", text(value))
    if found is None:
        return 0.0
    unit = found.group(2)
    return float(found.group(1)) * (0.001 if unit == "m" else _UNITS.get(unit or "", 1))


def _is(each: Object, kind: str, name: Plain) -> bool:
    return each.get("kind") == kind and at(each, "metadata", "name") == name


def _name(each: Object) -> str:
    return f"{text(each.get('kind'))}/{text(at(each, 'metadata', 'name'))}"
