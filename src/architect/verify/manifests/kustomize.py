"""What ``kubectl kustomize`` prints for the part of kustomize that projects here use, without kubectl.

Composed are resources, namespace, images, labels, config maps from literals, and strategic merge patches
from files or in place. Anything else raises :class:`NotComposed`, so that nothing is passed over.
"""

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from architect.model.plain import Plain
from architect.verify.manifests.tree import Object, at, documents, mapping, mappings, sequence, text

KNOWN: Final = frozenset(
    {"apiVersion", "kind", "resources", "namespace", "images", "configMapGenerator", "patches", "labels"}
)
CLUSTER_WIDE: Final = frozenset({"Namespace", "ClusterRole", "ClusterRoleBinding", "PriorityClass"})
MERGE_KEYS: Final[dict[str, str]] = {
    "containers": "name",
    "initContainers": "name",
    "volumes": "name",
    "env": "name",
    "volumeMounts": "mountPath",
    "topologySpreadConstraints": "topologyKey",
    "imagePullSecrets": "name",
}
"""Lists that a strategic merge merges by a key; all others are replaced (Kubernetes' patchMergeKey)."""
PORT_KEYS: Final = ("containerPort", "port")


class NotComposed(Exception):  # noqa: N818 - it says what is the case, and is no error of the project
    """The kustomization uses something that is not composed here."""


class Broken(Exception):  # noqa: N818 - likewise
    """The kustomization contradicts itself: a file is missing, a patch names nothing."""


def compose(directory: Path) -> list[Object]:
    """Return the objects of a kustomization, in the order of its resources.

    Raises:
        NotComposed: it uses a feature beyond the ones above.
        Broken: a resource is missing, or a patch or a merge names nothing that exists.
    """
    objects = _composed(directory)
    _rename_config_maps(objects)
    return objects


def _composed(directory: Path) -> list[Object]:
    file = directory / "kustomization.yaml"
    wanted = _read(file)[0] if file.is_file() else None
    if wanted is None:
        message = f"{directory} has no kustomization.yaml"
        raise Broken(message)
    if unknown := set(wanted) - KNOWN:
        message = f"{file} uses {', '.join(sorted(unknown))}"
        raise NotComposed(message)
    objects: list[Object] = []
    for name in sequence(wanted.get("resources")):
        path = directory / text(name)
        objects += _composed(path) if path.is_dir() else _read(path)
    _generate(wanted, objects, file)
    for patch in mappings(wanted.get("patches")):
        _apply(patch, objects, directory)
    _label(wanted, objects)
    _set_images(wanted, objects)
    _set_namespace(wanted, objects)
    return objects


def _read(path: Path) -> list[Object]:
    try:
        return documents(path)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise Broken(message) from error
    except yaml.YAMLError as error:
        message = f"{path} is no YAML: {' '.join(str(error).split())}"
        raise Broken(message) from error


def _generate(wanted: Object, objects: list[Object], file: Path) -> None:
    for generator in mappings(wanted.get("configMapGenerator")):
        if extra := set(generator) - {"name", "literals", "behavior"}:
            message = f"{file} makes a config map from {', '.join(sorted(extra))}"
            raise NotComposed(message)
        literals = (text(item).partition("=") for item in sequence(generator.get("literals")))
        data: Object = {variable: value for variable, _, value in literals}
        name, behavior = text(generator.get("name")), text(generator.get("behavior")) or "create"
        made = next((each for each in objects if _is(each, "ConfigMap", name)), None)
        if behavior == "create":
            objects.append(
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data}
            )
        elif made is None:
            message = f"{file} wants to {behavior} a config map {name!r}, and there is none"
            raise Broken(message)
        else:
            made["data"] = {**(mapping(made.get("data")) if behavior == "merge" else {}), **data}


def _apply(patch: Object, objects: list[Object], directory: Path) -> None:
    if "target" in patch or "options" in patch:
        message = f"{directory}: a patch with a target or options"
        raise NotComposed(message)
    path = patch.get("path")
    changes = _read(directory / text(path)) if path else [mapping(yaml.safe_load(text(patch.get("patch"))))]
    for change in changes:
        kind, name = text(change.get("kind")), text(at(change, "metadata", "name"))
        target = next((each for each in objects if _is(each, kind, name)), None)
        if target is None:
            message = f"{directory}: a patch names {kind} {name!r}, and there is none"
            raise Broken(message)
        merged = merge(target, change)
        target.clear()
        target.update(merged)


