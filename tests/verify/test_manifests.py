"""Manifests: composed as kustomize composes them, and each lack found by the check that looks for it."""

import copy
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from architect import app
from architect.model.design import Sizing
from architect.model.report import Finding
from architect.verify.manifests import compose, dockerfile, kubernetes, secret, systemd
from architect.verify.manifests.kustomize import Broken, NotComposed, containers, pod
from architect.verify.manifests.kustomize import compose as composed
from architect.verify.manifests.tree import Object, at, mapping

HERE = Path(__file__).parent / "kustomize"
EXEMPLAR = Path(__file__).parents[2] / "exemplar"
KUBERNETES = EXEMPLAR / "deploy" / "kubernetes"


def by_name(objects: list[Object]) -> dict[tuple[object, object], Object]:
    return {(each["kind"], at(each, "metadata", "name")): each for each in objects}


def test_a_kustomization_is_composed_as_kubectl_does():
    """expected.yaml is what ``kubectl kustomize`` 5.5.0 printed for the overlay."""
    expected = list(yaml.safe_load_all((HERE / "expected.yaml").read_text(encoding="utf-8")))
    assert by_name(composed(HERE / "overlay")) == by_name(expected)


def test_a_patch_of_nothing_is_broken(tmp_path: Path):
    patch = {"patch": "{kind: Service, metadata: {name: lost}}"}
    (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump({"patches": [patch]}))
    with pytest.raises(Broken, match="Service 'lost'"):
        composed(tmp_path)


def test_a_missing_resource_is_broken(tmp_path: Path):
    (tmp_path / "kustomization.yaml").write_text("resources: [gone.yaml]")
    with pytest.raises(Broken, match=r"gone\.yaml"):
        composed(tmp_path)


def test_an_unknown_feature_is_not_passed_over(tmp_path: Path):
    (tmp_path / "kustomization.yaml").write_text("components: [x]")
    with pytest.raises(NotComposed, match="components"):
        composed(tmp_path)


def beyond_schema(objects: list[Object]) -> list[Finding]:
    return [*kubernetes.pods(objects, "here"), *kubernetes.references(objects, "here")]


@pytest.mark.parametrize("layer", ["base", "overlays/development", "overlays/production"])
def test_the_exemplar_has_nothing_to_mend(layer: str):
    objects = composed(KUBERNETES / layer)
    assert [*kubernetes.schema(objects, "here"), *beyond_schema(objects)] == []


Damage = Callable[[Object], object]


def deployment(objects: list[Object]) -> Object:
    return next(each for each in objects if each["kind"] == "Deployment")


DAMAGES: dict[str, Damage] = {
    "refuses Deployment": lambda each: mapping(each["spec"]).update(replica=3),
    "may run as root": lambda each: mapping(pod(each)["securityContext"]).pop("runAsNonRoot"),
    "keeps Linux capabilities": lambda each: mapping(containers(each)[0]["securityContext"]).pop(
        "capabilities"
    ),
    "may gain privileges": lambda each: mapping(containers(each)[0]["securityContext"]).update(
        allowPrivilegeEscalation=True
    ),
    "may write its image": lambda each: mapping(containers(each)[0]["securityContext"]).pop(
        "readOnlyRootFilesystem"
    ),
    "without a seccomp profile": lambda each: mapping(pod(each)["securityContext"]).pop("seccompProfile"),
    "cluster token": lambda each: pod(each).pop("automountServiceAccountToken"),
    "no memory limits": lambda each: mapping(mapping(containers(each)[0]["resources"])["limits"]).pop(
        "memory"
    ),
    "no cpu requests": lambda each: mapping(mapping(containers(each)[0]["resources"])["requests"]).pop("cpu"),
    "floats": lambda each: containers(each)[0].update(image="quillwort:latest"),
    "has no tag": lambda each: containers(each)[0].update(image="localhost:5000/quillwort"),
    "has no readinessProbe": lambda each: containers(each)[0].pop("readinessProbe"),
    "livenessProbe asks /readyz": lambda each: mapping(
        mapping(containers(each)[0]["livenessProbe"])["httpGet"]
    ).update(path="/readyz"),
    "asks a port 'web'": lambda each: mapping(mapping(containers(each)[0]["startupProbe"])["httpGet"]).update(
        port="web"
    ),
    "is killed after 10 s": lambda each: pod(each).update(terminationGracePeriodSeconds=10),
    "account 'nobody'": lambda each: pod(each).update(serviceAccountName="nobody"),
    "selects no pod": lambda each: mapping(mapping(each["spec"])["selector"]).update(
        matchLabels={"app": "x"}
    ),
    "scales something that is not there": lambda each: mapping(each["metadata"]).update(name="other"),
}


@pytest.mark.parametrize("said", list(DAMAGES))
def test_every_damage_of_the_deployment_is_found(said: str):
    objects = copy.deepcopy(composed(KUBERNETES / "overlays" / "production"))
    DAMAGES[said](deployment(objects))
    found = [*kubernetes.schema([deployment(objects)], "here"), *beyond_schema(objects)]
    assert any(said in finding.message for finding in found)


def sizing(**values: float) -> Sizing:
    numbers: dict[str, float] = {each.name: 1 for each in fields(Sizing) if each.name != "figures"}
    return Sizing(**{**numbers, **values})  # type: ignore[arg-type]  # whole numbers and fractions alike


DESIGNED = app.design(app.brief(str(EXEMPLAR / "architect.yaml"))).sizing
FITTING = {
    name: getattr(DESIGNED, name)
    for name in ("replicas", "cpu_millicores", "memory_mebibytes", "pool_size_per_replica")
}


