"""core: the business layer, the process around it, and the tools to work on it."""

from collections.abc import Iterator

from architect.build import texts
from architect.build.block import BLOCKS, Block, always
from architect.build.contributions.documents import AgentCommand, AgentRule, Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.packaging import Dependency, DevelopmentDependency, LintException
from architect.build.contributions.python import Right, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_HABITS = (
    "Nothing waits without a timeout; nothing blocks the event loop.",
    "Logs, errors and answers hold no token, password or body.",
    "Types are strict and values are frozen. An ignore carries its reason.",
    "A test asserts behaviour, and fails without the change. No sleeping, no order.",
    "Comments say why.",
)


def _contribute(scene: Scene) -> Iterator[Contribution]:
    for requirement in (
        "pydantic>=2.12",
        "pydantic-settings>=2.11",
        "structlog>=25.4",
        "uvloop>=0.22; sys_platform != 'win32'",
    ):
        yield Dependency(requirement)
    for name in (
        "hypothesis",
        "import-linter",
        "mypy",
        "pytest",
        "pytest-asyncio",
        "pytest-timeout",
        "pytest-xdist",
        "ruff",
    ):
        yield DevelopmentDependency(name)
    yield from _agents(scene)
    yield Operation(10, "Health", texts.health(scene.choices))
    yield Operation(20, "Logs", texts.logs(scene.choices))
    yield Operation(50, "Changes at once", texts.changes(scene.choices))
    yield VariableGroup(
        10,
        "The process: development, test or production. Production refuses what is for development alone.",
        (
            Variable(
                "ENVIRONMENT",
                "development",
                "`development`, `test` or `production`; production refuses what is marked *",
                production="fixed",
                value="production",
            ),
            Variable(
                "SHUTDOWN_GRACE_SECONDS",
                "20",
                "how long requests under way may take to end after SIGTERM",
                production="fixed",
                value="20",
            ),
            Variable(
                "LOG_LEVEL", "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`", production="tuned", value="INFO"
            ),
        ),
    )
    yield Section("log", "kit.logs", "LogSettings")
    yield Section("process", "kit.settings", "ProcessSettings")
    for entity in scene.entities:
        yield Right(f"domain.{entity.module}")
    if any(entity.is_long for entity in scene.entities):
        yield LintException("**/*.py", (("E501", "some names of this business are long"),))
    yield LintException(
        "tests/**",
        (
            ("D", "a test's name says what it proves"),
            ("INP001", "pytest imports by path"),
            ("PLR2004", "expected values are literals"),
            ("S101", "tests assert"),
            ("S105", "test tokens are no secrets"),
            ("S106", "as S105"),
        ),
    )


def _agents(scene: Scene) -> Iterator[Contribution]:
    yield AgentCommand(30, "make types", "mypy, strict")
    yield AgentCommand(
        40, 'make test ARGS="-k name"', "some tests; on the embedded PostgreSQL, nothing to start"
    )
    yield AgentCommand(
        60,
        "make lock",
        "the pins in `requirements/`, after a change of `pyproject.toml` or `requirements/development.in`",
    )
    yield AgentCommand(
        70,
        ".venv/bin/ruff check --fix . && .venv/bin/ruff format .",
        "what lint can mend itself",
    )
    yield AgentRule(
        10,
        "Rules of the business stand in `domain/` and import the standard library alone. Entry points parse,"
        " ask a service and answer; adapters map rows to values.",
    )
    yield AgentRule(30, "Errors are those of `domain/errors.py`; no status code below an entry point.")
    if not scene.choices.all_shared:
        yield AgentRule(40, "Every query of rows says whose they are. A row of somebody else is not found.")
    for place, text in enumerate(_HABITS, 80):
        yield AgentRule(place, text)


BLOCKS.add(
    "core",
    Block(
        title="Business layer and process",
        selected=always,
        files=(
            ".editorconfig",
            ".gitignore",
            ".importlinter",
            "Makefile",
            "requirements/setup.*",
            "src/quillwort/__init__.py",
            "src/quillwort/__main__.py",
            "src/quillwort/py.typed",
            "src/quillwort/adapters/__init__.py",
            "src/quillwort/adapters/cursor.py",
            "src/quillwort/domain/__init__.py",
            "src/quillwort/domain/access.py",
            "src/quillwort/domain/errors.py",
            "src/quillwort/domain/labels.py",
            "src/quillwort/domain/paging.py",
            "src/quillwort/domain/rules.py",
            "src/quillwort/domain/values.py",
            "src/quillwort/entrypoints/__init__.py",
            "src/quillwort/entrypoints/cli/__init__.py",
            "src/quillwort/entrypoints/cli/command.py",
            "src/quillwort/kit/__init__.py",
            "src/quillwort/kit/health.py",
            "src/quillwort/kit/identity.py",
            "src/quillwort/kit/lifecycle.py",
            "src/quillwort/kit/logs.py",
            "src/quillwort/kit/rate_limit.py",
            "src/quillwort/kit/request_id.py",
            "src/quillwort/kit/settings.py",
            "tests/conftest.py",
            "tests/domain_suite.py",
            "tests/example.py",
            "tests/memory.py",
            "tests/service_suite.py",
            "tests/unit/test_cursor.py",
            "tests/unit/test_lifecycle.py",
            "tests/unit/test_logs.py",
            "tests/unit/test_rules.py",
            "tests/unit/test_settings.py",
            "tests/unit/test_start.py",
            "tests/unit/test_values.py",
            "tests/examples/__init__.py",
        ),
        templates=(
            "src/quillwort/domain/specimen.py",
            "src/quillwort/domain/specimen_repository.py",
            "src/quillwort/domain/specimen_service.py",
            "tests/examples/specimen.py",
            "tests/unit/test_specimen.py",
        ),
        wide=("src/quillwort/domain/services.py", "tests/entities.py"),
        contribute=_contribute,
    ),
)
