"""From a validation error to one line: where, what, and did you mean."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from architect.briefing.file.source import Path, Source
from architect.model.errors import InputError

KeysAt: TypeAlias = Callable[[Path], Iterable[str]]

_TYPES: Final = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_BOUNDS: Final = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}
_PATTERNS: Final = (
    ("[A-Z]", "CamelCase, as in OrderLine"),
    ("(-", "small letters, digits and hyphens, as in order-desk"),
    ("(_", "small letters, digits and underscores, as in order_line"),
)


def raised(error: ValidationError, source: Source, keys: KeysAt) -> InputError:
    """Return the first problem as an InputError; the number of others stands behind it.

    Args:
        error: what validation found.
        source: where things stand.
        keys: tells the keys that a mapping at a path may have.
    """
    problems = error.errors(include_url=False)
    first = min(problems, key=lambda each: source.place(_path(each)))
    return _one(first, source, keys, len(problems) - 1)


def refused(source: Source, path: Path, what: str, mend: str, *, key: bool = False) -> InputError:
    """Return the error for a value (or key) that breaks a rule of meaning."""
    return InputError(what, where=source.where(path, key=key), mend=mend)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` or the choices when none is near."""
    known = list(choices)
    near = extractOne(word.lower(), known, scorer=OSA.normalized_similarity, score_cutoff=0.6)
    if near is not None:
        return f"did you mean {near[0]!r}?"
    return f"there are {', '.join(sorted(known))}" if known else "remove it"


def _path(problem: ErrorDetails) -> Path:
    return tuple(step for step in problem["loc"] if step != "[key]")


def _one(problem: ErrorDetails, source: Source, keys: KeysAt, others: int) -> InputError:
    path = _path(problem)
    kind = problem["type"]
    name = _named(path)
    is_key = kind == "extra_forbidden" or "[key]" in problem["loc"]
    what, mend = _said(problem, kind, name, path, keys)
    if others:
        mend = f"{mend} ({others} more {'problem' if others == 1 else 'problems'})"
    return refused(source, path, what, mend, key=is_key)


def _said(problem: ErrorDetails, kind: str, name: str, path: Path, keys: KeysAt) -> tuple[str, str]:
    """Return what is wrong and how to mend it."""
    if kind == "extra_forbidden":
        return f"unknown key {path[-1]!r}", did_you_mean(str(path[-1]), keys(path[:-1]))
    if kind == "missing":
        return f"{_named(path[:-1]) or 'the document'} has no {path[-1]!r}", "add it"
    given = problem.get("input")
    if kind == "literal_error":
        return f"{name} cannot be {_shown(given)}", did_you_mean(str(given), _choices(problem))
    if kind in _TYPES:
        return f"{name} is {_shown(given)} and must be {_TYPES[kind]}", f"write {_TYPES[kind]}"
    asked = _asked(problem, kind)
    return (
        (f"{name} is {_shown(given)}", asked)
        if asked
        else (f"{name}: {problem['msg'].lower()}", "mend it there")
    )


def _asked(problem: ErrorDetails, kind: str) -> str:
    """Return what a value out of its bounds, or in the wrong form, must be."""
    context = problem.get("ctx") or {}
    if kind in _BOUNDS:
        key, words = _BOUNDS[kind]
        return f"it must be {words} {context.get(key)}"
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        return (
            f"write it in {next((form for mark, form in _PATTERNS if mark in pattern), 'the form asked for')}"
        )
    return ""


def _choices(problem: ErrorDetails) -> list[str]:
    expected = str((problem.get("ctx") or {}).get("expected", ""))
    return [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]


def _named(path: Path) -> str:
    """Return a path as it is written: ``services[0].entities.Order``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "empty"
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - one line
