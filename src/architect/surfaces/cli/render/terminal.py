"""The console and the few shapes that every page of the terminal shares."""

import os
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from architect.model.fact import Figure

PLAIN_WIDTH = 110
"""Columns when the output is a file or a pipe, where no terminal tells its width."""

HOW = {
    "stated": "green",
    "measured": "green",
    "computed": "cyan",
    "inferred": "yellow",
    "assumed": "magenta",
}


def console() -> Console:
    """Return a console on standard output; ``NO_COLOR`` and ``COLUMNS`` are honoured."""
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH
    return Console(highlight=False, width=width, soft_wrap=False)


def columns(*headers: str) -> Table:
    """Return a table without lines, its first column never wrapped."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for index, header in enumerate(headers):
        table.add_column(header, no_wrap=index == 0, overflow="fold")
    return table


def heading(to: Console, text: str, note: str = "") -> None:
    """Print a section's heading, with a dim note behind it."""
    to.print()
    to.print(f"[bold]{escape(text)}[/]" + (f"  [dim]{escape(note)}[/]" if note else ""))


def how(provenance: str) -> str:
    """Return a provenance or source as coloured markup."""
    return f"[{HOW.get(provenance, 'white')}]{provenance}[/]"


def number(value: float) -> str:
    """Return a number as people write it: ``1,200``, ``0.95``, ``99.95``, ``3.4``."""
    if value == int(value) and abs(value) < 1e15:  # noqa: PLR2004 - beyond that, all digits say nothing
        return f"{int(value):,}"
    if abs(value) >= 1000:  # noqa: PLR2004 - from there on, fractions say nothing
        return f"{value:,.0f}"
    return f"{value:.4g}"


def figure(each: Figure) -> str:
    """Return a figure's value with its unit."""
    return f"{number(each.value)} {each.unit}".rstrip()


def bullets(to: Console, lines: Iterable[str], mark: str = "-") -> None:
    """Print lines as an indented list."""
    for line in lines:
        to.print(f"  {mark} {escape(line)}")
