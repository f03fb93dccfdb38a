"""Judged questions: what people ask, and the passages that answer it, in a TOML file.

    [[questions]]
    ask = "May I keep a cat?"
    kind = "meaning"
    found = [{ document = "lease.md", phrase = "Cats may live in the flat" }]

A judgement names a document, and words that stand in the passage as they are: it holds however the
document is cut. `found = []` says that nothing answers. `kind` groups questions in a report.
`proposed = true` marks one that nobody has looked at; it does not count until the mark is removed.
"""

import json
import tomllib
from collections.abc import Iterable, Sequence
from typing import Final, Self

from pydantic import ConfigDict, TypeAdapter, ValidationError, model_validator
from pydantic.dataclasses import dataclass

_CONFIG: Final = ConfigDict(extra="forbid", strict=False)


class Malformed(ValueError):
    """A file is no file of judged questions; the message is one line."""


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Judgement:
    """A passage that answers: the name of its document, and words that stand in it."""

    document: str
    phrase: str

    @model_validator(mode="after")
    def _said(self) -> Self:
        if not self.document.strip() or not self.phrase.strip():
            raise ValueError("a judgement needs a document and a phrase")
        return self

    def met(self, document: str, text: str) -> bool:
        """Whether a passage of that document is the one; white space counts as one space."""
        return document == self.document and _spaced(self.phrase) in _spaced(text)


@dataclass(frozen=True, slots=True, config=_CONFIG)
class Judged:
    """A question, and what it should find; nothing when nothing answers it."""

    ask: str
    found: tuple[Judgement, ...]
    kind: str = ""
    proposed: bool = False

    @model_validator(mode="after")
    def _said(self) -> Self:
        if not self.ask.strip():
            raise ValueError("a question needs words")
        return self

    @property
    def answerable(self) -> bool:
        """Whether something answers it."""
        return bool(self.found)

    @property
    def counts(self) -> bool:
        """Whether searches are measured by it: something answers it, and somebody has said so."""
        return self.answerable and not self.proposed


@dataclass(frozen=True, slots=True)
class Marked:
    """A ranking: for each passage whether it is a wanted one that none before it was.

    `wanted` is how many passages should have been found.
    """

    marks: tuple[bool, ...]
    wanted: int


@dataclass(frozen=True, slots=True, config=_CONFIG)
class _File:
    questions: tuple[Judged, ...]


_FILE: Final = TypeAdapter(_File)


def read_judged(text: str) -> tuple[Judged, ...]:
    """Return the questions of a file.

    Raises:
        Malformed: naming what is wrong, and where.
    """
    try:
        return _FILE.validate_python(tomllib.loads(text)).questions
    except tomllib.TOMLDecodeError as error:
        raise Malformed(f"no TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Malformed(f"{where}: {first['msg']}") from error


def written(questions: Iterable[Judged]) -> str:
    """Return the text of a file that is read as these questions."""
    return "\n".join(_entry(question) for question in questions)


def marked(wanted: Sequence[Judgement], passages: Iterable[tuple[str, str]]) -> Marked:
    """Return what a ranking is worth; a passage is the name of its document and its text.

    A passage that meets several judgements at once is one wanted passage, not several.
    """
    left = list(wanted)
    marks, passages_wanted = [], len(left)
    for document, text in passages:
        met = [judgement for judgement in left if judgement.met(document, text)]
        marks.append(bool(met))
        passages_wanted -= max(len(met) - 1, 0)
        left = [judgement for judgement in left if judgement not in met]
    return Marked(tuple(marks), passages_wanted)


def _entry(question: Judged) -> str:
    lines = ["[[questions]]", f"ask = {_string(question.ask)}"]
    if question.kind:
        lines.append(f"kind = {_string(question.kind)}")
    if question.proposed:
        lines.append("proposed = true")
    judgements = ", ".join(
        f"{{document = {_string(each.document)}, phrase = {_string(each.phrase)}}}"
        for each in question.found
    )
    return "\n".join([*lines, f"found = [{judgements}]", ""])


def _string(text: str) -> str:
    # A JSON string is a TOML one but for the character that TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _spaced(text: str) -> str:
    return " ".join(text.split())
