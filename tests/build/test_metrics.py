"""Metrics are in the projects whose design asks for them, and tell of what these have."""

import json
import re

import jsonschema_rs
import pytest
import yaml
from checks import problems
from designs import design
from shapes import SHAPES

from architect.build import exemplar
from architect.build.engine import build
from architect.model.project import Project
from architect.verify.manifests.compose import vendored_schema

METRICS = re.compile(r"(entrypoints|adapters)/metrics/|kit/metrics|deploy/(grafana|observability)/")


def project(style: str, observability: str, deployment: str = "kubernetes") -> Project:
    return build(
        design(
            "x",
            *SHAPES["one_field"],
            interface_style=style,
            observability=observability,
            deployment=deployment,
        ),
        "name: x\n",
    )


def brought(made: Project) -> set[str]:
    """Return the last names of what the project has for metrics."""
    return {file.path.rpartition("/")[2] for file in made.files if METRICS.search(file.path)}


def content(made: Project, path: str) -> str:
    return next(file.content.decode() for file in made.files if file.path == path)


def test_logs_alone_bring_nothing():
    made = project("both", "logs")
    assert brought(made) == set()
    assert "metrics" not in content(made, "src/x/bootstrap.py").lower()
    assert "prometheus" not in content(made, "deploy/kubernetes/base/deployment.yaml")


@pytest.mark.parametrize(
    ("style", "there", "absent", "port"),
    [
        ("rest", {"requests.py", "requests.json"}, {"calls.py", "calls.json", "port.py"}, 8000),
        ("grpc", {"calls.py", "calls.json", "port.py"}, {"requests.py", "requests.json"}, 9464),
        ("both", {"requests.py", "calls.py", "port.py", "calls.json"}, set(), 8000),
    ],
)
def test_each_interface_is_timed_and_scraped_where_it_answers(
    style: str, there: set[str], absent: set[str], port: int
):
    made = project(style, "metrics")
    assert there <= brought(made)
    assert not (absent | {"assistant.py", "assistant.json", "models.json"}) & brought(made)
    scraped = yaml.safe_load(content(made, "deploy/observability/prometheus.yml"))
    (targets,) = (each["static_configs"][0]["targets"] for each in scraped["scrape_configs"])
    assert targets == [f"x:{port}"]
    deployment = yaml.safe_load(content(made, "deploy/kubernetes/base/deployment.yaml"))
    annotations = deployment["spec"]["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == str(port)
    listening = deployment["spec"]["template"]["spec"]["containers"][0]["ports"]
    assert port in [each["containerPort"] for each in listening]
    assert problems(made) == []


def test_a_machine_of_ones_own_has_dashboards_and_no_containers():
    made = project("both", "metrics", "vm")
    assert "requests.json" in brought(made)
    assert not {"prometheus.yml", "compose.yaml", "datasources.yaml"} & brought(made)


def test_what_stands_beside_compose_is_a_compose_file():
    text = exemplar.sources()["deploy/observability/compose.yaml"].content
    assert jsonschema_rs.validator_for(vendored_schema("compose-spec")).is_valid(yaml.safe_load(text))


def test_dashboards_have_panels_that_do_not_overlap():
    for path, file in exemplar.sources().items():
        if path.startswith("deploy/grafana/"):
            taken: set[tuple[int, int]] = set()
            for panel in json.loads(file.content)["panels"]:
                place = panel["gridPos"]
                cells = {
                    (x, y)
                    for x in range(place["x"], place["x"] + place["w"])
                    for y in range(place["y"], place["y"] + place["h"])
                }
                assert max(x for x, _ in cells) < 24
                assert not cells & taken, (path, panel["title"])
                taken |= cells
