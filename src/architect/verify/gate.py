"""The seam between the run and its gates: adding a gate is adding one file to ``verify/gates``.

A gate is an async function under a decorator::

    @gate("livez", title="The service says that it lives", checks=("livez_answers",), needs=("service",))
    async def livez(bench: Bench) -> None:
        async with bench.boot() as service:
            await run_probes(bench, {"livez_answers": probe_livez}, service)

It writes what it finds on ``bench.sheet``; the run makes the :class:`GateResult` out of that. Every
check that is listed must either run or be left out with a reason, or the gate's outcome is an error.
"""

import textwrap
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from architect.model.report import Finding
from architect.registry import Registry
from architect.verify.bench import Bench
from architect.verify.subject import Subject

Need = Literal["environment", "postgresql", "service"]
"""What must stand before a gate can run: nothing, the project's environment, a database, a booted service.

``postgresql`` and ``service`` imply the environment; a gate that needs nothing starts at once.
"""

Context = TypeVar("Context")
Probe = Callable[[Context], Awaitable[Iterable[Finding]]]
"""One check: looks at its context (a booted service, say) and returns what it found; nothing means passed."""


def always(_subject: Subject) -> str:
    """Say that a gate applies to every project."""
    return ""


@dataclass(frozen=True, slots=True)
class Gate:
    """A check that runs a project.

    Args:
        name: as in ``--gate NAME`` and in the report.
        title: what it shows, a short phrase for a person.
        checks: names of its checks in the order they run; ``--check NAME`` runs one alone.
        run: does it, writing on ``bench.sheet``.
        needs: what must stand first.
        exclusive: runs alone, after all others, because it measures the machine.
        seconds: it is stopped after this long.
        applies: returns why the project has nothing for it to check, or an empty string.
    """

    name: str
    title: str
    checks: tuple[str, ...]
    run: Callable[[Bench], Awaitable[None]]
    needs: tuple[Need, ...] = ("environment",)
    exclusive: bool = False
    seconds: float = 60.0
    applies: Callable[[Subject], str] = always


LONGEST_LINE = 500
"""Characters of a reason: more would hide the others, and may hold what a command line held."""
GATES: Registry[Gate] = Registry("gate", "architect.verify.gates")


def gate(  # noqa: PLR0913 - the fields of a Gate, each by name
    name: str,
    *,
    title: str,
    checks: tuple[str, ...],
    needs: tuple[Need, ...] = ("environment",),
    exclusive: bool = False,
    seconds: float = 60.0,
    applies: Callable[[Subject], str] = always,
) -> Callable[[Callable[[Bench], Awaitable[None]]], Gate]:
    """Return a decorator that makes a gate of an async function and registers it."""

    def decorate(run: Callable[[Bench], Awaitable[None]]) -> Gate:
        made = Gate(name, title, checks, run, needs, exclusive, seconds, applies)
        GATES.add(name, made)
        return made

    return decorate


async def run_probes(bench: Bench, probes: Mapping[str, Probe[Context]], context: Context) -> None:
    """Run the probes that were asked for, one after another, and write down what each finds.

    A probe that raises is noted as broken, and the next one runs.
    """
    for name, probe in probes.items():
        if bench.sheet.wants(name):
            bench.progress(name.replace("_", " "))
            try:
                bench.sheet.ran(name, await probe(context))
            except Exception as error:  # noqa: BLE001 - a probe may break in any way, and the others still count
                bench.sheet.broke(name, one_line(error))


def one_line(error: BaseException) -> str:
    """Return what an exception says, in one line with its type."""
    said = textwrap.shorten(str(error), LONGEST_LINE, placeholder=" ...")
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
