"""``architect verify``."""

from pathlib import Path

import click

from architect import app


@click.command("verify", epilog="Example: architect verify shop --gate security --check jwt_none_refused")
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--gate", "gates", multiple=True, metavar="NAME", help="Run this gate only; may be repeated.")
@click.option(
    "--check", "checks", multiple=True, metavar="NAME", help="Run this check only; may be repeated."
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
def command(directory: Path, *, gates: tuple[str, ...], checks: tuple[str, ...], as_json: bool) -> int:
    """Run the gates on the project in DIRECTORY; exit status 1 when one fails."""
    if as_json:
        report = app.verify(directory, lambda _event: None, gates=gates, checks=checks)
        app.keep_report(report, directory)
        click.echo(app.report_json(report))
        return 0 if report.passed else 1
    from architect.surfaces.cli.render.terminal import console
    from architect.surfaces.cli.verification import verify_and_show

    return 0 if verify_and_show(console(), directory, gates, checks) else 1
