"""What a gate writes down while it runs; a gate that is cut short keeps what it had found."""

from collections.abc import Iterable

from architect.model.fact import Figure
from architect.model.report import Comparison, Finding, GateResult, Outcome

EVIDENCE_CHARACTERS = 2000


class Sheet:
    """Checks that ran, findings, figures and comparisons of one gate.

    Args:
        wanted: names of the checks to run, in the gate's order.
    """

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.wanted = wanted
        self.method = ""
        """How the figures were measured; the gate sets it."""
        self._ran: list[str] = []
        self._left_out: dict[str, str] = {}
        self._broken: dict[str, str] = {}
        self._findings: list[Finding] = []
        self._figures: list[Figure] = []
        self._comparisons: list[Comparison] = []

    def wants(self, check: str) -> bool:
        """Whether that check was asked for."""
        return check in self.wanted

    def ran(self, check: str, findings: Iterable[Finding] = ()) -> None:
        """Note that a check ran to its end, with what it found."""
        self._ran.append(check)
        self._findings.extend(findings)

    def leave_out(self, check: str, reason: str) -> None:
        """Note why a check does not apply to this project."""
        self._left_out[check] = reason

    def broke(self, check: str, reason: str) -> None:
        """Note that a check could not be carried out: neither passed nor failed."""
        self._broken[check] = reason

    def figure(self, figure: Figure) -> None:
        """Note a figure."""
        self._figures.append(figure)

    def compare(self, comparison: Comparison) -> None:
        """Note a measured figure beside its target and prediction."""
        self._comparisons.append(comparison)

    def result(self, gate: str, seconds: float) -> GateResult:
        """Return the gate's result: failed by an error finding, an error when a wanted check never ran."""
        silent = [name for name in self.wanted if name not in self._accounted()]
        trouble = [f"{name}: {reason}" for name, reason in self._broken.items()]
        trouble += [f"did not run: {', '.join(silent)}"] if silent else []
        return GateResult(
            gate=gate,
            outcome=self._outcome(trouble=bool(trouble)),
            seconds=seconds,
            checks=tuple(self._ran),
            findings=tuple(self._findings),
            figures=tuple(self._figures),
            comparisons=tuple(self._comparisons),
            method=self.method,
            reason="; ".join(trouble or [f"{name}: {reason}" for name, reason in self._left_out.items()]),
        )

    def _accounted(self) -> set[str]:
        return {*self._ran, *self._left_out, *self._broken}

    def _outcome(self, *, trouble: bool) -> Outcome:
        if any(finding.severity == "error" for finding in self._findings):
            return "failed"
        if trouble:
            return "error"
        return "passed" if self._ran else "skipped"


def bounded(text: str, limit: int = EVIDENCE_CHARACTERS) -> str:
    """Return the text, its middle cut out when it is longer than ``limit`` characters."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]}\n... {len(text) - 2 * half} characters left out ...\n{text[-half:]}"
