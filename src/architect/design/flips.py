"""Where each decision would turn: numbers by bisection, names by trying them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from architect.design.assistant import wants_assistant
from architect.design.assumptions import without_assumed
from architect.design.ladders import ASSISTANT_LADDERS, ASSISTANT_NAMES, LADDERS, NAMES, UNSET, WEIGHTIEST
from architect.design.paths import held_at, shown, told
from architect.design.tables import Tables, shipped
from architect.design.turns import BECAUSE, Bracket, Tried, brackets, chosen, turn
from architect.model.brief import Brief
from architect.model.decision import Decision, FlipPoint
from architect.model.design import Design

NUMBERS_EACH: Final = 2
NAMES_EACH: Final = 2


def with_flip_points(design: Design, tables: Tables | None = None) -> Design:
    """Return the design with the nearest flip points of every decision, or why it has none.

    Each value is tried in the brief as it was stated and what is assumed follows from it, so that a flip
    point holds for whoever writes the value into the brief.
    """
    known = tables or shipped()
    present = {decision.name: decision.choice for decision in design.decisions}
    tried = Tried(_stated(design.brief, known, present), known)
    ladders = {**LADDERS, **ASSISTANT_LADDERS} if wants_assistant(design.brief) else LADDERS
    found = _brackets(tried, design.brief, ladders, present)
    named = list(_named(design, tried, present))
    decisions = []
    for decision in design.decisions:
        nearest = _nearest(found.get(decision.name, []))[:NUMBERS_EACH]
        flips = tuple(_by_number(tried, design.brief, decision, each, "") for each in nearest)
        wish = _wish_path(decision)
        if wish and not flips:
            flips = _without_wish(tried, design.brief, decision, wish)
        by_name = [flip for name, flip in named if name == decision.name]
        flips = (*flips, *_first(by_name, decision))
        if not flips:
            flips = _avoiding(tried, decision)
        decisions.append(replace(decision, flips=flips, unflipped="" if flips else _why(decision)))
    return replace(design, decisions=tuple(decisions))


def moved(brief: Brief, flip: FlipPoint) -> Brief:
    """Return a stated brief with a flip point's value in place, without the wish that stands against it."""
    changed = brief.put(flip.without, None) if flip.without else brief
    return changed.put(flip.path, told(flip.path, flip.at, BECAUSE))


def _wish_path(decision: Decision) -> str:
    return decision.wish.wished.rpartition(": ")[0] if decision.wish else ""


def _stated(brief: Brief, tables: Tables, present: Mapping[str, str]) -> Brief:
    """Return a completed brief as it was stated, or as it is where an assumption of it settles a choice.

    An assumption that was agreed to stays when a later answer would have it otherwise.
    """
    stated = without_assumed(brief)
    return stated if chosen(stated, tables) == present else brief


def _brackets(
    tried: Tried, whole: Brief, ladders: Mapping[str, tuple[float, ...]], present: Mapping[str, str]
) -> dict[str, list[Bracket]]:
    """Return where each decision of ``present`` turns along each ladder, nearest on each side."""
    found: dict[str, list[Bracket]] = {}
    for path, ladder in ladders.items():
        now = whole.number(path)
        start = UNSET[path] if now is None else now
        for name, bracket in brackets(tried, path, ladder, start, present):
            found.setdefault(name, []).append(bracket)
    return found


def _nearest(found: list[Bracket]) -> list[Bracket]:
    return sorted(found, key=lambda each: (each.distance, each.path))


def _by_number(tried: Tried, whole: Brief, decision: Decision, bracket: Bracket, without: str) -> FlipPoint:
    made = turn(tried, decision.name, decision.choice, bracket)
    return FlipPoint(
        path=bracket.path,
        now=whole.number(bracket.path),
        at=made.at,
        direction=made.direction,
        then=made.then,
        without=without,
        until=made.until,
    )


def _without_wish(tried: Tried, whole: Brief, decision: Decision, wish: str) -> tuple[FlipPoint, ...]:
    """Return what would turn the decision if the wish that settled it were dropped."""
    free = Tried(tried.brief.put(wish, None), tried.tables)
    if chosen(free.brief, free.tables).get(decision.name) != decision.choice:
        return ()
    ladders = {path: LADDERS[path] for path in WEIGHTIEST}
    found = _brackets(free, whole, ladders, {decision.name: decision.choice}).get(decision.name, [])
    return tuple(_by_number(free, whole, decision, each, wish) for each in _nearest(found)[:1])


def _named(design: Design, tried: Tried, present: Mapping[str, str]) -> Iterator[tuple[str, FlipPoint]]:
    """Yield (decision, flip point) for every name that turns a decision."""
    listed = {**NAMES, **ASSISTANT_NAMES} if wants_assistant(design.brief) else NAMES
    for path, names in listed.items():
        now = shown(held_at(design.brief, path))
        for name in names:
            then = chosen(tried.brief.put(path, told(path, name, BECAUSE)), tried.tables)
            for decision, choice in then.items():
                if choice != present.get(decision, choice):
                    yield decision, FlipPoint(path, now, name, "is", choice)


def _first(flips: list[FlipPoint], decision: Decision) -> tuple[FlipPoint, ...]:
    """Return the most telling names: one for each path, plain wishes last, our own choice before others."""
    wish, own = _wish_path(decision), decision.wish.would_have_chosen if decision.wish else ""
    seen: dict[str, FlipPoint] = {}
    for flip in sorted(
        flips, key=lambda each: (each.path == wish or each.path.startswith("prefer."), each.then != own)
    ):
        seen.setdefault(flip.path, flip)
    return tuple(seen.values())[:NAMES_EACH]


def _avoiding(tried: Tried, decision: Decision) -> tuple[FlipPoint, ...]:
    """Return what is taken when the choice is ruled out."""
    flip = FlipPoint("avoid", shown(tried.brief.avoid), decision.choice, "is", "")
    then = chosen(moved(tried.brief, flip), tried.tables).get(decision.name, decision.choice)
    return (replace(flip, then=then),) if then != decision.choice else ()


def _why(decision: Decision) -> str:
    others = "; ".join(
        f"{option.name} {option.infeasible or 'costs more'}"
        for option in decision.options
        if option.name != decision.choice
    )
    return f"no value of the brief that was tried changes it: {others}"
