"""What the gates found and measured."""

from rich.console import Console
from rich.markup import escape

from architect.model.fact import Figure
from architect.model.report import Finding, GateResult, Report
from architect.surfaces.cli.render.terminal import columns, figure, heading, how

FINDINGS_SHOWN = 10


def show_report(to: Console, report: Report) -> None:
    """Print the measured figures beside targets and predictions, then every gate's findings."""
    _show_comparisons(to, report)
    for result in report.results:
        _show_findings(to, result)


def _show_comparisons(to: Console, report: Report) -> None:
    rows = [each for result in report.results for each in result.comparisons]
    if not rows:
        return
    heading(to, "Measured", f"on {report.machine}")
    table = columns("figure", "measured", "target", "predicted", "")
    for each in rows:
        met = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}[each.met]
        table.add_row(
            escape(each.measured.name),
            escape(figure(each.measured)),
            _sourced(each.target),
            _sourced(each.predicted),
            met,
        )
    to.print(table)


def _sourced(value: Figure | None) -> str:
    return f"{escape(figure(value))} [dim]({how(value.source)})[/]" if value else "[dim]-[/]"


def _show_findings(to: Console, result: GateResult) -> None:
    if not result.findings:
        return
    heading(to, f"Found by {result.gate}")
    for finding in result.findings[:FINDINGS_SHOWN]:
        _show_finding(to, finding)
    if len(result.findings) > FINDINGS_SHOWN:
        to.print(f"  ... and {len(result.findings) - FINDINGS_SHOWN} more in the report")


def _show_finding(to: Console, finding: Finding) -> None:
    colour = {"error": "red", "warning": "yellow", "note": "cyan"}[finding.severity]
    where = f" [dim]{escape(finding.where)}[/]" if finding.where else ""
    check = escape(finding.check)
    to.print(f"  [{colour}]{finding.severity}[/] [bold]{check}[/]: {escape(finding.message)}{where}")
    if finding.mend:
        to.print(f"      mend: {escape(finding.mend)}")