def merge(old: Object, change: Object) -> Object:
    """Return ``old`` after a strategic merge with ``change``; ``None`` removes a key."""
    merged = copy.deepcopy(old)
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            merged[key] = merge(mapping(merged.get(key)), value)
        elif isinstance(value, list) and (by := _merge_key(key, value)):
            merged[key] = _merged_list(mappings(merged.get(key)), mappings(value), by)
        else:
            merged[key] = copy.deepcopy(value)
    return merged


def _merge_key(name: str, items: list[Plain]) -> str | None:
    if name == "ports":
        first = mapping(items[0]) if items else {}
        return next((key for key in PORT_KEYS if key in first), None)
    return MERGE_KEYS.get(name)


def _merged_list(old: list[Object], changes: list[Object], by: str) -> list[Plain]:
    kept = {text(item.get(by)): item for item in old}
    patched: list[Plain] = []
    for change in changes:
        known = kept.pop(text(change.get(by)), {})
        if change.get("$patch") != "delete":
            patched.append(merge(known, change))
    return [*patched, *kept.values()]


def _label(wanted: Object, objects: list[Object]) -> None:
    for entry in mappings(wanted.get("labels")):
        if set(entry) - {"pairs"}:
            message = "labels in selectors or templates"
            raise NotComposed(message)
        for each in objects:
            _metadata(each)["labels"] = {
                **mapping(at(each, "metadata", "labels")),
                **mapping(entry.get("pairs")),
            }


def _set_images(wanted: Object, objects: list[Object]) -> None:
    for image in mappings(wanted.get("images")):
        for each in objects:
            for container in containers(each):
                name, _, tag = text(container.get("image")).partition(":")
                if name == image.get("name"):
                    name = text(image.get("newName")) or name
                    digest, tag = text(image.get("digest")), text(image.get("newTag")) or tag
                    container["image"] = f"{name}@{digest}" if digest else f"{name}:{tag}" if tag else name


def _set_namespace(wanted: Object, objects: list[Object]) -> None:
    namespace = wanted.get("namespace")
    if namespace is None:
        return
    for each in objects:
        if each.get("kind") not in CLUSTER_WIDE:
            _metadata(each)["namespace"] = namespace


def _rename_config_maps(objects: list[Object]) -> None:
    """Append the content's hash to the names of generated config maps, and to what refers to them."""
    renamed = {}
    for each in objects:
        if each.get("kind") == "ConfigMap":
            name = text(at(each, "metadata", "name"))
            renamed[name] = f"{name}-{_content_hash(each)}"
            _metadata(each)["name"] = renamed[name]
    for each in objects:
        for reference in _config_map_references(each):
            name = text(reference.get("name"))
            reference["name"] = renamed.get(name, name)


def _content_hash(config_map: Object) -> str:
    """Return kustomize's hash: SHA-256 of the sorted JSON, as Go writes it, ten digits with some replaced."""
    content = {"data": config_map.get("data"), "kind": "ConfigMap", "name": ""}
    encoded = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    encoded = encoded.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return hashlib.sha256(encoded.encode()).hexdigest()[:10].translate(str.maketrans("013ae", "ghkmt"))


def _config_map_references(each: Object) -> Iterator[Object]:
    for container in containers(each):
        for source in mappings(container.get("envFrom")):
            yield mapping(source.get("configMapRef"))
        for variable in mappings(container.get("env")):
            yield mapping(at(variable, "valueFrom", "configMapKeyRef"))
    for volume in mappings(pod(each).get("volumes")):
        yield mapping(volume.get("configMap"))


def pod(each: Object) -> Object:
    """Return the pod specification of a workload; empty for anything else."""
    spec = at(each, "spec")
    if each.get("kind") == "CronJob":
        spec = at(spec, "jobTemplate", "spec")
    return mapping(at(spec, "template", "spec"))


def containers(each: Object) -> list[Object]:
    """Return the containers of a workload, initial ones first."""
    return [*mappings(pod(each).get("initContainers")), *mappings(pod(each).get("containers"))]


def _metadata(each: Object) -> Object:
    found = each.setdefault("metadata", {})
    return found if isinstance(found, dict) else {}


def _is(each: Object, kind: str, name: str) -> bool:
    return each.get("kind") == kind and at(each, "metadata", "name") == name
