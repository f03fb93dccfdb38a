"""Project -> files on disk: all of them, or none.

Files are written into a directory aside that nobody else can enter, and moved into place when the last
one is written. Whatever stops that (a full disk, missing rights, Ctrl-C, SIGTERM) removes it again.
"""

import errno
import os
import secrets
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from types import FrameType
from typing import Final

from architect.model.errors import InputError
from architect.model.project import Project

_STOPS: Final = (signal.SIGINT, signal.SIGTERM)

_REASONS: Final = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("the disk quota is used up", "free some space"),
    errno.EACCES: ("may not be written", "choose a directory of yours"),
    errno.EPERM: ("may not be written", "choose a directory of yours"),
    errno.EROFS: ("is on a file system that is mounted read-only", "choose another directory"),
    errno.ENAMETOOLONG: ("the path gets too long", "choose a shorter one"),
    errno.ENOTDIR: ("a part of the path is not a directory", "choose another directory"),
    errno.EEXIST: ("was filled by somebody else meanwhile", "choose an empty directory"),
    errno.ENOTEMPTY: ("was filled by somebody else meanwhile", "choose an empty directory"),
}


def write(project: Project, directory: Path, *, on_file: Callable[[str], None]) -> None:
    """Write a project into a directory that is empty or does not exist.

    Args:
        project: what to write.
        directory: where; made, with its parents, when it does not exist.
        on_file: called with each path once its file is written.

    Raises:
        InputError: the directory is taken or cannot be written; nothing is left behind.
        KeyboardInterrupt: Ctrl-C or SIGTERM came; nothing is left behind.
        ValueError: a path of the project leads out of it.
    """
    _refuse_taken(directory)
    exists = directory.is_dir()
    made = [] if exists else _missing_parents(directory)
    token = f".architect-{secrets.token_hex(4)}"
    aside = directory / token if exists else directory.parent / token
    with _stoppable():
        try:
            for parent in made:
                parent.mkdir(exist_ok=True)
            aside.mkdir(mode=0o700)
            for file in project.files:
                _put(aside, file.path, file.content, 0o777 if file.executable else 0o666)
                on_file(file.path)
            _move(aside, directory, into=exists)
        except BaseException as error:
            _clear(aside, made)
            if isinstance(error, OSError):
                raise _refusal(error, directory) from error
            raise


def _refuse_taken(directory: Path) -> None:
    if directory.is_symlink():
        raise InputError(
            "is a symbolic link, which is not followed", where=str(directory), mend="name what it points at"
        )
    try:
        taken = directory.exists() and (not directory.is_dir() or any(directory.iterdir()))
    except OSError as error:
        raise _refusal(error, directory) from error
    if taken:
        what = "is not empty" if directory.is_dir() else "is a file"
        raise InputError(what, where=str(directory), mend="choose an empty or a new directory")


def _missing_parents(directory: Path) -> list[Path]:
    missing = [parent for parent in directory.absolute().parents if not parent.exists()]
    return missing[::-1]


def _put(aside: Path, path: str, content: bytes, mode: int) -> None:
    steps = PurePosixPath(path)
    if steps.is_absolute() or ".." in steps.parts or not steps.parts:
        message = f"{path!r} leads out of the project"
        raise ValueError(message)
    target = aside / steps
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _move(aside: Path, directory: Path, *, into: bool) -> None:
    """Put the written files in place; stops are held back, so that it happens whole."""
    with _held_back():
        if not into:
            aside.chmod(0o777 & ~_umask())
            aside.rename(directory)
            return
        moved: list[Path] = []
        try:
            for child in sorted(aside.iterdir()):
                target = directory / child.name
                if target.exists() or target.is_symlink():
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
                child.rename(target)
                moved.append(target)
        except OSError:
            for target in moved:
                target.rename(aside / target.name)
            raise
        aside.rmdir()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _clear(aside: Path, made: list[Path]) -> None:
    with _held_back():
        shutil.rmtree(aside, ignore_errors=True)
        for parent in reversed(made):
            with suppress(OSError):  # somebody else uses it by now
                parent.rmdir()


def _refusal(error: OSError, directory: Path) -> InputError:
    what, mend = _REASONS.get(error.errno or 0, (error.strerror or "cannot be written", "choose another"))
    return InputError(f"{what}; nothing was written", where=str(directory), mend=mend)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM raise like Ctrl-C does, so that it unwinds; only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _held_back() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
