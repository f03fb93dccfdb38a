"""Findings and figures of one verification or review: one type for both, one renderer."""

from dataclasses import dataclass
from typing import Literal

from architect.model.fact import Figure

Severity = Literal["error", "warning", "note"]
Outcome = Literal["passed", "failed", "skipped", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a gate or a rule reports: ``check`` names the probe or rule, ``mend`` how to put it right.

    ``where`` is a path with line, an endpoint or an object; ``evidence`` is what was seen (bounded).
    """

    check: str
    severity: Severity
    message: str
    where: str = ""
    mend: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A measured figure beside the brief's target and the sizing's prediction (same unit)."""

    measured: Figure
    target: Figure | None = None
    predicted: Figure | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class GateResult:
    """What one gate found: ``checks`` are the names of all probes that ran, ``seconds`` its duration.

    A skipped gate says why in ``reason``; a gate that could not run at all is an ``error``.
    """

    gate: str
    outcome: Outcome
    seconds: float
    checks: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    figures: tuple[Figure, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    method: str = ""
    """How the figures were measured, written down for the report."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One verification of one project."""

    project: str
    path: str
    started: str
    """ISO 8601, UTC."""
    machine: str
    seconds: float
    results: tuple[GateResult, ...]

    @property
    def passed(self) -> bool:
        """True when every gate passed or was skipped with a reason."""
        return all(result.outcome in ("passed", "skipped") for result in self.results)