def disagreements(**values: float) -> list[str]:
    objects = composed(KUBERNETES / "base")
    found = kubernetes.sized(objects, sizing(**{**FITTING, **values}), "here")
    return [finding.message for finding in found]


def test_manifests_that_follow_the_sizing_agree():
    assert disagreements() == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("replicas", 40, "40"),
        ("cpu_millicores", 2000, "2000"),
        ("memory_mebibytes", 4096, "4096"),
        ("pool_size_per_replica", 7, "7"),
    ],
)
def test_manifests_that_leave_the_sizing_disagree(name: str, value: float, said: str):
    (message,) = disagreements(**{name: value})
    assert message.endswith(said)


def test_a_budget_that_lets_no_pod_go_is_found():
    objects = copy.deepcopy(composed(KUBERNETES / "base"))
    budget = next(each for each in objects if each["kind"] == "PodDisruptionBudget")
    spec = mapping(budget["spec"])
    del spec["maxUnavailable"]
    spec["minAvailable"] = DESIGNED.replicas
    assert any(
        "no node can be drained" in found.message
        for found in kubernetes.sized(objects, sizing(**FITTING), "")
    )


def compose_file() -> Object:
    loaded: Object = yaml.safe_load((EXEMPLAR / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def test_the_exemplars_compose_file_has_nothing_to_mend():
    document = compose_file()
    assert list(compose.against("compose-spec", document, "compose_schema", "")) == []
    assert list(compose.services(document, "")) == []


def test_a_compose_file_that_lacks_something_is_found():
    document = compose_file()
    document["service"] = {}
    service = mapping(mapping(document["services"])["quillwort"])
    del service["healthcheck"], service["deploy"]
    service["image"] = "quillwort"
    mapping(service["depends_on"])["kafka"] = {"condition": "service_started"}
    said = " / ".join(found.message for found in compose.services(document, ""))
    assert "no tag" in said
    assert "no health check" in said
    assert "all memory" in said
    assert "'kafka'" in said
    assert list(compose.against("compose-spec", document, "compose_schema", ""))


def dockerfile_findings(tmp_path: Path, source: str) -> str:
    file = tmp_path / "Dockerfile"
    file.write_text(source, encoding="utf-8")
    (tmp_path / "src").mkdir(exist_ok=True)
    return " / ".join(found.message for found in dockerfile.examine(file))


GOOD = """\
ARG BASE=python:3.13-slim
FROM ${BASE} AS build
COPY src /src
FROM ${BASE}
COPY --from=build /src /src
RUN true && \\
    true
USER 10001:10001
HEALTHCHECK CMD ["true"]
ENTRYPOINT ["python"]
"""


def test_a_good_dockerfile_has_nothing_to_mend(tmp_path: Path):
    assert dockerfile_findings(tmp_path, GOOD) == ""
    assert list(dockerfile.examine(EXEMPLAR / "Dockerfile")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("USER 10001:10001\n", "", "runs as root"),
        ("USER 10001:10001", "USER app", "cannot check"),
        ("3.13-slim", "latest", "floats"),
        ('HEALTHCHECK CMD ["true"]\n', "", "cannot be watched"),
        ('ENTRYPOINT ["python"]', "ENTRYPOINT python", "swallows SIGTERM"),
        ("COPY src /src", "COPY lost /src", "'lost'"),
        ("COPY src /src", "ADD https://example.com/x /src", "unverified"),
        ("RUN true", "ENV DB_PASSWORD=hunter2\nRUN true", "keeps a secret"),
    ],
)
def test_every_damage_of_a_dockerfile_is_found(tmp_path: Path, old: str, new: str, said: str):
    assert said in dockerfile_findings(tmp_path, GOOD.replace(old, new))


def test_a_unit_is_held_to_what_it_must_say():
    unit = (EXEMPLAR / "deploy" / "systemd" / "quillwort.service").read_text(encoding="utf-8")
    assert list(systemd.examine(unit, "")) == []
    for directive in (
        "NoNewPrivileges=yes\n",
        next(line for line in unit.splitlines(keepends=True) if line.startswith("MemoryMax=")),
        "Restart=on-failure\n",
        "DynamicUser=yes\n",
    ):
        assert len(list(systemd.examine(unit.replace(directive, ""), ""))) == 1


@pytest.mark.parametrize(
    ("name", "value", "is_secret"),
    [
        ("DB_PASSWORD", "hunter2", True),
        ("DB_PASSWORD", "${DB_PASSWORD:?set it}", False),
        ("DATABASE_URL", "postgresql://shop:hunter2@db/shop", True),
        ("DATABASE_URL", "postgresql://shop:${PASSWORD}@db/shop", False),
        ("secretName", "shop", False),
        ("TOKEN_URL", "https://issuer.example.com", False),
        ("note", "-----BEGIN PRIVATE KEY-----", True),
        ("MODEL_MAX_OUTPUT_TOKENS", "1000", False),
        ("MODEL_AFTER_FIRST_TOKEN", "restart", False),
        ("API_TOKENS", "s3cret,0ther", True),
        ("MISTRAL_API_KEY", "1000", True),
    ],
)
def test_a_secret_is_told_from_a_reference(name: str, value: str, *, is_secret: bool):
    assert secret.looks_secret(name, value) is is_secret
    assert bool(list(secret.in_lines(f"{name}={value}", ""))) is is_secret
    assert bool(list(secret.in_tree({name: value}, ""))) is is_secret
    assert bool(list(secret.in_tree({"env": [{"name": name, "value": value}]}, ""))) is is_secret
