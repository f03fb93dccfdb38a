"""Child processes: measured, bounded, and cleared away with all that they started."""

import asyncio
import signal
import sys
import time
from pathlib import Path

import pytest

from architect.verify.log import Log
from architect.verify.process import clean_environment, run, running
from architect.verify.usage import children, session

DAEMON = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print(child.pid, flush=True)
time.sleep(600)
"""


async def first_line(log: Log) -> str:
    while not log.lines():  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.01)
    return log.lines()[0]


def ends(process: int) -> bool:
    """Whether a process that was killed is gone, or will be in no time."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
        except OSError:
            return True
        if stat.rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.01)
    return False


def test_what_a_child_started_in_a_session_of_its_own_is_cleared_away_too(tmp_path: Path):
    async def scenario() -> int:
        log = Log(tmp_path / "log")
        async with running(
            [sys.executable, "-c", DAEMON],
            directory=tmp_path,
            environment=clean_environment(),
            log=log.path,
        ) as process:
            daemon = int(await first_line(log))
            assert daemon in children(process.pid)
            assert daemon not in session(process.pid)
            assert any("time.sleep" in line for line in process.left_behind())
            assert process.resident_mebibytes() > 1
        return daemon

    assert ends(asyncio.run(scenario()))


def test_a_child_that_ignores_sigterm_is_killed_after_its_grace(tmp_path: Path):
    stubborn = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('on', flush=True); time.sleep(600)"
    )

    async def scenario() -> int | None:
        log = Log(tmp_path / "log")
        async with running(
            [sys.executable, "-c", stubborn],
            directory=tmp_path,
            environment=clean_environment(),
            log=log.path,
            grace=0.1,
        ) as process:
            await first_line(log)
        return process.status

    assert asyncio.run(scenario()) == -signal.SIGKILL


def completed(code: str, within: float = 20, **environment: str) -> tuple[int, str, list[str]]:
    lines: list[str] = []
    done = asyncio.run(
        run(
            [sys.executable, "-c", code],
            directory=Path("/"),
            environment=clean_environment(**environment),
            within=within,
            on_line=lines.append,
        )
    )
    return done.status, done.output, lines


def test_a_command_gives_status_output_and_lines():
    assert completed("import sys; print('a', flush=True); sys.exit('b')") == (1, "a\nb\n", ["a", "b"])


def test_a_line_longer_than_any_buffer_is_kept_whole():
    _, output, _ = completed("print('x' * 3_000_000)")
    assert len(output) == 3_000_001


def test_a_command_that_takes_too_long_is_killed():
    with pytest.raises(TimeoutError, match=r"time\.sleep.* did not end within 0\.2 s"):
        completed("import time; time.sleep(600)", within=0.2)


def test_nothing_of_the_callers_environment_is_inherited(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://mine")
    _, output, _ = completed("import os; print(sorted(os.environ))", MINE="1")
    assert "DATABASE_URL" not in output
    assert "'MINE'" in output
    assert "'PATH'" in output
