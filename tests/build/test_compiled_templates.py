"""Compiled templates are kept between builds, and a cache that cannot be used costs nothing but time."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from architect.build.compiled import kept


def shown() -> str:
    environment = Environment(loader=DictLoader({"a": "{{ 1 + 1 }}"}), bytecode_cache=kept({}))  # noqa: S701 - no HTML
    return environment.get_template("a").render()


def test_what_is_compiled_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    assert shown() == shown() == "2"
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(b"broken")
    assert shown() == "2"


def test_no_directory_no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(taken))

    assert kept({}) is None
    assert shown() == "2"


def test_a_disk_that_takes_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = kept({})
    assert cache is not None
    (directory,) = (tmp_path / "backend-architect" / "templates").iterdir()
    directory.rmdir()

    environment = Environment(loader=DictLoader({"a": "x"}), bytecode_cache=cache)  # noqa: S701 - no HTML
    assert environment.get_template("a").render() == "x"


def test_what_was_compiled_otherwise_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    kept({"trim_blocks": True})
    kept({"trim_blocks": False})

    assert len(list((tmp_path / "backend-architect" / "templates").iterdir())) == 2
