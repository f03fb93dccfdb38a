"""A report as Markdown: what passed, what was measured beside target and prediction, what was found."""

from collections.abc import Iterator

from architect.model.fact import Figure
from architect.model.report import Comparison, Finding, GateResult, Report

_DASH = "-"


def markdown(report: Report) -> str:
    """Return the whole report as one Markdown document, ending in a newline."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def number(value: float) -> str:
    """Return a number for a table: thousands marked, no more digits than say something."""
    size = abs(value)
    if value == int(value) and size < 10**15:
        return f"{int(value):,}"
    if size >= 100:  # noqa: PLR2004 - three digits and more need no fraction
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _lines(report: Report) -> Iterator[str]:
    verdict = "every gate passed" if report.passed else "not every gate passed"
    yield f"# Verification of {report.project}: {verdict}"
    yield ""
    yield f"Run {report.started} in {number(report.seconds)} s on {report.machine}."
    yield ""
    yield from _gates(report.results)
    yield from _comparisons(report.results)
    yield from _figures(report.results)
    yield from _findings(report.results)
    yield from _methods(report.results)


def _gates(results: tuple[GateResult, ...]) -> Iterator[str]:
    yield from ("## Gates", "", "| gate | outcome | seconds | checks | findings | note |")
    yield "|---|---|---:|---:|---:|---|"
    for result in results:
        yield (
            f"| {result.gate} | {result.outcome} | {result.seconds:.1f} | {len(result.checks)} "
            f"| {len(result.findings)} | {_cell(result.reason)} |"
        )
    yield ""


def _comparisons(results: tuple[GateResult, ...]) -> Iterator[str]:
    rows = [comparison for result in results for comparison in result.comparisons]
    if not rows:
        return
    yield from ("## Measured, wanted, predicted", "")
    yield "| figure | measured | target | prediction | unit | met | target from | prediction from |"
    yield "|---|---:|---:|---:|---|---|---|---|"
    for row in rows:
        yield (
            f"| {_cell(row.measured.name)} | {number(row.measured.value)} | {_value(row.target)} "
            f"| {_value(row.predicted)} | {row.measured.unit} | {_met(row)} "
            f"| {_origin(row.target)} | {_origin(row.predicted)} |"
        )
    yield ""


def _figures(results: tuple[GateResult, ...]) -> Iterator[str]:
    rows = [(result.gate, figure) for result in results for figure in result.figures]
    if not rows:
        return
    yield from (
        "## Figures",
        "",
        "| gate | figure | value | unit | source | how |",
        "|---|---|---:|---|---|---|",
    )
    for gate, figure in rows:
        yield (
            f"| {gate} | {_cell(figure.name)} | {number(figure.value)} | {figure.unit} "
            f"| {figure.source} | {_cell(figure.because)} |"
        )
    yield ""


def _findings(results: tuple[GateResult, ...]) -> Iterator[str]:
    if not any(result.findings for result in results):
        return
    yield from ("## Findings", "")
    for result in results:
        for finding in result.findings:
            yield from _finding(result.gate, finding)


def _finding(gate: str, finding: Finding) -> Iterator[str]:
    where = f" at `{finding.where}`" if finding.where else ""
    yield f"### {finding.severity}: {_line(finding.message)}"
    yield ""
    yield f"`{gate}` / `{finding.check}`{where}"
    yield ""
    if finding.mend:
        yield f"To mend it: {_line(finding.mend)}"
        yield ""
    if finding.evidence:
        fence = "`" * max(3, _longest_run(finding.evidence, "`") + 1)
        yield from (f"{fence}text", finding.evidence.rstrip(), fence, "")


def _methods(results: tuple[GateResult, ...]) -> Iterator[str]:
    told = [result for result in results if result.method]
    if told:
        yield from ("## How it was measured", "")
        for result in told:
            yield f"**{result.gate}**: {_line(result.method)}"
            yield ""


def _value(figure: Figure | None) -> str:
    return number(figure.value) if figure else _DASH


def _origin(figure: Figure | None) -> str:
    return _cell(f"{figure.source}: {figure.because}") if figure else _DASH


def _met(comparison: Comparison) -> str:
    return {True: "yes", False: "**no**", None: _DASH}[comparison.met]


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _line(text: str) -> str:
    return " ".join(text.split())


def _longest_run(text: str, character: str) -> int:
    longest = current = 0
    for each in text:
        current = current + 1 if each == character else 0
        longest = max(longest, current)
    return longest
