"""Environments for projects, made from their hash-pinned requirements and shared by what these say."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

from architect.model.errors import InputError
from architect.verify.process import run

INSTALL_SECONDS = 600.0
_REQUIREMENTS = Path("requirements/development.txt")
_READY = ".ready"
_DISTRUST = "hash mismatch"
"""What uv says of a package that is not the pinned one; another installer must not be asked for it."""


def cache_directory() -> Path:
    """Return where environments are kept: ``$XDG_CACHE_HOME/backend-architect``, by default in ~/.cache."""
    root = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(root) if Path(root).is_absolute() else Path.home() / ".cache"
    return base / "backend-architect"


async def environment(project: Path, on_progress: Callable[[str], None]) -> Path:
    """Return the interpreter of an environment with everything the project's requirements name.

    The environment holds no package of the project itself (gates put ``src`` on the path), so that
    projects with equal requirements share one. ``make setup`` in the project installs the same pins.

    Raises:
        InputError: the project has no requirement file.
        RuntimeError: the installation failed; the message has the last lines said.
    """
    file = project / _REQUIREMENTS
    try:
        wanted = file.read_bytes()
    except OSError as error:
        raise InputError(
            "cannot be read, so there is no environment to run the project in",
            where=str(file),
            mend="verify a project that `architect build` made, or restore the file",
        ) from error
    key = hashlib.sha256(sys.version.encode() + sys.prefix.encode() + wanted).hexdigest()[:20]
    home = cache_directory() / "environments" / key
    python = home / "bin" / "python"
    async with _alone(home):
        if not (home / _READY).exists():
            on_progress(f"installing the project's {wanted.count(b'==')} pinned packages")
            await _make(home, file)
            (home / _READY).touch()
    return python


async def _make(home: Path, requirements: Path) -> None:
    await asyncio.to_thread(shutil.rmtree, home, ignore_errors=True)
    settings = await _installer_settings()
    python = str(home / "bin" / "python")
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is not None:
        arguments = ["--no-deps", "--require-hashes", "-r", str(requirements)]
        made = await _said([uv, "venv", "--quiet", "--python", sys.executable, str(home)], settings)
        said = made or await _said(
            [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *arguments],
            settings,
        )
        if not said:
            return
        if _DISTRUST in said.lower():
            raise _not_installed(said)
        await asyncio.to_thread(shutil.rmtree, home, ignore_errors=True)
    await _make_with_pip(home, requirements, settings)


async def _make_with_pip(home: Path, requirements: Path, settings: dict[str, str]) -> None:
    said = await _said([sys.executable, "-m", "venv", str(home)], settings)
    said = said or await _said(
        [
            *(str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"),
            *("--disable-pip-version-check", "--no-deps", "--require-hashes", "-r", str(requirements)),
        ],
        settings,
    )
    if said:
        raise _not_installed(said)


def _not_installed(said: str) -> RuntimeError:
    return RuntimeError(f"the project's requirements cannot be installed: {said}")


async def _installer_settings() -> dict[str, str]:
    """Return our own environment, with what pip is configured to use passed on to uv."""
    settings = dict(os.environ)
    for variable, key in (("UV_DEFAULT_INDEX", "global.index-url"), ("SSL_CERT_FILE", "global.cert")):
        if not settings.get(variable):
            asked = await run(
                [sys.executable, "-m", "pip", "config", "get", key],
                directory=Path.cwd(),
                environment=settings,
                within=30,
            )
            if asked.status == 0 and asked.output.strip():
                settings[variable] = asked.output.strip().splitlines()[-1]
    return settings


async def _said(command: list[str], settings: dict[str, str]) -> str:
    """Run a step; return an empty string when it worked, else the last lines it said."""
    done = await run(command, directory=Path.cwd(), environment=settings, within=INSTALL_SECONDS)
    return "" if done.status == 0 else (done.output.strip()[-800:] or f"exit status {done.status}")


@contextlib.asynccontextmanager
async def _alone(home: Path) -> AsyncIterator[None]:
    """Hold the environment's lock, so that two runs never build it at once."""
    home.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(f"{home}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        while not _taken(lock):  # noqa: ASYNC110 - another process holds it, and tells nobody when it lets go
            await asyncio.sleep(0.1)
        yield
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Give a directory that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="architect-verify-") as name:
        yield Path(name)
