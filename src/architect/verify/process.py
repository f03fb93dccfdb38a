"""Child processes that never outlive us: own session, killed at exit, at cancellation, and when we die."""

import asyncio
import atexit
import contextlib
import ctypes
import os
import signal
import textwrap
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from architect.verify.usage import command_line, cpu_seconds, resident_mebibytes, session

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1
_COOKIE = "ARCHITECT_CHILD"
"""Environment variable that marks a child and whatever it starts, daemons with sessions of their own too."""
_INHERITED = ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME")
_LIVE: dict[int, str] = {}
"""Cookie of each child that has not been cleared away, by process id."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A command that ended: exit status, standard output and error together, wall seconds."""

    status: int
    output: str
    seconds: float


class Process:
    """A running child that leads its own session.

    Args:
        child: the asyncio process.
        log: file that receives its standard output and error.
    """

    def __init__(self, child: asyncio.subprocess.Process, log: Path) -> None:
        self._child = child
        self.log = log

    @property
    def pid(self) -> int:
        """The child's process id, which is also its session's and group's."""
        return self._child.pid

    @property
    def status(self) -> int | None:
        """Exit status, negative for a signal; ``None`` while it runs."""
        return self._child.returncode

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the child alone; one that has ended is left in peace."""
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(number)

    async def wait(self, seconds: float | None = None) -> int:
        """Return the exit status.

        Raises:
            TimeoutError: it still runs after ``seconds``.
        """
        async with asyncio.timeout(seconds):
            return await self._child.wait()

    async def stop(self, number: signal.Signals, grace: float) -> int:
        """Ask the child to end, kill its whole session after ``grace`` seconds; return the exit status."""
        if self.status is None:
            self.send(number)
            with contextlib.suppress(TimeoutError):
                await self.wait(grace)
        _clear_away(self.pid)
        return await self._child.wait()

    def left_behind(self) -> list[str]:
        """Return the command lines of what the child started and what outlives it."""
        cookie = _LIVE.get(self.pid)
        left = (_carriers(cookie) if cookie else set()) - {self.pid}
        return [line for pid in sorted(left) if (line := command_line(pid))]

    def cpu_seconds(self) -> float:
        """User plus system CPU seconds of every process in the child's session, since each began."""
        return sum(cpu_seconds(pid) for pid in session(self.pid))

    def resident_mebibytes(self) -> float:
        """Resident memory of every process in the child's session, in MiB."""
        return sum(resident_mebibytes(pid) for pid in session(self.pid))


@contextlib.asynccontextmanager
async def running(  # noqa: PLR0913 - what a child process is, each by name
    command: Sequence[str],
    *,
    directory: Path,
    environment: Mapping[str, str],
    log: Path,
    user: str | None = None,
    stop_by: signal.Signals = signal.SIGTERM,
    grace: float = 10.0,
) -> AsyncIterator[Process]:
    """Run a child for the length of the block and end it, however the block is left.

    Args:
        command: program and arguments.
        directory: working directory.
        environment: the whole environment of the child.
        log: file that standard output and error are appended to.
        user: system user to run as; ``None`` keeps ours.
        stop_by: the signal that asks the child to end.
        grace: seconds between that signal and SIGKILL.

    Raises:
        OSError: the program cannot be started.
    """
    cookie = uuid.uuid4().hex
    with log.open("ab") as sink:
        child = await asyncio.create_subprocess_exec(
            *command,
            cwd=directory,
            env={**environment, _COOKIE: cookie},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
            preexec_fn=_die_with_parent(stop_by),
            user=user,
            extra_groups=None if user is None else [],
        )
    _LIVE[child.pid] = cookie
    process = Process(child, log)
    try:
        yield process
    finally:
        await asyncio.shield(asyncio.ensure_future(process.stop(stop_by, grace)))


async def run(
    command: Sequence[str],
    *,
    directory: Path,
    environment: Mapping[str, str],
    within: float,
    on_line: Callable[[str], None] | None = None,
) -> Completed:
    """Run a command to its end.

    Args:
        command: program and arguments.
        directory: working directory.
        environment: the whole environment of the child.
        within: seconds until it is killed.
        on_line: called with each line of output as it appears.

    Raises:
        TimeoutError: it did not end in time.
        OSError: the program cannot be started.
    """
    started = time.monotonic()
    cookie = uuid.uuid4().hex
    child = await asyncio.create_subprocess_exec(
        *command,
        cwd=directory,
        env={**environment, _COOKIE: cookie},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with_parent(signal.SIGKILL),
        limit=1 << 20,
    )
    _LIVE[child.pid] = cookie
    try:
        async with asyncio.timeout(within):
            output = await _collect(child, on_line)
            status = await child.wait()
    except TimeoutError:
        said = textwrap.shorten(" ".join(command), 100, placeholder=" ...")
        message = f"`{said}` did not end within {within:g} s"
        raise TimeoutError(message) from None
    finally:
        _clear_away(child.pid)
        await asyncio.shield(asyncio.ensure_future(child.wait()))
    return Completed(status, output, time.monotonic() - started)


def clean_environment(**values: str) -> dict[str, str]:
    """Return an environment of PATH, HOME, a UTF-8 locale and the given values, nothing of the caller's."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME") if name in os.environ
    }
    return {"LANG": "C.UTF-8", **kept, **values}


async def _collect(child: asyncio.subprocess.Process, on_line: Callable[[str], None] | None) -> str:
    lines: list[str] = []
    stream = child.stdout
    while stream is not None:
        raw = await _line(stream)
        if not raw:
            break
        lines.append(raw.decode("utf-8", "replace"))
        if on_line is not None:
            on_line(lines[-1].rstrip())
    return "".join(lines)


async def _line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as end:
        return end.partial
    except asyncio.LimitOverrunError as long:
        return await stream.readexactly(long.consumed)


def _die_with_parent(number: signal.Signals) -> Callable[[], None]:
    def arrange() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)

    return arrange


def _clear_away(leader: int) -> None:
    """Kill what is left of a child: its session, and every process that carries its cookie."""
    cookie = _LIVE.pop(leader, None)
    left = set(session(leader)) | (_carriers(cookie) if cookie else set())
    for pid in left:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)


def _carriers(cookie: str) -> set[int]:
    mark = f"{_COOKIE}={cookie}".encode()
    found = set()
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if mark in Path(entry.path, "environ").read_bytes():
                    found.add(int(entry.name))
    return found


@atexit.register
def _kill_what_is_left() -> None:
    for leader in tuple(_LIVE):
        _clear_away(leader)
