"""Where each decision would turn: numbers by bisection, names by trying them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from architect.design.assistant import wants_assistant
from architect.design.engine import choices
from architect.design.paths import INTERFACES, held_at, shown, told
from architect.design.search import bisected, rounded
from architect.design.tables import Tables, shipped
from architect.model.brief import Brief
from architect.model.decision import Decision, FlipPoint
from architect.model.design import Design
from architect.model.errors import InputError

BECAUSE: Final = "what if"
NUMBERS_EACH: Final = 2
NAMES_EACH: Final = 2

Choose = Callable[[float], Mapping[str, str]]


def _doubling(least: float, most: float, factor: float = 2) -> tuple[float, ...]:
    values = [least]
    while values[-1] < most:
        values.append(values[-1] * factor)
    return tuple(values)


LADDERS: Final[Mapping[str, tuple[float, ...]]] = {
    "load.requests_per_second": _doubling(0.1, 500_000),
    "load.read_share": (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1.0),
    "load.concurrent_users": (0.0, *_doubling(1, 4_000_000)),
    "load.latency.milliseconds": _doubling(1, 4000),
    "load.availability": (90.0, 95.0, 98.0, 99.0, 99.5, 99.8, 99.9, 99.93, 99.95, 99.97, 99.99, 99.999),
    "data.records": _doubling(100, 1e10),
    "data.gigabytes": _doubling(0.1, 100_000),
    "deployment.regions": (1.0, 2.0, 3.0),
    "team.developers": (1.0, 2.0, 3.0, 5.0, 8.0, 16.0, 50.0),
    "budget.infrastructure_usd_per_month": _doubling(5, 20_000),
}
"""The values of each number between which a change is looked for."""

ASSISTANT_LADDERS: Final[Mapping[str, tuple[float, ...]]] = {
    "assistant.documents": _doubling(10, 1e9, 4),
    "assistant.pages_per_document": _doubling(0.1, 5000, 4),
    "assistant.changes_per_day": _doubling(1, 1e8, 4),
    "assistant.searchable_within_minutes": _doubling(0.1, 10_000, 4),
    "assistant.questions_per_day": _doubling(1, 1e7, 4),
    "assistant.first_token_milliseconds": _doubling(50, 100_000, 1.6),
    "assistant.quality": (0.5, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95),
    "budget.llm_usd_per_month": _doubling(1, 300_000, 4),
}
"""The same for what is asked of an assistant, where one is wanted."""

WEIGHTIEST: Final = ("load.requests_per_second", "load.concurrent_users", "load.availability")
"""Numbers that are tried again with a wish left out."""

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "security.tenancy": ("single", "multi"),
    INTERFACES: ("rest", "grpc", "rest, grpc", "rest, events"),
    "workflows": ("checkout",),
    "deployment.target": ("kubernetes", "compose", "vm", "serverless"),
    "deployment.cloud": ("aws", "gcp", "azure", "hetzner", "on_premises"),
    "security.authentication": ("jwt", "oidc", "api_key", "mtls", "none"),
    "team.knows": ("postgresql", "mysql", "mongodb", "kubernetes", "litestar", "flask", "django"),
    "prefer.framework": ("fastapi", "litestar", "flask", "django"),
    "prefer.database": ("postgresql", "mysql", "mongodb", "sqlite", "dynamodb"),
    "prefer.cache": ("none", "http", "redis"),
    "prefer.broker": ("nats", "rabbitmq", "kafka"),
}
"""Names that are tried, those that say most about the world first, plain wishes last."""

ASSISTANT_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "assistant.data_stays": ("anywhere", "eu", "own_servers"),
    "assistant.access": ("everyone", "groups"),
    "assistant.languages": ("en", "de", "en, de"),
    "assistant.formats": ("pdf", "text"),
    "integrations": ("vectors:qdrant", "search:opensearch"),
    "prefer.answer_cache": ("semantic_guarded", "exact", "none"),
    "prefer.vector_store": ("pgvector", "sqlite", "qdrant"),
    "prefer.embedding_model": ("all-minilm-l6-v2", "multilingual-e5-small", "text-embedding-3-small"),
    "prefer.language_model": ("gpt-4.1", "mistral-small", "llama-3.1-8b", "extractive"),
}
"""The same for an assistant, where one is wanted."""


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Between ``near`` and ``far`` a decision changes."""

    path: str
    near: float
    far: float
    distance: float


def with_flip_points(design: Design, tables: Tables | None = None) -> Design:
    """Return the design with the nearest flip points of every decision, or why it has none."""
    known = tables or shipped()
    present = {decision.name: decision.choice for decision in design.decisions}
    assistant = wants_assistant(design.brief)
    ladders = {**LADDERS, **ASSISTANT_LADDERS} if assistant else LADDERS
    brackets = _brackets(design.brief, known, ladders, present)
    named = list(_named(design, known))
    decisions = []
    for decision in design.decisions:
        nearest = _nearest(brackets.get(decision.name, []))[:NUMBERS_EACH]
        flips = _by_number(design.brief, known, decision, nearest, "")
        wish = _wish_path(decision)
        if wish and not flips:
            flips = _without_wish(design.brief, known, decision, wish)
        by_name = [flip for name, flip in named if name == decision.name]
        flips = (*flips, *_first(by_name, decision))
        if not flips:
            flips = _avoiding(design.brief, known, decision)
        decisions.append(replace(decision, flips=flips, unflipped="" if flips else _why(decision)))
    return replace(design, decisions=tuple(decisions))


