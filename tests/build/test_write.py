import errno
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from architect.build import write as module
from architect.build.write import write
from architect.model.errors import InputError
from architect.model.project import File, Project


def project(*paths: str, executable: str = "") -> Project:
    return Project(
        "orders",
        "orders",
        tuple(File(path, path.encode(), "shared", "core", path == executable) for path in sorted(paths)),
    )


def tree(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def silent(_path: str) -> None:
    return None


def test_a_new_directory_gets_every_file_and_mode(tmp_path: Path):
    told: list[str] = []
    target = tmp_path / "deep" / "orders"
    write(project("a.py", "bin/run", executable="bin/run"), target, on_file=told.append)
    assert tree(target) == {"a.py": b"a.py", "bin/run": b"bin/run"}
    assert told == ["a.py", "bin/run"]
    assert os.access(target / "bin/run", os.X_OK)
    assert not os.access(target / "a.py", os.X_OK)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["orders"]


def test_a_new_directory_may_be_entered_as_the_umask_says(tmp_path: Path):
    write(project("a.py"), tmp_path / "orders", on_file=silent)
    (tmp_path / "made").mkdir()
    assert (tmp_path / "orders").stat().st_mode == (tmp_path / "made").stat().st_mode


def test_an_empty_directory_stays_the_same_directory(tmp_path: Path):
    before = tmp_path.stat().st_ino
    write(project("a.py", ".hidden", "b/c.py"), tmp_path, on_file=silent)
    assert sorted(tree(tmp_path)) == [".hidden", "a.py", "b/c.py"]
    assert tmp_path.stat().st_ino == before


def test_a_directory_with_anything_in_it_is_refused(tmp_path: Path):
    (tmp_path / "mine").write_text("precious")
    with pytest.raises(InputError, match="is not empty; choose an empty or a new directory"):
        write(project("a.py"), tmp_path, on_file=silent)
    assert tree(tmp_path) == {"mine": b"precious"}


def test_a_file_in_the_place_is_refused(tmp_path: Path):
    (tmp_path / "orders").write_text("precious")
    with pytest.raises(InputError, match="is a file"):
        write(project("a.py"), tmp_path / "orders", on_file=silent)


def test_a_file_on_the_way_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("precious")
    with pytest.raises(InputError, match="not a directory"):
        write(project("a.py"), tmp_path / "file" / "orders", on_file=silent)


def test_a_symbolic_link_is_not_followed(tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = tmp_path / "orders"
    link.symlink_to(elsewhere)
    with pytest.raises(InputError, match="symbolic link"):
        write(project("a.py"), link, on_file=silent)
    assert tree(elsewhere) == {}


@pytest.mark.parametrize("path", ["../out", "/etc/passwd", "a/../../out", ""])
def test_no_path_leads_out_of_the_project(tmp_path: Path, path: str):
    with pytest.raises(ValueError, match="leads out"):
        write(project(path), tmp_path / "orders", on_file=silent)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full; nothing was written; free some space"),
        (errno.EACCES, "may not be written; nothing was written; choose a directory of yours"),
        (errno.EROFS, "mounted read-only"),
    ],
)
@pytest.mark.parametrize("exists", [True, False])
def test_a_disk_that_refuses_half_way_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str, *, exists: bool
):
    target = tmp_path / "deep" / "orders"
    if exists:
        target.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    put = module._put

    def refuse(aside: Path, path: str, content: bytes, mode: int) -> None:
        if path == "b.py":
            raise OSError(number, os.strerror(number))
        put(aside, path, content, mode)

    monkeypatch.setattr(module, "_put", refuse)
    with pytest.raises(InputError, match=said):
        write(project("a.py", "b.py"), target, on_file=silent)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_full_disk_is_told_in_one_line(tmp_path: Path):
    """/dev/full refuses every byte, as a full disk does."""
    target = tmp_path / "orders"

    def fill(path: str) -> None:
        if path == "a.py":
            with Path("/dev/full").open("wb", buffering=0) as full:
                full.write(b"x")

    with pytest.raises(InputError, match="the disk is full") as refused:
        write(project("a.py"), target, on_file=fill)
    assert "\n" not in refused.value.line()
    assert list(tmp_path.iterdir()) == []


def test_somebody_who_fills_the_directory_meanwhile_keeps_it(tmp_path: Path):
    target = tmp_path / "orders"

    def intrude(_path: str) -> None:
        target.mkdir(exist_ok=True)
        (target / "theirs").write_text("precious")

    with pytest.raises(InputError, match="filled by somebody else"):
        write(project("a.py"), target, on_file=intrude)
    assert tree(tmp_path) == {"orders/theirs": b"precious"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_half_way_leaves_nothing(tmp_path: Path, number: int):
    script = f"""
        import os, signal
        from pathlib import Path
        from architect.build.write import write
        from architect.model.project import File, Project

        def stop(path):
            if path == "b":
                os.kill(os.getpid(), {int(number)})

        files = tuple(File(name, b"x", "shared", "core") for name in "abc")
        target = Path({str(tmp_path)!r}) / "deep" / "orders"
        try:
            write(Project("orders", "orders", files), target, on_file=stop)
        except KeyboardInterrupt:
            raise SystemExit(7)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert done.returncode == 7
    assert list(tmp_path.iterdir()) == []
