"""Rewrites the exemplar from the mechanism: `python -m architect.build.refresh [--check]`.

For those who change templates, views or writers: change them, run this, and run the exemplar. Files that
are copied whole come back as they are.
"""

import contextlib
import difflib
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from architect.build import exemplar
from architect.build.decisions import FOLDER as ADR_FOLDER
from architect.build.engine import build
from architect.build.record import FOLDER
from architect.model.decision import Decision, Option
from architect.model.design import Design
from architect.model.project import Project

BRIEF = "architect.yaml"

ALTERNATIVES = (
    {"deployment": "vm"},
    {"identity": "none"},
    {"vector_store": "sqlite", "deployment": "compose"},
    {"vector_store": "qdrant"},
)
"""Decisions made otherwise whose files lie in the exemplar beside what its own brief chooses."""


def exemplar_design() -> Design:
    """Return the design of the exemplar's own brief.

    The stages are joined above this one, so they are asked for by name when this runs as a command.
    """
    app = importlib.import_module("architect.app")
    # By its name alone: where facts come from is told in the records, and must not name this machine.
    with contextlib.chdir(exemplar.root()), _shipped_tables():
        design = app.design(app.complete(app.brief(BRIEF)))
    if not isinstance(design, Design):
        message = "architect.app.design returns no design"
        raise TypeError(message)
    return design


@contextlib.contextmanager
def _shipped_tables() -> Iterator[None]:
    """Keep a person's own calibration and prices out of the records."""
    kept = os.environ.get("XDG_DATA_HOME")
    with tempfile.TemporaryDirectory() as empty:
        os.environ["XDG_DATA_HOME"] = empty
        try:
            yield
        finally:
            del os.environ["XDG_DATA_HOME"]
            if kept is not None:
                os.environ["XDG_DATA_HOME"] = kept


def exemplar_project() -> Project:
    """Return the project that the exemplar's own brief gives."""
    project = importlib.import_module("architect.app").build(exemplar_design())
    if not isinstance(project, Project):
        message = "architect.app.build returns no project"
        raise TypeError(message)
    return project


def alternatives(design: Design) -> Iterator[Project]:
    """Yield the project with each decision made otherwise whose files lie in the exemplar too."""
    app = importlib.import_module("architect.app")
    for chosen in ALTERNATIVES:
        decisions = tuple(
            _otherwise(each, chosen[each.name]) if each.name in chosen else each for each in design.decisions
        )
        yield build(replace(design, decisions=decisions), app.document(design.brief))


def _otherwise(decision: Decision, choice: str) -> Decision:
    return replace(decision, choice=choice, options=(Option(choice, choice, (), ()),))


def own_files(project: Project, base: Project) -> Project:
    """Return a project of those files alone that another one does not have."""
    known = {file.path for file in base.files}
    return replace(project, files=tuple(file for file in project.files if file.path not in known))


def differences(project: Project) -> Iterator[tuple[str, str]]:
    """Yield each path that the exemplar holds otherwise than the project, with a readable diff."""
    sources = exemplar.sources()
    for file in project.files:
        if file.path.startswith(f"{FOLDER}/"):
            continue
        known = sources.get(file.path)
        before = known.content if known else b""
        if before != file.content:
            yield file.path, _diff(file.path, before.decode(), file.content.decode())


def rewrite(project: Project, directory: Path) -> list[str]:
    """Write what differs into the exemplar's directory; return the paths."""
    contents = {file.path: file for file in project.files}
    changed = [path for path, _ in differences(project)]
    for path in changed:
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(contents[path].content)
    exemplar.sources.cache_clear()
    return changed


def outdated(project: Project, directory: Path) -> Iterator[Path]:
    """Yield the records of decisions that the project does not have: their numbers move with others."""
    made = {file.path for file in project.files}
    for record in sorted((directory / ADR_FOLDER).glob("*.md")):
        if record.relative_to(directory).as_posix() not in made:
            yield record


def main(arguments: Sequence[str]) -> int:
    """Rewrite the exemplar, or with ``--check`` only show what would change (exit status 1)."""
    base = exemplar_project()
    others = (own_files(other, base) for other in alternatives(exemplar_design()))
    status = 0
    if "--check" not in arguments:
        for record in outdated(base, exemplar.root()):
            record.unlink()
        exemplar.sources.cache_clear()
    for project in (base, *others):
        if "--check" not in arguments:
            sys.stdout.writelines(f"{path}\n" for path in rewrite(project, exemplar.root()))
            continue
        for _, diff in differences(project):
            sys.stdout.write(diff)
            status = 1
    return status


def _diff(path: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(keepends=True),
        after.splitlines(keepends=True),
        f"exemplar/{path}",
        f"built/{path}",
        n=2,
    )
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
