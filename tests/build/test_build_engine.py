import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from checks import lint, problems, texts
from designs import COLLECTOR, EXEMPLAR, SPECIMEN, design, entity, fact
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kinds_of_entities import entity_sets

from architect.build.engine import build
from architect.model.entity import Entity, Field
from architect.model.errors import InputError

SECONDS = 2.0
DIGEST = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from designs import EXEMPLAR
from architect.build.engine import build
digest = hashlib.sha256()
for file in build(EXEMPLAR, "name: x").files:
    digest.update(file.path.encode() + file.content)
sys.stdout.write(digest.hexdigest())
"""


def test_the_same_design_gives_the_same_bytes_in_any_process():
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST, str(Path(__file__).parent)],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_two_entities_are_built_within_the_bound():
    build(EXEMPLAR, "")  # what is loaded once
    began = time.process_time()
    build(EXEMPLAR, "")
    assert time.process_time() - began < SECONDS


def test_files_are_sorted_and_each_has_an_owner_and_a_block():
    files = build(EXEMPLAR, "name: x\n").files
    assert [file.path for file in files] == sorted({file.path for file in files})
    owners = {file.path: file.owner for file in files}
    assert owners["architect.yaml"] == owners["migrations/versions/0001_initial.py"] == "yours"
    assert owners["src/quillwort/bootstrap.py"] == owners["src/quillwort/v1/specimen_pb2.py"] == "tool"
    assert owners["README.md"] == owners["src/quillwort/domain/specimen_service.py"] == "shared"
    assert all(file.block for file in files)


def test_the_brief_is_carried_as_it_was_given():
    files = {file.path: file.content for file in build(EXEMPLAR, "name: quillwort # mine\n").files}
    assert files["architect.yaml"] == b"name: quillwort # mine\n"


def test_records_of_decisions_are_listed_and_carried():
    known = replace(EXEMPLAR, decisions=EXEMPLAR.decisions[:1])
    files = texts(build(known, "", [("0001-x.md", "# X\n")]))
    assert files["docs/adr/0001-x.md"] == "# X\n"
    assert "| [1](0001-x.md) | interface_style | both |" in files["docs/adr/README.md"]


def test_a_project_is_called_after_its_one_service_that_keeps_something():
    project = build(design("order-desk", COLLECTOR), "")
    assert (project.name, project.package) == ("order-desk", "order_desk")
    (service,) = EXEMPLAR.brief.services
    nameless = replace(EXEMPLAR.brief, services=(replace(service, name=None),), name=fact("herbarium"))
    assert build(replace(EXEMPLAR, brief=nameless), "").package == "herbarium"


def test_nothing_to_keep_is_refused():
    with pytest.raises(InputError, match="no entity is named"):
        build(design("x"), "")


def test_sizes_reach_the_manifests():
    sizing = replace(EXEMPLAR.sizing, replicas=7, pool_size_per_replica=13, cpu_millicores=650)
    files = texts(build(replace(EXEMPLAR, sizing=sizing), ""))
    assert "minReplicas: 7" in files["deploy/kubernetes/base/horizontalpodautoscaler.yaml"]
    assert "DATABASE_POOL_SIZE=13" in files["deploy/kubernetes/base/kustomization.yaml"]
    assert "cpu: 650m" in files["deploy/kubernetes/base/deployment.yaml"]


def test_a_tenants_claim_owns_the_rows_of_many_tenants():
    files = texts(build(design("x", SPECIMEN, COLLECTOR, tenancy="shared_tables"), ""))
    assert "AUTH_OWNER_CLAIM=tenant_id" in files["deploy/kubernetes/base/kustomization.yaml"]


# Without shrinking: a failing set of entities is small enough to read, and each try takes a second.
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(
    entities=entity_sets(),
    options=st.fixed_dictionaries({"interface_style": st.sampled_from(["both", "rest", "grpc"])}),
)
def test_any_entities_build_compile_and_lint(
    tmp_path_factory: pytest.TempPathFactory, entities: tuple[Entity, ...], options: dict[str, str]
):
    project = build(design("orders", *entities, **options), "")
    assert problems(project) == []
    assert lint(project, tmp_path_factory.mktemp("project")) == ""


@pytest.mark.parametrize("length", range(58, 76))
def test_a_list_of_choices_breaks_before_its_line_is_too_long(length: int):
    field = Field("kind", "enum", choices=("a" * (length // 2), "b" * (length - length // 2)))
    files = texts(build(design("x", entity("Thing", field)), ""))
    longest = max(map(len, files["migrations/versions/0001_initial.py"].splitlines()))
    assert longest <= 100
