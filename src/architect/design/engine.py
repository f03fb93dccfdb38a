"""Brief in, design out: pure, deterministic, a millisecond or two."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from architect.design.assumptions import complete
from architect.design.case import Case, provider_of
from architect.design.contradictions import of_brief
from architect.design.diagram import components_of, links_of
from architect.design.needs import read_needs
from architect.design.order import in_order
from architect.design.rule import Rule, Wished, infrastructure
from architect.design.sizing.providers import providers_usd
from architect.design.sizing.size import size
from architect.design.tables import Tables, shipped
from architect.model.brief import Brief
from architect.model.decision import Decision, Option, Wish
from architect.model.design import Design
from architect.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Outline:
    """What two designs are compared by: choices, worker processes, USD a month with providers of models."""

    choices: Mapping[str, str]
    processes: int
    monthly_usd: float


@dataclass(frozen=True, slots=True)
class _Settled:
    """How one decision was made: what the numbers say (``own``), what was taken, the wish that took it."""

    name: str
    rule: Rule
    case: Case
    options: tuple[Option, ...]
    own: Option
    choice: Option
    wished: Wished | None


def design(brief: Brief, tables: Tables | None = None) -> Design:
    """Return the design of a brief, without flip points.

    Args:
        brief: what is wanted; what the design needs and nobody said is assumed.
        tables: constants, calibration and prices; the shipped ones when left out.

    Raises:
        InputError: a number of the brief cannot be, or its wishes contradict one another.
    """
    whole, settled = _settled(brief, tables or shipped())
    decisions: list[Decision] = []
    warnings = list(of_brief(whole))
    for each in settled:
        decision, told = _described(each)
        decisions.append(decision)
        warnings.extend(told)
    sizing, unmet = size(whole)
    return Design(
        brief=whole.brief,
        decisions=tuple(decisions),
        sizing=sizing,
        components=components_of(whole),
        links=links_of(whole),
        warnings=(*warnings, *unmet),
    )


def choices(brief: Brief, tables: Tables | None = None) -> dict[str, str]:
    """Return the choices alone, by decision: what flip points are searched with.

    Raises:
        InputError: as ``design``.
    """
    return dict(_settled(brief, tables or shipped())[0].chosen)


def outline(brief: Brief, tables: Tables | None = None) -> Outline:
    """Return choices and the sizing's outcome: what answers are compared by.

    Raises:
        InputError: as ``design``.
    """
    whole, _ = _settled(brief, tables or shipped())
    sizing, _ = size(whole)
    usd = sizing.monthly_usd + providers_usd(whole)
    return Outline(dict(whole.chosen), sizing.replicas * sizing.workers_per_replica, usd)


def _settled(brief: Brief, tables: Tables) -> tuple[Case, list[_Settled]]:
    """Return the case with every choice made, and how each was made."""
    whole = complete(brief, tables)
    needs = read_needs(whole)
    provider = provider_of(needs.cloud, tables)
    chosen: dict[str, str] = {}
    spent = 0.0
    settled = []
    for name, rule in in_order():
        if rule.applies is not None and not rule.applies(whole):
            continue
        seen = {read: chosen[read] for read in rule.reads if read in chosen}
        made = _choose(name, rule, Case(whole, needs, tables, provider, seen, spent))
        settled.append(made)
        chosen[name] = made.choice.name
        spent += max(0.0, infrastructure(made.choice))
    return Case(whole, needs, tables, provider, chosen, spent), settled


def _choose(name: str, rule: Rule, case: Case) -> _Settled:
    wished = rule.wished(case.brief)
    options = _avoided(rule.title, rule.options(case), wished, case)
    own = _own_choice(options)
    if not wished:
        return _Settled(name, rule, case, options, own, own, None)
    options, asked = _with_wished(options, wished[0])
    return _Settled(name, rule, case, options, own, asked, wished[0])


def _described(made: _Settled) -> tuple[Decision, tuple[str, ...]]:
    """Return the decision in words, and its warnings."""
    rule, case, own, choice = made.rule, made.case, made.own, made.choice
    explained = rule.explain(case, choice.name)
    wish = None
    if made.wished and made.wished.fact.provenance != "assumed":
        wish = Wish(f"{made.wished.path}: {choice.name}", own.name, _cost(choice, own))
    decision = Decision(
        name=made.name,
        title=rule.title,
        context=rule.context(case),
        options=made.options,
        choice=choice.name,
        drivers=explained.drivers,
        consequences=explained.consequences,
        confirmed_by=explained.confirmed_by,
        patterns=explained.patterns,
        libraries=explained.libraries,
        wish=wish,
    )
    return decision, (*_unmet(made), *explained.warnings)


def _unmet(made: _Settled) -> tuple[str, ...]:
    """Return the warning that a choice had to be taken although it cannot be had here."""
    choice, own = made.choice, made.own
    if choice.infeasible is None:
        return ()
    if made.wished is None:
        return (f"{made.rule.title}: nothing meets the brief; nearest is {choice.name}: {choice.infeasible}",)
    mend = f"; {own.name} would do" if own.infeasible is None else ""
    return (f"{made.wished.path} asks for {choice.name}: {choice.infeasible}{mend}",)


def _avoided(
    title: str, options: tuple[Option, ...], wished: tuple[Wished, ...], case: Case
) -> tuple[Option, ...]:
    """Return the options with those ruled out that the brief avoids."""
    avoid = case.needs.avoid
    if not avoid:
        return options
    if wished and wished[0].option in avoid:
        raise InputError(
            f"{wished[0].path} asks for {wished[0].option} and avoid rules it out",
            where="avoid",
            mend="drop one of them",
        )
    left = tuple(
        replace(option, infeasible="you asked to avoid it", forbidden=True)
        if option.name in avoid
        else option
        for option in options
    )
    if not wished and _feasible(options) and not _feasible(left):
        reasons = "; ".join(f"{option.name}: {option.infeasible}" for option in left)
        raise InputError(
            f"nothing is left for {title.lower()} ({reasons})", where="avoid", mend="allow one of these"
        )
    return left


def _feasible(options: tuple[Option, ...]) -> list[Option]:
    return [option for option in options if option.infeasible is None]


def _own_choice(options: tuple[Option, ...]) -> Option:
    """Return the best feasible option; where there is none the best that is allowed, which is then told."""
    allowed = [option for option in options if not option.forbidden]
    return max(_feasible(options) or allowed or options, key=lambda option: option.score)


def _with_wished(options: tuple[Option, ...], wished: Wished) -> tuple[tuple[Option, ...], Option]:
    """Return the options with the wished one among them, and that one."""
    for option in options:
        if option.name == wished.option:
            return options, option
    unknown = Option(
        name=wished.option,
        title=wished.option,
        gives=("you asked for it",),
        costs=("we have no figures for it: it is sized like the option we would have chosen",),
        score=min(option.score for option in options),
    )
    return (*options, unknown), unknown


def _cost(asked: Option, own: Option) -> str:
    if asked.name == own.name:
        return "nothing: it is our own choice too"
    if asked.infeasible:
        return f"{asked.infeasible}; {own.name} would not have that"
    more = own.score - asked.score
    if not asked.figures:
        return f"unknown: we have no figures for it; {own.name} is what we would have taken"
    return f"about {more:,.0f} USD a month more than {own.name}, hours of care included"
