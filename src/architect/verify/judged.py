"""Judged questions of a project, and the measures of what its search makes of them.

A project keeps them in ``evaluation/``: documents, and ``questions.toml`` which says for each question
the words that stand in the passages which answer it. Its owner's own stand in ``evaluation/own/`` likewise.
"""

import math
import random
import tomllib
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

DEPTH: Final = 10
_RESAMPLES: Final = 2000

SHIPPED: Final = Path("evaluation")
OWN: Final = SHIPPED / "own"


class UnreadableCollectionError(ValueError):
    """A file of questions that cannot be read; the message is one line."""


class _Judgement(TypedDict):
    document: str
    phrase: str


class _Question(TypedDict):
    ask: str
    found: list[_Judgement]


class _File(TypedDict):
    questions: list[dict[str, object]]


_FILE: Final = TypeAdapter(_File)
_QUESTION: Final = TypeAdapter(_Question)


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, and words that stand in each passage that answers it."""

    ask: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents by their names, and the questions that they answer.

    `stale` is how many questions were left out because no document that answered them is there any more.
    """

    documents: dict[str, bytes]
    questions: tuple[Judged, ...]
    stale: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over questions, and where 95 of 100 such means lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What a search made of a collection."""

    ndcg: Interval
    recall: Interval
    reciprocal_rank: Interval
    questions: int


def collection(directory: Path) -> Collection | None:
    """Return the documents and questions of a folder, those questions alone that something answers.

    None when there is no ``questions.toml``. Documents go and questions about them stay: no search can find
    what is gone, so such a judgement is left out. Words that a document no longer says are not noticed, for
    what a document says is the project's to read; `make evaluate` tells of them.

    Raises:
        UnreadableCollectionError: the file is no file of judged questions, or there are no documents, or none
            of those that questions are about.
    """
    path = directory / "questions.toml"
    if not path.is_file():
        return None
    try:
        entries = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))["questions"]
        kept = [_QUESTION.validate_python(each) for each in entries if each.get("proposed") is not True]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        message = f"{path.name}: {str(error).splitlines()[0]}"
        raise UnreadableCollectionError(message) from error
    root = directory / "documents"
    files = sorted(each for each in root.rglob("*") if each.is_file()) if root.is_dir() else []
    if not files:
        message = f"{root.name}: no documents there"
        raise UnreadableCollectionError(message)
    documents = {each.relative_to(root).as_posix(): each.read_bytes() for each in files}
    answerable = [each for each in kept if each["found"]]
    questions = tuple(judged for each in answerable if (judged := _still(each, documents)).phrases)
    if answerable and not questions:
        gone = answerable[0]["found"][0]["document"]
        message = f"{path.name}: {gone} is not among the documents, nor is any other that answers"
        raise UnreadableCollectionError(message)
    return Collection(documents, questions, len(answerable) - len(questions))


def measured(questions: Sequence[Judged], found: Sequence[Sequence[str]]) -> Measured:
    """Return the measures of what was found for each question: texts of passages, the best first."""
    marks = [_marked(question.phrases, texts) for question, texts in zip(questions, found, strict=True)]
    return Measured(
        ndcg=interval([_ndcg(*each) for each in marks]),
        recall=interval([sum(ranking) / wanted for ranking, wanted in marks]),
        reciprocal_rank=interval([_reciprocal_rank(ranking) for ranking, _ in marks]),
        questions=len(questions),
    )


def interval(values: Sequence[float], seed: int = 0) -> Interval:
    """Return the mean of some values with its 95% percentile bootstrap interval.

    Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13. No values give zeros.
    """
    if not values:
        return Interval(0.0, 0.0, 0.0)
    generator = random.Random(seed)  # noqa: S311 - a sample, not a secret
    means = sorted(
        math.fsum(generator.choices(values, k=len(values))) / len(values) for _ in range(_RESAMPLES)
    )
    return Interval(
        math.fsum(values) / len(values), means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]
    )


def _still(question: _Question, documents: Container[str]) -> Judged:
    return Judged(
        question["ask"], tuple(each["phrase"] for each in question["found"] if each["document"] in documents)
    )


def _marked(phrases: Sequence[str], texts: Sequence[str]) -> tuple[list[bool], int]:
    """Return which passages are wanted ones that none before was, and how many passages are wanted.

    A passage that holds several of the phrases is one wanted passage.
    """
    left, wanted = [_spaced(phrase) for phrase in phrases], len(phrases)
    ranking = []
    for text in texts[:DEPTH]:
        met = [phrase for phrase in left if phrase in _spaced(text)]
        ranking.append(bool(met))
        wanted -= max(len(met) - 1, 0)
        left = [phrase for phrase in left if phrase not in met]
    return ranking, wanted


def _ndcg(ranking: Sequence[bool], wanted: int) -> float:
    gained = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(ranking, 1) if hit)
    return gained / sum(1 / math.log2(rank + 1) for rank in range(1, min(wanted, DEPTH) + 1))


def _reciprocal_rank(ranking: Sequence[bool]) -> float:
    return next((1 / rank for rank, hit in enumerate(ranking, 1) if hit), 0.0)


def _spaced(text: str) -> str:
    return " ".join(text.split())
