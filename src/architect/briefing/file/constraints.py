"""What a field's constraints must keep: they fit its kind, agree, and its default keeps them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from architect.briefing.file.problems import did_you_mean
from architect.briefing.file.shape import FieldShape
from architect.briefing.reserved import value_problem

_LENGTHS: Final = frozenset({"string", "text"})
_NUMBERS: Final = frozenset({"integer", "float", "decimal", "money"})
_APPLIES: Final = {
    "min_length": _LENGTHS,
    "max_length": _LENGTHS,
    "pattern": frozenset({"string"}),
    "minimum": _NUMBERS,
    "maximum": _NUMBERS,
    "max_digits": frozenset({"decimal"}),
    "decimal_places": frozenset({"decimal"}),
    "choices": frozenset({"enum"}),
    "references": frozenset({"reference"}),
}
_NOT_UNIQUE: Final = frozenset({"text", "json", "boolean"})
_NO_DEFAULT: Final = frozenset({"reference", "json", "uuid", "date", "datetime"})


@dataclass(frozen=True, slots=True)
class Problem:
    """A broken rule: at which constraint (and item of it), what is wrong, and how to mend it."""

    steps: tuple[str | int, ...]
    what: str
    mend: str


def problems(name: str, shape: FieldShape) -> Iterator[Problem]:
    """Yield the rules that a field breaks; ``name`` is the field's, with its entity's."""
    yield from _of_another_kind(name, shape)
    yield from _missing(name, shape)
    yield from _contradictions(name, shape)
    yield from _choices(name, shape)
    if shape.pattern is not None and not _compiles(shape.pattern):
        what = f"the pattern of {name} is no regular expression"
        yield Problem(("pattern",), what, "mend the regular expression")
    mistake = _bad_default(shape)
    if mistake:
        yield Problem(("default",), f"the default of {name} is {shape.default!r}", mistake)


def a(kind: str) -> str:
    """Return a kind with its article."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _of_another_kind(name: str, shape: FieldShape) -> Iterator[Problem]:
    for constraint, kinds in _APPLIES.items():
        if getattr(shape, constraint) is not None and shape.kind not in kinds:
            what = f"{name} is {a(shape.kind)} and cannot have {constraint}"
            yield Problem((constraint,), what, f"it is for {', '.join(sorted(kinds))}")
    if shape.unique and shape.kind in _NOT_UNIQUE:
        yield Problem(("unique",), f"{name} is {a(shape.kind)} and cannot be unique", "remove `unique`")


def _missing(name: str, shape: FieldShape) -> Iterator[Problem]:
    if shape.kind == "enum" and not shape.choices:
        yield Problem((), f"{name} is an enum without choices", "add `choices: [...]`")
    if shape.kind == "reference" and not shape.references:
        yield Problem((), f"{name} is a reference to nothing", "add `references: Entity`")


def _contradictions(name: str, shape: FieldShape) -> Iterator[Problem]:
    pairs = (
        ("min_length", shape.min_length, "max_length", shape.max_length),
        ("minimum", shape.minimum, "maximum", shape.maximum),
        ("decimal_places", shape.decimal_places, "max_digits", shape.max_digits),
    )
    for low, below, high, above in pairs:
        if below is not None and above is not None and below > above:
            yield Problem((low,), f"{name} has {low} {below:g} above {high} {above:g}", "swap them")


def _choices(name: str, shape: FieldShape) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, choice in enumerate(shape.choices or ()):
        wrong = value_problem(choice) or ("is there twice" if choice in seen else None)
        if wrong:
            yield Problem(("choices", at), f"the choice {choice!r} of {name} {wrong}", "rename or remove it")
        seen.add(choice)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


def _bad_default(shape: FieldShape) -> str | None:
    """Return what a default must be, when it is not."""
    value, kind = shape.default, shape.kind
    if value is None:
        return None
    if kind in _NO_DEFAULT:
        return f"{a(kind)} cannot have a default"
    if kind == "enum":
        choices = shape.choices or ()
        return None if value in choices else did_you_mean(str(value), choices)
    if kind == "boolean":
        return None if isinstance(value, bool) else "write true or false"
    return _bad_number(value, kind) if kind in _NUMBERS else _bad_text(value, shape)


def _bad_number(value: object, kind: str) -> str | None:
    whole = kind == "integer"
    if isinstance(value, bool) or (whole and not isinstance(value, int)):
        return "write a whole number" if whole else "write a number"
    try:
        float(str(value))
    except ValueError:
        return "write a number"
    return None


def _bad_text(value: object, shape: FieldShape) -> str | None:
    if not isinstance(value, str):
        return "write text, in quotes"
    if shape.max_length is not None and len(value) > shape.max_length:
        return f"it is longer than {shape.max_length} characters"
    return None
