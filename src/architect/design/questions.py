"""The questions worth asking: those of which two plausible answers give different designs.

Nothing here knows which questions matter. Each unknown's plausible answers are designed for, the designs are
compared, and where two differ in a choice, or in size or cost beyond the tolerance, the unknown is asked.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2
from typing import Final

from architect.design.assistant_unknowns import unknowns_of
from architect.design.assumptions import complete, without_assumed
from architect.design.engine import Outline, outline
from architect.design.paths import SEPARATOR, Held, held_at, shown, told
from architect.design.rule import DECISIONS
from architect.design.search import bisected, rounded
from architect.design.tables import Tables, shipped
from architect.design.unknowns import Unknown, Value
from architect.model.brief import Brief
from architect.model.errors import InputError
from architect.model.fact import Fact
from architect.model.question import Effect, NotAsked, Question, Questions

BECAUSE: Final = "answered"
NOT_NEEDED: Final = "not needed"
"""What is told of a decision that an answer does away with."""
BOOLEANS: Final = {"true": True, "false": False}
YES_OR_NO: Final = frozenset({"security.personal_data", "assistant.streaming"})

Change = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Answer:
    label: str
    held: Held
    outline: Outline | None
    """None where this answer contradicts the brief."""


def questions(brief: Brief, tables: Tables | None = None, settled: Collection[str] = ()) -> Questions:
    """Return what is worth asking, weightiest first, and what is not.

    Args:
        brief: what is known; an assumed value counts as unknown.
        tables: constants and prices; the shipped ones when left out.
        settled: paths that were answered with nothing ("none", "no limit") and are not asked again.

    Raises:
        InputError: the brief contradicts itself.
    """
    known = tables or shipped()
    stated = without_assumed(brief)
    present = outline(stated, known)
    whole = complete(stated, known)
    asked: list[Question] = []
    spared: list[NotAsked] = []
    for unknown in unknowns_of(brief):
        if unknown.path in settled or held_at(stated, unknown.path):
            continue
        recommended = _recommended(unknown, whole, present)
        answers = list(_answers(unknown, stated, known, recommended))
        found = _question(unknown, stated, known, recommended, answers)
        if isinstance(found, Question):
            asked.append(found)
        else:
            spared.append(found)
    asked.sort(key=lambda question: (-question.weight, question.path))
    return Questions(tuple(asked), tuple(spared))


def differences(one: Outline, other: Outline, tables: Tables) -> tuple[Change, ...]:
    """Return (what, from, to) for every choice that differs, and for size and cost beyond the tolerance."""
    changes = [
        (name, choice, other.choices.get(name, NOT_NEEDED))
        for name, choice in one.choices.items()
        if choice != other.choices.get(name)
    ]
    changes += [(name, NOT_NEEDED, made) for name, made in other.choices.items() if name not in one.choices]
    if _apart(one.processes, other.processes, tables):
        changes.append(("processes", str(one.processes), str(other.processes)))
    dear = abs(one.monthly_usd - other.monthly_usd) > tables.number("tolerance.usd")
    if dear and _apart(one.monthly_usd, other.monthly_usd, tables):
        changes.append(("USD a month", f"{one.monthly_usd:,.0f}", f"{other.monthly_usd:,.0f}"))
    return tuple(changes)


def _apart(one: float, other: float, tables: Tables) -> bool:
    return max(one, other) > min(one, other) * (1 + tables.number("tolerance.relative"))


SETTLED_BY: Final[Mapping[str, str]] = {
    "deployment.target": "deployment",
    "security.authentication": "identity",
    "services[].interfaces": "interface_style",
}
"""Unknowns that a decision settles when nobody does: its choice is the recommended answer."""


def _recommended(unknown: Unknown, whole: Brief, present: Outline) -> _Answer:
    """Return the answer that is taken when nobody gives one."""
    decision = SETTLED_BY.get(unknown.path)
    if decision:
        choice = present.choices[decision]
        value: Value = ("rest", "grpc") if choice == "both" else choice
        label = next((name for name, each in unknown.answers.items() if each in (value, (value,))), choice)
        reason = f"what the numbers give when nobody asks for another ({decision})"
        return _Answer(label, _assumed(unknown.path, value, reason), present)
    held = held_at(whole, unknown.path)
    if not held:
        return _Answer(unknown.unset, (), present)
    plain = shown(held)
    label = next((name for name, each in unknown.answers.items() if _same(each, plain)), "")
    if not label:
        label = f"{plain:,.10g}" if isinstance(plain, float | int) else str(plain)
    return _Answer(label, held, present)


def _same(value: Value, plain: float | str | None) -> bool:
    if isinstance(plain, str):
        return plain.lower() == (value.lower() if isinstance(value, str) else _joined(value))
    return value == plain


def _joined(value: Value) -> str:
    return SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def _assumed(path: str, value: Value, reason: str) -> Held:
    held = told(path, value, reason)
    if isinstance(held, tuple):
        return tuple(Fact(fact.value, "assumed", reason) for fact in held)
    return Fact(held.value, "assumed", reason)


def _answers(unknown: Unknown, brief: Brief, tables: Tables, recommended: _Answer) -> Iterator[_Answer]:
    """Yield the recommended answer and every other plausible one, each with its outline."""
    yield recommended
    for label, value in unknown.answers.items():
        if label == recommended.label:
            continue
        held = _held(unknown.path, value)
        try:
            yield _Answer(label, held, outline(brief.put(unknown.path, held), tables))
        except InputError:
            yield _Answer(label, held, None)


def _held(path: str, value: Value) -> Held:
    if path in YES_OR_NO:
        return Fact(BOOLEANS[str(value)], "stated", BECAUSE)
    return told(path, value, BECAUSE)


def _question(
    unknown: Unknown, brief: Brief, tables: Tables, recommended: _Answer, answers: Sequence[_Answer]
) -> Question | NotAsked:
    possible = [(each, each.outline) for each in answers if each.outline]
    differing = any(differences(one, other, tables) for (_, one), (_, other) in combinations(possible, 2))
    if not differing:
        labels = ", ".join(each.label for each, _ in possible)
        reason = f"no effect: with {labels} every choice stays, and size and cost within the tolerance"
        return NotAsked(unknown.path, recommended.label, reason)
    base = possible[0][1]
    effects = tuple(
        Effect(each.label, each.held, differences(base, found, tables)) for each, found in possible
    )
    return Question(
        path=unknown.path,
        text=unknown.text,
        recommended=recommended.label,
        effects=effects,
        because=_because(unknown, brief, tables, recommended, possible),
        weight=_weight(effects, possible, tables),
    )


def _weight(effects: Sequence[Effect], possible: Sequence[tuple[_Answer, Outline]], tables: Tables) -> float:
    """Return the hours that a wrong guess costs to undo, on average over the answers.

    A changed choice counts its hours to undo; size and cost count by the powers of two between them.
    """
    hours = 0.0
    base = possible[0][1]
    for effect, (_, found) in zip(effects, possible, strict=True):
        for name, _, _ in effect.changes:
            if name in base.choices:
                hours += _dearness(name, tables)
        ratio = max(found.monthly_usd, 1.0) / max(base.monthly_usd, 1.0)
        hours += abs(log2(ratio)) * tables.number("undo.sizing")
    return round(hours / max(1, len(effects) - 1), 1)


def _because(
    unknown: Unknown,
    brief: Brief,
    tables: Tables,
    recommended: _Answer,
    possible: Sequence[tuple[_Answer, Outline]],
) -> str:
    """Return where it turns, in words: the dearest change, by bisection where the unknown is a number."""
    base = possible[0][1]
    dearest, changed, change = None, None, ("", "", "")
    most = -1.0
    for each, found in possible[1:]:
        for found_change in differences(base, found, tables):
            dear = _dearness(found_change[0], tables)
            if dear > most:
                most, dearest, changed, change = dear, each, found, found_change
    if dearest is None or changed is None:
        (one, first), (other, second) = _furthest(possible, tables)
        what, before, after = differences(first, second, tables)[0]
        return f"{one.label} and {other.label} differ: {what} {before} or {after}"
    title = _title(change[0])
    now, far = shown(recommended.held), shown(dearest.held)
    if unknown.unit and isinstance(far, float | int):
        return _turning(
            unknown,
            lambda value: outline(brief.put(unknown.path, _held(unknown.path, value)), tables),
            now,
            float(far),
            change,
        )
    return f"with {dearest.label}, {title} changes from {change[1]} to {change[2]}"


def _furthest(
    possible: Sequence[tuple[_Answer, Outline]], tables: Tables
) -> tuple[tuple[_Answer, Outline], tuple[_Answer, Outline]]:
    return next(pair for pair in combinations(possible, 2) if differences(pair[0][1], pair[1][1], tables))


def _dearness(name: str, tables: Tables) -> float:
    """Return the hours to undo a change; a decision that nobody estimated counts as a change of size."""
    return tables.constants.get(f"undo.{name}", tables.constants["undo.sizing"]).value


def _title(name: str) -> str:
    rules = DECISIONS.items()
    if name in rules:
        title = rules[name].title
        return f"the {title[0].lower()}{title[1:]}"
    return f"the number of {name}" if name == "processes" else "the cost in USD a month"


def _turning(
    unknown: Unknown,
    designed: Callable[[Value], Outline],
    now: float | str | None,
    far: float,
    change: Change,
) -> str:
    """Return "at 3,400 requests/s or more the cache changes from none to redis", the number by bisection."""
    what, before, after = change
    title = _title(what)
    if what not in DECISIONS.items():
        return f"at {far:,.10g} {unknown.unit} {title} is {after} instead of {before}"
    near = float(now) if isinstance(now, float | int) else _beyond(unknown)

    def chosen(value: float) -> str:
        return designed(value).choices[what]

    start = near
    near, far = bisected(unknown.path, near, far, lambda value: chosen(value) != before)
    side = "more" if far > start else "less"
    turns = rounded(unknown.path, far, away_from=near)
    turns = far if chosen(turns) == before else turns
    return f"at {turns:,.10g} {unknown.unit} or {side} {title} changes from {before} to {chosen(turns)}"


def _beyond(unknown: Unknown) -> float:
    """Return a number larger than every answer: what no limit means."""
    return 4 * max(value for value in unknown.answers.values() if isinstance(value, float | int))