def moved(brief: Brief, flip: FlipPoint) -> Brief:
    """Return the brief with a flip point's value in place, and without the wish that stands against it."""
    changed = brief.put(flip.without, None) if flip.without else brief
    return changed.put(flip.path, told(flip.path, flip.at, BECAUSE))


def _wish_path(decision: Decision) -> str:
    return decision.wish.wished.rpartition(": ")[0] if decision.wish else ""


def _chooser(brief: Brief, tables: Tables, path: str) -> Choose:
    memo: dict[float, Mapping[str, str]] = {}

    def choose(value: float) -> Mapping[str, str]:
        if value not in memo:
            memo[value] = _chosen(brief.put(path, told(path, value, BECAUSE)), tables)
        return memo[value]

    return choose


def _chosen(brief: Brief, tables: Tables) -> Mapping[str, str]:
    try:
        return choices(brief, tables)
    except InputError:
        return {}


def _brackets(
    brief: Brief, tables: Tables, ladders: Mapping[str, tuple[float, ...]], present: Mapping[str, str]
) -> dict[str, list[_Bracket]]:
    """Return where each decision of ``present`` changes along each ladder, nearest on each side."""
    found: dict[str, list[_Bracket]] = {}
    for path, ladder in ladders.items():
        now = brief.number(path)
        choose = _chooser(brief, tables, path)
        start = ladder[-1] if now is None else now
        for values in (
            [value for value in ladder if value > start],
            [value for value in reversed(ladder) if value < start],
        ):
            for name, bracket in _changes(choose, present, path, start, values):
                found.setdefault(name, []).append(bracket)
    return found


def _changes(
    choose: Choose, present: Mapping[str, str], path: str, start: float, values: list[float]
) -> Iterator[tuple[str, _Bracket]]:
    pending = set(present)
    near = start
    for steps, far in enumerate(values):
        if not pending:
            return
        then = choose(far)
        for name in sorted(pending):
            if name in then and then[name] != present[name]:
                pending.discard(name)
                yield name, _Bracket(path, near, far, steps)
        near = far


def _by_number(
    brief: Brief, tables: Tables, decision: Decision, brackets: list[_Bracket], without: str
) -> tuple[FlipPoint, ...]:
    return tuple(_bisected(brief, tables, decision, bracket, without) for bracket in brackets)


def _nearest(brackets: list[_Bracket]) -> list[_Bracket]:
    return sorted(brackets, key=lambda each: (each.distance, each.path))


def _bisected(brief: Brief, tables: Tables, decision: Decision, bracket: _Bracket, without: str) -> FlipPoint:
    """Return the flip point in a bracket: ``near`` keeps the present choice, ``far`` never does."""
    choose = _chooser(brief, tables, bracket.path)
    near, far = bracket.near, bracket.far
    present = choose(near)[decision.name]

    def flipped(value: float) -> bool:
        return choose(value).get(decision.name, present) != present

    near, far = bisected(bracket.path, near, far, flipped)
    at_value = rounded(bracket.path, far, away_from=near)
    if not flipped(at_value):
        at_value = far
    return FlipPoint(
        path=bracket.path,
        now=brief.number(bracket.path),
        at=at_value,
        direction="above" if far > near else "below",
        then=choose(at_value)[decision.name],
        without=without,
    )


def _without_wish(brief: Brief, tables: Tables, decision: Decision, wish: str) -> tuple[FlipPoint, ...]:
    """Return what would turn the decision if the wish that settled it were dropped."""
    free = brief.put(wish, None)
    if _chosen(free, tables).get(decision.name) != decision.choice:
        return ()
    ladders = {path: LADDERS[path] for path in WEIGHTIEST}
    brackets = _brackets(free, tables, ladders, {decision.name: decision.choice}).get(decision.name, [])
    return _by_number(free, tables, decision, _nearest(brackets)[:1], wish)


def _named(design: Design, tables: Tables) -> Iterator[tuple[str, FlipPoint]]:
    """Yield (decision, flip point) for every name that turns a decision."""
    present = {decision.name: decision.choice for decision in design.decisions}
    listed = {**NAMES, **ASSISTANT_NAMES} if wants_assistant(design.brief) else NAMES
    for path, names in listed.items():
        now = shown(held_at(design.brief, path))
        for name in names:
            then = _chosen(design.brief.put(path, told(path, name, BECAUSE)), tables)
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


def _avoiding(brief: Brief, tables: Tables, decision: Decision) -> tuple[FlipPoint, ...]:
    """Return what is taken when the choice is ruled out."""
    flip = FlipPoint("avoid", shown(brief.avoid), decision.choice, "is", "")
    then = _chosen(moved(brief, flip), tables).get(decision.name, decision.choice)
    return (replace(flip, then=then),) if then != decision.choice else ()


def _why(decision: Decision) -> str:
    others = "; ".join(
        f"{option.name} {option.infeasible or 'costs more'}"
        for option in decision.options
        if option.name != decision.choice
    )
    return f"no value of the brief that was tried changes it: {others}"
