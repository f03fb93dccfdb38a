"""``architect brief``."""

import json
from pathlib import Path

import click

from architect import app
from architect.model.plain import plain
from architect.surfaces.cli.source import put_text, read_source


@click.command(
    "brief",
    epilog='Example: architect brief "REST API for a clinic: patients and appointments, 50 rps" --json',
)
@click.argument("source", metavar="TEXT|FILE")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object: every value with its provenance."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write an architect.yaml to complete by hand.",
)
def command(source: str, *, as_json: bool, output: Path | None) -> None:
    """Show what was understood, and why.

    TEXT is a wish in plain words; FILE a text or an architect.yaml; - reads standard input.
    """
    known = app.brief(read_source(source))
    if output:
        put_text(output, app.document(known))
    if as_json:
        click.echo(json.dumps(plain(known), indent=2, ensure_ascii=False))
        return
    from architect.surfaces.cli.render.brief import show_brief
    from architect.surfaces.cli.render.terminal import console

    to = console()
    show_brief(to, known)
    if output:
        to.print(f"\nwritten: {output}")
