"""The house's own rules: lint, types, import directions, explained exceptions, no index address."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
LONGEST_FILE = 380
EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma)\b[^\n]*")
EXPLAINED = re.compile(r"#\s*(?:noqa:\s*[A-Z0-9, ]+|type:\s*ignore\[[a-z-, ]+\])\s*(?:[-(#]).{8,}")
HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.org|deb\.debian\.org|--(?:extra-)?index-url", re.IGNORECASE
)


def tracked(*patterns: str) -> Iterator[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return (ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file())


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports",),
    ],
    ids="-".join,
)
def test_static_check_is_clean(command: tuple[str, ...]) -> None:
    program, *arguments = command
    done = subprocess.run([BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_test_runs_with_the_others() -> None:
    """By default pytest leaves out folders by their names, and says nothing of it."""
    arguments = (sys.executable, "-m", "pytest", "--collect-only", "-q")
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    collected = {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}
    written = {str(path.relative_to(ROOT)) for path in tracked("tests/**/test_*.py", "tests/test_*.py")}
    assert written - collected == set()


def unexplained(path: Path) -> Iterator[str]:
    """Yield exceptions without a reason on their line or in a comment on the line above."""
    above = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        for found in EXCEPTION.finditer(line):
            if not EXPLAINED.match(found.group()) and not above.lstrip().startswith("#"):
                yield f"{path.relative_to(ROOT)}: {found.group()}"
        above = line


def test_every_exception_to_a_rule_is_explained() -> None:
    files = [path for path in tracked("*.py") if path != Path(__file__) and "/v1/" not in str(path)]
    assert not [line for path in files for line in unexplained(path)]


def test_every_ignored_lint_rule_is_explained() -> None:
    for project in (ROOT / "pyproject.toml", ROOT / "exemplar" / "pyproject.toml"):
        lines = project.read_text(encoding="utf-8").splitlines()
        ignored = [line for line in lines if re.match(r'\s+"[A-Z]+[0-9]*",', line)]
        assert ignored
        assert not [line for line in ignored if "#" not in line]


def test_no_file_is_two_rooms_long() -> None:
    long = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked("src/**.py", "exemplar/src/**.py")
        if "/v1/" not in str(path)
    }
    assert not {name: lines for name, lines in long.items() if lines > LONGEST_FILE}


def test_no_package_index_is_named() -> None:
    named = [
        str(path.relative_to(ROOT))
        for path in tracked(
            "*.txt", "*.in", "*.toml", "*.yaml", "*.yml", "Makefile", "*/Makefile", "*/Dockerfile", "*.md"
        )
        if HOSTS.search(path.read_text(encoding="utf-8"))
    ]
    assert not named
