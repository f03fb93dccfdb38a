"""``architect build``."""

from pathlib import Path

import click

from architect import app
from architect.surfaces.cli.source import read_source


@click.command("build", epilog="Example: architect build architect.yaml shop")
@click.argument("source", metavar="TEXT|FILE")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="List the files and write nothing.")
def command(source: str, directory: Path, *, dry_run: bool) -> None:
    """Write the designed project into DIRECTORY, which must be empty or not exist."""
    from architect.surfaces.cli.render.design import show_warnings
    from architect.surfaces.cli.render.files import show_files, show_unbuilt
    from architect.surfaces.cli.render.terminal import console

    design = app.design(app.brief(read_source(source)))
    project = app.build(design)
    to = console()
    show_warnings(to, design)
    show_files(to, project)
    show_unbuilt(to, project)
    if dry_run:
        to.print("\nnothing was written (--dry-run)")
        return
    app.write(project, directory, lambda _path: None)
    to.print(f"\nwritten: {directory}  (cd {directory} && make run)")
