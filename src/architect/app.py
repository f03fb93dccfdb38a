"""The verbs, each a few lines: every surface calls these and nothing below them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from architect.model.brief import Brief
from architect.model.design import Design
from architect.model.errors import InputError
from architect.model.event import OnEvent
from architect.model.project import Project
from architect.model.question import Questions
from architect.model.report import Report

if TYPE_CHECKING:
    from architect.design.tables import Tables  # a stage: imported when a verb runs it

MAXIMUM_INPUT_BYTES = 1024 * 1024
DOCUMENT_SUFFIXES = (".yaml", ".yml")


def brief(source: str) -> Brief:
    """Return what ``source`` (a sentence, a text file, or an ``architect.yaml``) wants.

    Stages are imported in the verbs, so that reading a brief does not wait for what builds one.

    Raises:
        InputError: nothing can be read there.
    """
    path = _file_named(source)
    if path is None:
        return _from_text(source)
    text = _contents(path)
    if path.suffix in DOCUMENT_SUFFIXES:
        from architect.briefing.document import read_document

        return read_document(text, str(path))
    return _from_text(text)


def document(known: Brief) -> str:
    """Return a brief as the text of an ``architect.yaml``."""
    from architect.briefing.document import write_document

    return write_document(known)


def complete(known: Brief) -> Brief:
    """Return the brief with every unknown that a design needs assumed, each with its reason."""
    from architect.design.assumptions import complete as assume

    return assume(known, _tables())


def questions(known: Brief) -> Questions:
    """Return the unknowns worth asking, weightiest first, and those that change nothing."""
    from architect.design.questions import questions as ask

    return ask(known, _tables())


def design(known: Brief) -> Design:
    """Return the design of a brief, each decision with its flip points."""
    from architect.design.engine import design as decide
    from architect.design.flips import with_flip_points

    tables = _tables()
    return with_flip_points(decide(known, tables), tables)


def markdown(settled: Design) -> str:
    """Return a design as one Markdown document: decision records, sizing, diagrams."""
    from architect.design.render import markdown as text

    return text(settled)


def build(settled: Design) -> Project:
    """Return the files of the designed system.

    Raises:
        InputError: the design rests on something that cannot be written yet.
    """
    from architect.build.engine import build as compose
    from architect.design.render import adr

    return compose(settled, document(settled.brief), adr(settled))


def write(project: Project, directory: Path, on_file: Callable[[str], None]) -> None:
    """Write a project into a directory that is empty or does not exist: all of it, or nothing.

    Raises:
        InputError: the directory is taken, or cannot be written.
    """
    from architect.build.write import write as put

    put(project, directory, on_file=on_file)


def verify(
    directory: Path, on_event: OnEvent, *, gates: Sequence[str] = (), checks: Sequence[str] = ()
) -> Report:
    """Run the gates on the project in ``directory``; names narrow them down, none means all.

    Raises:
        InputError: no project of ours stands there, or a gate or check is unknown.
    """
    import asyncio

    from architect.verify.run import verify as run_gates
    from architect.verify.subject import recorded_design, subject_of

    root = directory.resolve()
    wanted = complete(brief(str(_wish_of(root))))
    subject = subject_of(root, wanted, recorded_design(root, wanted))
    return asyncio.run(run_gates(subject, on_event, gates=gates, checks=checks))


def keep_report(report: Report, directory: Path) -> Path:
    """Write a report into the project's ``.architect/`` as Markdown and JSON; return the Markdown's path."""
    from architect.verify.report import markdown as text

    folder = directory / ".architect"
    folder.mkdir(exist_ok=True)
    (folder / "report.json").write_text(report_json(report) + "\n", encoding="utf-8")
    (folder / "report.md").write_text(text(report), encoding="utf-8")
    return folder / "report.md"


def report_json(report: Report) -> str:
    """Return a report as one JSON object; ``passed`` says whether every gate passed."""
    import json

    from architect.model.plain import plain

    return json.dumps({"passed": report.passed, "report": plain(report)}, indent=2, ensure_ascii=False)


def _tables() -> "Tables":
    """Return the constants of a design: the shipped ones, with a person's calibration and prices laid over.

    ``calibration.json`` is written by the load gate, ``prices.yaml`` by hand; both stand in
    ``$XDG_DATA_HOME/backend-architect`` (by default under ``~/.local/share``).
    """
    from architect.design.tables import load

    root = Path(os.environ.get("XDG_DATA_HOME", ""))
    folder = (root if root.is_absolute() else Path.home() / ".local" / "share") / "backend-architect"
    prices = folder / "prices.yaml"
    return load(calibration=folder / "calibration.json", prices=prices if prices.is_file() else None)


def _wish_of(root: Path) -> Path:
    document = root / "architect.yaml"
    if not document.is_file():
        mend = "name the directory of a project that 'architect build' wrote"
        raise InputError("no project of ours here (no architect.yaml)", where=str(root), mend=mend)
    return document


def _from_text(text: str) -> Brief:
    from architect.briefing.text import read_text

    return read_text(text)


def _file_named(source: str) -> Path | None:
    if not source or "\n" in source or "\0" in source or len(source) > 1024:  # noqa: PLR2004 - longer than any path
        return None
    path = Path(source)
    try:
        if path.is_file():
            return path
        if path.is_dir():
            raise InputError("is a directory, not a brief", where=source, mend="name the file in it")
    except OSError:
        return None
    if path.suffix in DOCUMENT_SUFFIXES and " " not in source:
        raise InputError("no such file", where=source, mend="check the path, or give the wish as a sentence")
    return None


def _contents(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAXIMUM_INPUT_BYTES:
            raise InputError(
                f"is {size:,} bytes and at most {MAXIMUM_INPUT_BYTES:,} are read",
                where=str(path),
                mend="give a shorter brief",
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 text (byte {error.start})", where=str(path), mend="save it as UTF-8 text"
        ) from error
    except OSError as error:
        raise InputError(error.strerror or "cannot be read", where=str(path)) from error
