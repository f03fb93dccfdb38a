import keyword
import sys
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from architect.build import exemplar
from architect.build.names import TAKEN, names, renamed, renamed_path


@pytest.mark.parametrize(
    ("wished", "package"),
    [
        ("order-desk", "order_desk"),
        ("OrderDesk", "order_desk"),
        ("types", "types_service"),
        ("email", "email_service"),
        ("test", "test_service"),
        ("tests", "tests_service"),
        ("fastapi", "fastapi_service"),
        ("grpc", "grpc_service"),
        ("class", "class_service"),
        ("3d print", "service_3_d_print"),
        ("Bücher", "bucher"),
        ("工場", "service"),
        ("", "service"),
        ("a-very-long-name-that-goes-on-and-on-and-on-for-ever", "a_very_long_name_that_goes_on"),
    ],
)
def test_a_package_name_is_safe(wished: str, package: str):
    assert names(wished).package == package


@given(st.text(max_size=80))
def test_any_wish_gives_a_package_that_python_and_kubernetes_take(wished: str):
    made = names(wished)
    assert made.package.isidentifier()
    assert not keyword.iskeyword(made.package)
    assert made.package not in sys.stdlib_module_names | TAKEN
    assert made.kebab.replace("-", "").isalnum()
    assert len(made.kebab) <= 40
    assert names(made.package) == made


def test_python_names_the_package_and_prose_the_title():
    text = (
        '"""Quillwort: a service."""\nfrom quillwort.domain import x\n'
        "class QuillwortError: ...\nQUILLWORT_URL = 1\n"
    )
    assert renamed("src/quillwort/a.py", text, names("order desk")) == (
        '"""Order desk: a service."""\nfrom order_desk.domain import x\n'
        "class OrderDeskError: ...\nORDER_DESK_URL = 1\n"
    )


def test_deployment_files_name_the_service_and_the_package_where_they_mean_it():
    text = "name: quillwort\nrun: python -m quillwort\nproto: quillwort.v1\npath: src/quillwort/x\n"
    assert renamed("compose.yaml", text, names("order desk")) == (
        "name: order-desk\nrun: python -m order_desk\nproto: order_desk.v1\npath: src/order_desk/x\n"
    )


def test_an_entry_point_in_a_dockerfile_names_the_package():
    text = 'LABEL title="quillwort"\nENTRYPOINT ["python", "-m", "quillwort"]\n'
    assert renamed("Dockerfile", text, names("order desk")) == (
        'LABEL title="order-desk"\nENTRYPOINT ["python", "-m", "order_desk"]\n'
    )


def test_paths_are_renamed_alike():
    made = names("order desk")
    assert renamed_path("src/quillwort/v1/__init__.py", made) == "src/order_desk/v1/__init__.py"
    assert renamed_path("deploy/systemd/quillwort.service", made) == "deploy/systemd/order-desk.service"


def test_pyproject_names_the_package_where_tools_look_for_it():
    to = names("fleet management")
    text = (exemplar.root() / "pyproject.toml").read_text(encoding="utf-8")
    made = tomllib.loads(renamed("pyproject.toml", text, to))
    assert made["project"]["name"] == "fleet-management"
    assert made["tool"]["mypy"]["packages"] == ["fleet_management"]
    assert made["tool"]["ruff"]["lint"]["isort"]["known-first-party"] == ["fleet_management"]
    assert list(made["tool"]["setuptools"]["package-data"]) == ["fleet_management"]
