"""Environments of projects: made once for equal requirements, hash-pinned, and never half-made."""

import asyncio
import re
import subprocess
from pathlib import Path

import pytest

from architect.model.errors import InputError
from architect.verify.environment import cache_directory, environment

HOUSE = Path(__file__).parents[2]
PIN = re.compile(r"^iniconfig==.*?(?=^\S)", re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def project(directory: Path, requirements: str) -> Path:
    (directory / "requirements").mkdir(parents=True)
    (directory / "requirements" / "development.txt").write_text(requirements, encoding="utf-8")
    return directory


def a_pin() -> str:
    """One small pinned package with its hashes, from this house's own lock."""
    found = PIN.search((HOUSE / "requirements" / "development.txt").read_text(encoding="utf-8"))
    assert found is not None
    return found.group()


def test_equal_requirements_share_one_environment_that_works(tmp_path: Path):
    said: list[str] = []
    one = asyncio.run(environment(project(tmp_path / "one", a_pin()), said.append))
    two = asyncio.run(environment(project(tmp_path / "two", a_pin()), said.append))
    assert one == two
    assert one.is_relative_to(tmp_path / "cache")
    assert said == ["installing the project's 1 pinned packages"]
    subprocess.run([one, "-c", "import iniconfig"], check=True)


def test_two_at_once_build_it_once(tmp_path: Path):
    said: list[str] = []
    first, second = (project(tmp_path / name, a_pin()) for name in ("one", "two"))

    async def both() -> list[Path]:
        return await asyncio.gather(environment(first, said.append), environment(second, said.append))

    one, two = asyncio.run(both())
    assert one == two
    assert len(said) == 1


def test_a_wrong_hash_is_told_and_leaves_no_environment_that_looks_ready(tmp_path: Path):
    wrong = re.sub(r"sha256:[0-9a-f]{8}", "sha256:00000000", a_pin())
    root = project(tmp_path / "one", wrong)
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"(?is)cannot be installed.*hash mismatch"):
            asyncio.run(environment(root, lambda _: None))


def test_a_project_without_requirements_is_bad_input(tmp_path: Path):
    with pytest.raises(InputError, match="no environment to run the project in"):
        asyncio.run(environment(tmp_path, lambda _: None))


def test_a_relative_cache_directory_is_ignored(monkeypatch: pytest.MonkeyPatch):
    """The XDG specification: "All paths set in these environment variables must be absolute"."""
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert cache_directory() == Path.home() / ".cache" / "backend-architect"
