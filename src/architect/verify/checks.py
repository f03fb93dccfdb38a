"""Checks of a gate: a probe, and which projects have something for it to look at."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from architect.model.report import Finding
from architect.verify.bench import Bench
from architect.verify.gate import Probe, always, run_probes
from architect.verify.sheet import bounded
from architect.verify.subject import Subject

Context = TypeVar("Context")
EVIDENCE = 600
"""Characters of evidence that one finding keeps."""
MOST = 12
"""Findings that one check writes down; more of the same say no more."""


@dataclass(frozen=True, slots=True)
class Check(Generic[Context]):
    """A probe; ``applies`` returns why a project has nothing for it, or an empty string."""

    probe: Probe[Context]
    applies: Callable[[Subject], str] = always


async def run_checks(
    bench: Bench,
    checks: Mapping[str, Check[Context]],
    opened: Callable[[Bench], AbstractAsyncContextManager[Context]],
) -> None:
    """Run the wanted checks that apply, one after another, on one context, opened when any does."""
    probes: dict[str, Probe[Context]] = {}
    for name, check in checks.items():
        if bench.sheet.wants(name):
            reason = check.applies(bench.subject)
            if reason:
                bench.sheet.leave_out(name, reason)
            else:
                probes[name] = check.probe
    if probes:
        async with opened(bench) as context:
            await run_probes(bench, probes, context)


class Notes:
    """What one check finds.

    Args:
        check: the check's name.
        mend: how to put right what it finds, unless a finding says it better.
    """

    def __init__(self, check: str, mend: str) -> None:
        self.check = check
        self.mend = mend
        self.findings: list[Finding] = []

    @property
    def full(self) -> bool:
        """Whether more of the same would not be written down."""
        return len(self.findings) >= MOST

    def expect(self, *, holds: bool, message: str, where: str, seen: object = "") -> bool:
        """Write an error down unless it holds; return whether it does.

        Args:
            holds: whether all is well.
            message: what is wrong otherwise.
            where: the endpoint, method or object.
            seen: what was seen, for the evidence.
        """
        if not holds and not self.full:
            evidence = bounded(str(seen), EVIDENCE)
            self.findings.append(Finding(self.check, "error", message, where, self.mend, evidence))
        return holds
