"""CONTRIBUTING.md's worked examples are done, each in a copy of the tool: its files added, its tests run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = re.compile(r"^## (?P<title>Add [^\n]+)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"^```\w+\n# (?P<path>[\w./]+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> dict[str, list[tuple[str, str]]]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {
        found["title"]: [(file["path"], file["code"]) for file in FILE.finditer(found["text"])]
        for found in EXAMPLE.finditer(text)
    }


def test_the_three_things_people_add_are_shown() -> None:
    assert set(examples()) >= {"Add a decision", "Add a block", "Add a gate"}


@pytest.mark.parametrize("title", sorted(examples()))
def test_worked_example(title: str, tmp_path: Path) -> None:
    files = examples()[title]
    assert sum(path.startswith("src/") for path, _ in files) == 1, "adding one thing is adding one file"
    tests = [path for path, _ in files if path.startswith("tests/")]
    assert tests, "and its test"
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    shutil.copytree(
        ROOT / "exemplar", tmp_path / "exemplar", ignore=shutil.ignore_patterns(".*_cache", ".venv", ".local")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, code in files:
        target = tmp_path / path
        assert not target.exists(), f"{path} is there already"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"\d+ passed", done.stdout)
    lint = subprocess.run(
        [sys.executable, "-m", "ruff", "check", *(path for path, _ in files if path.endswith(".py"))],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout
