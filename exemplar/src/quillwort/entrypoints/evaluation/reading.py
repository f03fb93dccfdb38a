"""Reads what an evaluation works on: a folder of documents, and a file of judged questions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from quillwort.adapters.loaders.factory import LOADERS
from quillwort.assistant.corpus import Kept
from quillwort.assistant.evaluation.judged import Judged, Malformed, read_judged
from quillwort.assistant.evaluation.retrieval import Standing, standing
from quillwort.assistant.loading import Loaded, LoadLimits, Unreadable, read

SHIPPED: Final = Path("evaluation")
"""The documents and questions that come with the project."""
DOCUMENTS: Final = SHIPPED / "documents"


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


def asked(folder: Path, named: Path | None) -> tuple[Judged, ...]:
    """Return the questions of the file that is named; else the shipped ones, of their own folder.

    Raises:
        EvaluationError: when it cannot be read, or none is named for another folder.
    """
    if named is None and folder.resolve() != DOCUMENTS.resolve():
        raise EvaluationError(
            f"{folder}: the shipped questions are about other documents; name questions of these "
            f"(--questions FILE), or begin with {_proposing(folder)}"
        )
    return questions(named or SHIPPED / "questions.toml")


def still_judged(folder: Path, questions: Iterable[Judged], passages: Iterable[Kept]) -> Standing:
    """Return what still holds of the questions about a folder's passages.

    Raises:
        EvaluationError: when searches cannot be measured by any.
    """
    judged = tuple(questions)
    left = standing(judged, [(each.name, each.chunk.text) for each in passages])
    if any(each.counts for each in left.questions):
        return left
    lost, unseen = sum(each.counts for each in judged), sum(each.proposed for each in judged)
    reasons = [f"{lost} no longer judged, the first: {left.stale[0]}"] if lost else []
    reasons += [f"{unseen} only proposed, until `proposed = true` is removed"] if unseen else []
    raise EvaluationError(
        f"no judged question has an answer in {folder}"
        f"{''.join(f'; {each}' for each in reasons)}: judge some, name the documents that they are "
        f"about (--documents DIR), or begin with {_proposing(folder)}"
    )


def _proposing(folder: Path) -> str:
    return f'make evaluate ARGS="propose --documents {folder}"'
