"""Gates side by side: what the run makes of them, and that nothing outlives it."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from architect.model.brief import Brief
from architect.model.errors import InputError
from architect.model.event import Event, GateFinished, GateProgress, GateStarted
from architect.model.report import Finding, GateResult, Report
from architect.verify.bench import Bench
from architect.verify.gate import Gate, run_probes
from architect.verify.run import Choice, choose, run_gates
from architect.verify.subject import Subject

Run = Callable[[Bench], Awaitable[None]]


def fake(name: str, run: Run, *, exclusive: bool = False, seconds: float = 20.0, reason: str = "") -> Gate:
    return Gate(
        name, f"title of {name}", ("one", "two"), run, (), exclusive, seconds, lambda _subject: reason
    )


async def passing(bench: Bench) -> None:
    bench.sheet.ran("one")
    bench.sheet.ran("two")


def verify(*gates: Gate, checks: tuple[str, ...] = ()) -> tuple[Report, list[Event]]:
    events: list[Event] = []
    subject = Subject(Path("/nowhere"), "fake", "fake", Brief(), python=Path(sys.executable))
    return asyncio.run(run_gates(subject, Choice(gates, checks), events.append)), events


def only(gate: Gate) -> GateResult:
    (result,) = verify(gate)[0].results
    return result


def test_a_gate_that_finds_nothing_passes_and_tells_its_checks():
    report, events = verify(fake("calm", passing))
    assert report.passed
    assert report.results[0].checks == ("one", "two")
    assert events == [GateStarted("calm", "title of calm", 2), GateFinished(report.results[0])]


def test_an_error_finding_fails_and_a_warning_does_not():
    async def failing(bench: Bench) -> None:
        bench.sheet.ran("one", [Finding("one", "error", "bad")])
        bench.sheet.ran("two")

    async def warning(bench: Bench) -> None:
        bench.sheet.ran("one", [Finding("one", "warning", "so so")])
        bench.sheet.ran("two")

    assert only(fake("strict", failing)).outcome == "failed"
    assert only(fake("mild", warning)).outcome == "passed"


def test_a_check_that_never_ran_is_an_error():
    async def forgetful(bench: Bench) -> None:
        bench.sheet.ran("one")

    result = only(fake("forgetful", forgetful))
    assert (result.outcome, result.reason) == ("error", "did not run: two")


def test_a_check_that_does_not_apply_is_told_and_passes():
    async def partial(bench: Bench) -> None:
        bench.sheet.ran("one")
        bench.sheet.leave_out("two", "no gRPC here")

    result = only(fake("partial", partial))
    assert (result.outcome, result.reason) == ("passed", "two: no gRPC here")


def test_a_crash_is_one_line_of_the_report_and_keeps_what_was_found():
    async def crashing(bench: Bench) -> None:
        bench.sheet.ran("one", [Finding("one", "warning", "seen before")])
        message = "boom\nand more"
        raise RuntimeError(message)

    result = only(fake("crash", crashing))
    assert result.outcome == "error"
    assert result.reason.startswith("crash: RuntimeError: boom and more; did not run: two")
    assert [finding.message for finding in result.findings] == ["seen before"]


def test_a_probe_that_breaks_does_not_keep_the_next_from_running():
    async def breaking(_context: None) -> list[Finding]:
        message = "probe broke"
        raise OSError(message)

    async def fine(_context: None) -> list[Finding]:
        return []

    async def run(bench: Bench) -> None:
        await run_probes(bench, {"one": breaking, "two": fine}, None)

    result = only(fake("probes", run))
    assert (result.outcome, result.checks) == ("error", ("two",))
    assert "one: OSError: probe broke" in result.reason


def test_a_gate_that_takes_too_long_is_stopped():
    async def endless(_bench: Bench) -> None:
        await asyncio.Event().wait()

    result = only(fake("endless", endless, seconds=0.05))
    assert result.outcome == "error"
    assert "stopped after" in result.reason


def test_a_gate_that_does_not_apply_is_skipped_with_its_reason():
    result = only(fake("idle", passing, reason="nothing to see"))
    assert (result.outcome, result.reason) == ("skipped", "nothing to see")


def test_gates_run_side_by_side_and_exclusive_ones_alone_at_the_end():
    met = asyncio.Barrier(2)
    running: set[str] = set()
    company: dict[str, set[str]] = {}

    def meeting(name: str, *, waits: bool) -> Run:
        async def run(bench: Bench) -> None:
            running.add(name)
            company[name] = set(running)
            if waits:
                await met.wait()
            await passing(bench)
            running.discard(name)

        return run

    report, events = verify(
        fake("alone", meeting("alone", waits=False), exclusive=True),
        fake("left", meeting("left", waits=True)),
        fake("right", meeting("right", waits=True)),
    )
    assert report.passed
    assert [result.gate for result in report.results] == ["alone", "left", "right"]
    assert company["alone"] == {"alone"}
    finished = [event.result.gate for event in events if isinstance(event, GateFinished)]
    assert finished[-1] == "alone"


def test_one_check_can_be_run_alone():
    asked: list[str] = []

    async def run(bench: Bench) -> None:
        asked.extend(name for name in ("one", "two") if bench.sheet.wants(name))
        for name in asked:
            bench.sheet.ran(name)

    report, _ = verify(fake("picky", run), checks=("two",))
    assert asked == ["two"]
    assert report.results[0].outcome == "passed"


def test_progress_is_streamed():
    async def talking(bench: Bench) -> None:
        bench.progress("half way")
        await passing(bench)

    assert GateProgress("talking", "half way") in verify(fake("talking", talking))[1]


@pytest.mark.parametrize(
    ("gates", "checks", "said"), [(["lnit"], [], "lnit"), (["lint"], ["livez"], "livez")]
)
def test_an_unknown_name_is_told_with_the_known_ones(gates: list[str], checks: list[str], said: str):
    with pytest.raises(InputError, match=said) as caught:
        choose(gates, checks)
    assert caught.value.mend.startswith("one of ")


def test_every_gate_names_its_checks_once():
    names = [f"{gate.name}/{check}" for gate in choose().gates for check in gate.checks]
    assert len(names) == len(set(names))
    assert {"lint", "types", "tests", "boot", "load", "query_plans", "manifests"} <= {
        gate.name for gate in choose().gates
    }


SLEEPER = """
import asyncio, sys
from pathlib import Path
from architect.model.brief import Brief
from architect.verify.gate import Gate
from architect.verify.run import Choice, run_gates
from architect.verify.subject import Subject

async def run(bench):
    child = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    await bench.run("-c", child, within=600, on_line=lambda line: print(line, flush=True))

gate = Gate("sleeper", "sleeps", ("one",), run, (), False, 600.0)
subject = Subject(Path("/"), "fake", "fake", Brief(), python=Path(sys.executable))
asyncio.run(run_gates(subject, Choice((gate,)), lambda event: None))
"""


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return state != "Z"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_child_outlives_the_run_however_it_ends(number: signal.Signals, tmp_path: Path):
    tool = subprocess.Popen(
        [sys.executable, "-c", SLEEPER],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert tool.stdout is not None
    child = int(tool.stdout.readline())
    assert alive(child)
    tool.send_signal(number)
    status = tool.wait(20)
    deadline = time.monotonic() + 10
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)
    if number is not signal.SIGKILL:
        assert list(tmp_path.iterdir()) == []
    if number is signal.SIGTERM:
        assert status == 128 + signal.SIGTERM
