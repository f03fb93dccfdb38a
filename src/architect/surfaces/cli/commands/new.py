"""``architect new``: the whole path."""

import sys
from pathlib import Path

import click

from architect import app
from architect.model.errors import InputError
from architect.surfaces.cli.source import read_source


@click.command(
    "new",
    epilog='Example: architect new "REST for patients and appointments, 50 rps" clinic --yes',
)
@click.argument("source", metavar="TEXT|FILE")
@click.argument("directory", type=click.Path(path_type=Path), required=False)
@click.option("--yes", is_flag=True, help="Take every assumption instead of asking.")
def command(source: str, directory: Path | None, *, yes: bool) -> int:
    """From a wish to a verified project: brief, questions, design, build, verify.

    DIRECTORY must be empty or not exist; without it the service's name is taken.
    """
    from architect.surfaces.cli.interview import interview
    from architect.surfaces.cli.render.brief import show_brief
    from architect.surfaces.cli.render.design import show_decisions
    from architect.surfaces.cli.render.files import show_files, show_unbuilt
    from architect.surfaces.cli.render.questions import show_questions
    from architect.surfaces.cli.render.terminal import console
    from architect.surfaces.cli.verification import verify_and_show

    known = app.brief(read_source(source))
    _only_builds(known.intent.value if known.intent else "build")
    to = console()
    show_brief(to, known)
    if yes or not sys.stdin.isatty():
        show_questions(to, app.questions(known))
    else:
        known = interview(to, known)
    design = app.design(known)
    show_decisions(to, design)
    project = app.build(design)
    target = directory or Path(project.name)
    app.write(project, target, lambda _path: None)
    show_files(to, project)
    show_unbuilt(to, project)
    try:
        passed = verify_and_show(to, target)
    except KeyboardInterrupt as stop:
        message = f"stopped in the gates; the project is whole: architect verify {target} runs them again"
        raise KeyboardInterrupt(message) from stop
    to.print(f"\nrun it: cd {target} && make run")
    return 0 if passed else 1


def _only_builds(intent: str) -> None:
    if intent != "build":
        mend = "say what to build, or see what was understood with 'architect brief'"
        raise InputError(f"that reads as a {intent}, and new builds", where="the text", mend=mend)
