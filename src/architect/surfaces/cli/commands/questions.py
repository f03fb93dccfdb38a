"""``architect questions``."""

import json

import click

from architect import app
from architect.model.plain import plain
from architect.surfaces.cli.source import read_source


@click.command("questions", epilog='Example: architect questions "a REST API for orders" --json')
@click.argument("source", metavar="TEXT|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(source: str, *, as_json: bool) -> None:
    """Show the questions whose answers would change the design, weightiest first."""
    computed = app.questions(app.brief(read_source(source)))
    if as_json:
        click.echo(json.dumps(plain(computed), indent=2, ensure_ascii=False))
        return
    from architect.surfaces.cli.render.questions import show_questions
    from architect.surfaces.cli.render.terminal import console

    show_questions(console(), computed)
