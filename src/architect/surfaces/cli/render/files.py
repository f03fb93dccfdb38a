"""The files of a project, and what could not be written."""

from collections import Counter
from pathlib import PurePosixPath

from rich.console import Console
from rich.markup import escape

from architect.model.project import Project
from architect.surfaces.cli.render.terminal import bullets, columns, heading

DEPTH = 3
"""Folders are shown down to this many steps; deeper files count for the folder above them."""


def show_files(to: Console, project: Project) -> None:
    """Print the project's folders with the number and size of their files."""
    size = sum(len(file.content) for file in project.files)
    heading(
        to, "Files", f"{len(project.files)} files, {size / 1024:,.0f} KiB; .architect/ records who owns each"
    )
    counts: Counter[str] = Counter()
    sizes: Counter[str] = Counter()
    for file in project.files:
        folder = "/".join(PurePosixPath(file.path).parts[:-1][:DEPTH])
        counts[folder] += 1
        sizes[folder] += len(file.content)
    table = columns("folder", "files", "KiB")
    for folder in sorted(counts):
        table.add_row(
            escape(f"{folder}/" if folder else "./"), str(counts[folder]), f"{sizes[folder] / 1024:.0f}"
        )
    to.print(table)


def show_unbuilt(to: Console, project: Project) -> None:
    """Print what the design holds and this version cannot write yet."""
    if project.unbuilt:
        heading(to, "Not written", "designed, but beyond what this version can build")
        bullets(to, project.unbuilt, "[yellow]![/]")
