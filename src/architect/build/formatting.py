"""Rendered Python -> Python as the project's own linter wants it: no dead import, sorted, formatted."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SETTINGS = "pyproject.toml"


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """Return the Python files of a project formatted by its own settings.

    Unused imports go and the others are sorted, so that templates may import whatever some entity
    needs. A function of its input and the pinned formatter: it works in a directory of its own.

    Args:
        files: the project's ``pyproject.toml`` and Python files by path.

    Raises:
        RuntimeError: a file is no Python, which is a mistake of a template.
    """
    with tempfile.TemporaryDirectory(prefix="architect-") as name:
        directory = Path(name)
        for path, text in files.items():
            target = directory / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        _ruff(directory, "check", "--quiet", "--fix-only", "--select=F401,I001")
        _ruff(directory, "format", "--quiet")
        return {path: (directory / path).read_text(encoding="utf-8") for path in files if path != SETTINGS}


@cache
def _program() -> str:
    beside = Path(sys.executable).parent / "ruff"
    found = str(beside) if beside.is_file() else shutil.which("ruff")
    if found is None:
        message = "ruff is a requirement of architect and is not installed"
        raise RuntimeError(message)
    return found


def _ruff(directory: Path, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - our own program and arguments
        [_program(), *arguments, "--no-cache", "."],
        cwd=directory,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        message = f"ruff {arguments[0]} refused what was rendered: {(done.stderr + done.stdout).strip()}"
        raise RuntimeError(message)
