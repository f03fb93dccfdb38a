"""Reads what an evaluation works on: a folder of documents, and a file of judged questions."""

from pathlib import Path
from typing import Final

from quillwort.adapters.loaders.factory import LOADERS
from quillwort.assistant.evaluation.judged import Judged, Malformed, read_judged
from quillwort.assistant.loading import Loaded, LoadLimits, Unreadable, read

SHIPPED: Final = Path("evaluation")
"""The documents and questions that come with the project."""


class EvaluationError(Exception):
    """It cannot be evaluated; the message is one line that says what to do instead."""


def documents(folder: Path) -> dict[str, Loaded]:
    """Return every document below a folder, by its path there.

    Raises:
        EvaluationError: when there is none, or one that cannot be read.
    """
    found: dict[str, Loaded] = {}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = read(name, path.read_bytes(), LOADERS, LoadLimits())
        except Unreadable as error:
            raise EvaluationError(f"{path}: {error}; leave it out of the folder") from error
    if not found:
        raise EvaluationError(f"{folder}: no documents there; name a folder: --documents DIR")
    return found


def questions(path: Path) -> tuple[Judged, ...]:
    """Return the questions of a file.

    Raises:
        EvaluationError: when it cannot be read.
    """
    try:
        return read_judged(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvaluationError(f"{path}: no such file; name one: --questions FILE") from error
    except (Malformed, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: {error}") from error
