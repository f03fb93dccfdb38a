"""The gates side by side while they run."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.markup import escape
from rich.spinner import Spinner
from rich.table import Table

from architect.model.event import Event, GateFinished, GateProgress, GateStarted, Preparing
from architect.model.report import GateResult
from architect.surfaces.cli.render.terminal import heading

MARKS = {
    "passed": "[green]passed[/]",
    "failed": "[red]FAILED[/]",
    "skipped": "[yellow]skipped[/]",
    "error": "[red]ERROR[/]",
}


class GateBoard:
    """Shows events as they come: a live table on a terminal, a line an event elsewhere.

    Use it as a context manager and hand it to the verification as its ``on_event``.
    """

    def __init__(self, to: Console) -> None:
        self._to = to
        self._started: dict[str, tuple[GateStarted, float]] = {}
        self._progress: dict[str, str] = {}
        self._preparing = ""
        self._open = False
        self._spinner = Spinner("dots")
        self._live = Live(self, console=to, refresh_per_second=8, transient=True) if to.is_terminal else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def __call__(self, event: Event) -> None:
        """Take one event in; the first one opens the board, so that refused input leaves no heading."""
        if not self._open:
            self._open = True
            heading(self._to, "Gates", "each runs the project; side by side, the load alone at the end")
            if self._live:
                self._live.start()
        match event:
            case Preparing(text=text):
                self._preparing = text
                if not self._live:
                    self._to.print(f"  preparing  {escape(text)}")
            case GateStarted():
                self._preparing = ""
                self._started[event.gate] = (event, time.monotonic())
            case GateProgress(gate=gate, text=text):
                self._progress[gate] = text
            case GateFinished(result=result):
                started = self._started.pop(result.gate, None)
                self._progress.pop(result.gate, None)
                self._to.print(_line(result, started[0].title if started else result.gate))

    def __rich__(self) -> Table:
        """Return what is under way, a line each."""
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        if self._preparing:
            table.add_row(self._spinner, "preparing", escape(self._preparing))
        now = time.monotonic()
        for gate, (event, since) in self._started.items():
            text = escape(self._progress.get(gate, ""))
            table.add_row(self._spinner, escape(event.title), f"{now - since:4.0f} s", f"[dim]{text}[/]")
        return table


def _line(result: GateResult, title: str) -> str:
    found = len(result.findings)
    shown = [f"{len(result.checks)} checks"]
    if found:
        shown.append(f"{found} finding{'s' if found > 1 else ''}")
    if result.reason:
        shown.append(escape(_reason(result)))
    said = ", ".join(shown)
    return f"  {MARKS[result.outcome]:<20} {escape(title):<48} {result.seconds:5.1f} s  [dim]{said}[/]"


def _reason(result: GateResult) -> str:
    """Return why a gate is no pass; of a pass only how many checks do not apply (the report names them)."""
    if result.outcome != "passed":
        return result.reason
    return f"{result.reason.count(';') + 1} that do not apply here"
