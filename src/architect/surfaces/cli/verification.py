"""Running the gates from the command line: live board, figures, where the report lies."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from architect import app
from architect.surfaces.cli.render.gates import GateBoard
from architect.surfaces.cli.render.report import show_report


def verify_and_show(
    to: Console, directory: Path, gates: Sequence[str] = (), checks: Sequence[str] = ()
) -> bool:
    """Run the gates on a project and print what they show; return whether all passed.

    Raises:
        InputError: the directory holds no project of ours, or a gate's name is unknown.
    """
    with GateBoard(to) as board:
        report = app.verify(directory, board, gates=gates, checks=checks)
    show_report(to, report)
    where = app.keep_report(report, directory)
    verdict = "[green]all gates passed[/]" if report.passed else "[red]not all gates passed[/]"
    to.print(f"\n{verdict} in {report.seconds:.0f} s; project: {directory}  report: {where}")
    return report.passed
