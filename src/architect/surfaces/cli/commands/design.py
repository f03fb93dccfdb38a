"""``architect design``."""

import json

import click

from architect import app
from architect.model.errors import InputError
from architect.model.plain import plain
from architect.surfaces.cli.source import read_source


@click.command("design", epilog="Example: architect design architect.yaml --markdown > DESIGN.md")
@click.argument("source", metavar="TEXT|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--markdown", "as_markdown", is_flag=True, help="Print Markdown: MADR records and C4 as Mermaid."
)
def command(source: str, *, as_json: bool, as_markdown: bool) -> None:
    """Show the decisions with options, trade-offs, arithmetic and flip points, and the sizing."""
    if as_json and as_markdown:
        raise InputError("--json and --markdown together", mend="choose one")
    design = app.design(app.brief(read_source(source)))
    if as_json:
        click.echo(json.dumps(plain(design), indent=2, ensure_ascii=False))
    elif as_markdown:
        click.echo(app.markdown(design))
    else:
        from architect.surfaces.cli.render.design import show_design
        from architect.surfaces.cli.render.terminal import console

        show_design(console(), design)
