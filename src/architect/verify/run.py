"""Runs gates side by side, tells what happens, and leaves nothing behind, however it ends."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from architect.model.errors import InputError
from architect.model.event import GateFinished, GateProgress, GateStarted, OnEvent, Preparing
from architect.model.report import GateResult, Report
from architect.verify import environment
from architect.verify.applies import served
from architect.verify.bench import Bench, Shared
from architect.verify.gate import GATES, Gate, one_line
from architect.verify.issuer import issuing
from architect.verify.machine import cores, machine
from architect.verify.postgres import Server, embedded
from architect.verify.sheet import Sheet
from architect.verify.subject import Subject

WAITING = 1
"""Gates beyond the cores: a gate waits for its service's processes for a good part of its time."""
TERMINATED = 128 + signal.SIGTERM


@dataclass(frozen=True, slots=True)
class Choice:
    """Which gates run, and of each which checks.

    Args:
        gates: in the order they start; exclusive ones run last whatever their place.
        checks: names to run alone; empty runs every check of every gate.
    """

    gates: tuple[Gate, ...]
    checks: tuple[str, ...] = ()

    def of(self, gate: Gate) -> tuple[str, ...]:
        """Return the checks of a gate that are to run."""
        return tuple(name for name in gate.checks if not self.checks or name in self.checks)


def choose(gates: Sequence[str] = (), checks: Sequence[str] = ()) -> Choice:
    """Return the choice of gates and checks by name; no names choose everything.

    Raises:
        InputError: a gate or a check of that name does not exist.
    """
    known = GATES.items()
    for name in gates:
        if name not in known:
            raise InputError(f"there is no gate {name!r}", where="--gate", mend=f"one of {', '.join(known)}")
    among = [known[name] for name in gates] or list(known.values())
    offered = [check for gate in among for check in gate.checks]
    for name in checks:
        if name not in offered:
            raise InputError(
                f"there is no check {name!r}", where="--check", mend=f"one of {', '.join(sorted(offered))}"
            )
    chosen = Choice(tuple(among), tuple(checks))
    return Choice(tuple(gate for gate in among if chosen.of(gate)), chosen.checks)


async def verify(
    subject: Subject,
    on_event: OnEvent,
    *,
    gates: Sequence[str] = (),
    checks: Sequence[str] = (),
    postgres_url: str | None = None,
) -> Report:
    """Run gates on a project and return what they found.

    SIGTERM and cancellation end every process that was started before they take effect.

    Args:
        subject: the project.
        on_event: told of every start, progress and end, in the event loop's thread.
        gates: names of the gates to run; none runs all.
        checks: names of the checks to run alone; none runs all of each gate.
        postgres_url: a superuser's address on a server to use instead of the embedded one.

    Raises:
        InputError: a gate or check is unknown, or the project has no requirement file to run it with.
        SystemExit: SIGTERM came.
    """
    return await run_gates(subject, choose(gates, checks), on_event, postgres_url=postgres_url)


async def run_gates(
    subject: Subject, choice: Choice, on_event: OnEvent, *, postgres_url: str | None = None
) -> Report:
    """Run chosen gates, as :func:`verify` does with those of the registry."""
    began, started = time.monotonic(), datetime.now(UTC)
    with _ended_by_sigterm():
        async with _shared(subject, on_event, postgres_url) as shared:
            results = await _run_all(subject, choice, shared, on_event)
    return Report(
        project=subject.name,
        path=str(subject.directory),
        started=started.isoformat(timespec="seconds"),
        machine=machine(),
        seconds=round(time.monotonic() - began, 1),
        results=tuple(results),
    )


async def _run_all(subject: Subject, choice: Choice, shared: Shared, on_event: OnEvent) -> list[GateResult]:
    if any(gate.needs for gate in choice.gates):
        shared.prepare()
    places = asyncio.Semaphore(cores() + WAITING)
    together = sorted((gate for gate in choice.gates if not gate.exclusive), key=lambda gate: -gate.seconds)
    async with asyncio.TaskGroup() as group:
        running = [
            group.create_task(_run_one(gate, subject, choice.of(gate), shared, on_event, places))
            for gate in together
        ]
    results = {task.result().gate: task.result() for task in running}
    alone = asyncio.Semaphore(1)
    for gate in choice.gates:
        if gate.exclusive:
            results[gate.name] = await _run_one(gate, subject, choice.of(gate), shared, on_event, alone)
    return [results[gate.name] for gate in choice.gates]


async def _run_one(  # noqa: PLR0913, PLR0917 - one gate and all that it runs among
    gate: Gate,
    subject: Subject,
    checks: tuple[str, ...],
    shared: Shared,
    on_event: OnEvent,
    places: asyncio.Semaphore,
) -> GateResult:
    sheet = Sheet(checks)
    reason = gate.applies(subject) or (served(subject) if "service" in gate.needs else "")
    if reason:
        result = GateResult(gate.name, "skipped", 0.0, reason=reason)
        on_event(GateFinished(result))
        return result
    bench = Bench(subject, sheet, shared, lambda text: on_event(GateProgress(gate.name, text)))
    began = time.monotonic()
    try:
        await _prepared(gate, bench)
        async with places:
            on_event(GateStarted(gate.name, gate.title, len(checks)))
            began = time.monotonic()
            async with asyncio.timeout(gate.seconds):
                await gate.run(bench)
    except InputError:
        raise
    except TimeoutError as error:
        late = time.monotonic() - began >= gate.seconds
        sheet.broke(gate.name, f"stopped after {gate.seconds:.0f} s" if late else one_line(error))
    except Exception as error:  # noqa: BLE001 - whatever breaks a gate becomes one line of the report
        sheet.broke(gate.name, one_line(error))
    result = sheet.result(gate.name, round(time.monotonic() - began, 2))
    on_event(GateFinished(result))
    return result


async def _prepared(gate: Gate, bench: Bench) -> None:
    """Wait for what the gate needs before it takes a place among the running ones."""
    if gate.needs:
        await bench.python()
    if "postgresql" in gate.needs or "service" in gate.needs:
        await bench.server()


@contextlib.asynccontextmanager
async def _shared(subject: Subject, on_event: OnEvent, postgres_url: str | None) -> AsyncIterator[Shared]:
    with environment.scratch() as directory:
        async with contextlib.AsyncExitStack() as stack:

            async def python() -> Path:
                if subject.python is not None:
                    return subject.python
                return await environment.environment(
                    subject.directory, lambda text: on_event(Preparing(text))
                )

            async def server(interpreter: Path) -> Server:
                if postgres_url is not None:
                    return Server(postgres_url)
                on_event(Preparing("starting PostgreSQL"))
                return await stack.enter_async_context(embedded(interpreter, directory))

            shared = Shared(directory, await stack.enter_async_context(issuing()), python, server)
            try:
                yield shared
            finally:
                await shared.settle()


@contextlib.contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """Turn SIGTERM into a cancellation of this task, and that into the exit status SIGTERM asks for."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    came = False

    def end() -> None:
        nonlocal came
        came = True
        if task is not None:
            task.cancel()

    try:
        loop.add_signal_handler(signal.SIGTERM, end)
    except (RuntimeError, ValueError):  # not the main thread: whoever owns it also owns its signals
        yield
        return
    try:
        yield
    except asyncio.CancelledError:
        if came:
            raise SystemExit(TERMINATED) from None
        raise
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
