"""What a decision is made of: a rule weighs options for a case and explains the choice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from architect.design.case import Case
from architect.model.brief import Brief
from architect.model.decision import Library, Option, Pattern
from architect.model.fact import Fact, Figure
from architect.registry import Registry


@dataclass(frozen=True, slots=True)
class Wished:
    """A value of the brief that asks for an option by name; ``path`` is the brief's dotted path."""

    option: str
    path: str
    fact: Fact[object]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the choice is what it is, and what it brings."""

    drivers: tuple[str, ...]
    consequences: tuple[str, ...]
    confirmed_by: str
    patterns: tuple[Pattern, ...] = ()
    libraries: tuple[Library, ...] = ()
    warnings: tuple[str, ...] = ()


def no_wish(_brief: Brief) -> tuple[Wished, ...]:
    """Return nothing: no value of the brief asks for an option of this decision."""
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One decision: add a file that adds a rule to ``DECISIONS``, and it is part of every design.

    ``reads`` names the decisions whose choices it reads; the engine makes those first, and shows it no
    others. ``context`` says what is to be settled in the numbers of the brief; ``options`` weighs every
    option, and of equal scores the first wins; ``explain`` says why the choice is what it is; ``wished``
    finds the values of the brief that ask for an option, the strongest first; ``applies`` tells whether the
    brief needs the decision at all, and None that every brief does.
    """

    title: str
    context: Callable[[Case], str]
    options: Callable[[Case], tuple[Option, ...]]
    explain: Callable[[Case, str], Explanation]
    reads: tuple[str, ...] = ()
    wished: Callable[[Brief], tuple[Wished, ...]] = no_wish
    applies: Callable[[Brief], bool] | None = None


DECISIONS: Final = Registry[Rule]("decision", "architect.design.decisions")


def wish_at(path: str) -> Callable[[Brief], tuple[Wished, ...]]:
    """Return what finds the wish at a path that holds one product or name."""

    def wished(brief: Brief) -> tuple[Wished, ...]:
        fact = brief.at(path)
        return (Wished(str(fact.value), path, fact),) if isinstance(fact, Fact) else ()

    return wished


def offer(  # noqa: PLR0913 # an option has that many parts, each named at the call
    case: Case,
    name: str,
    title: str,
    *,
    gives: tuple[str, ...],
    costs: tuple[str, ...],
    usd: float = 0.0,
    usd_from: str = "nothing to buy",
    hours: float = 0.0,
    figures: tuple[Figure, ...] = (),
    infeasible: str | None = None,
    forbidden: bool = False,
    written: bool = False,
) -> Option:
    """Return an option weighed in dollars a month: what is bought, what the budget lacks, people's hours.

    What this version cannot write costs the hours of writing it by hand besides.

    Args:
        case: the situation.
        name: the option's name.
        title: the option's title.
        gives: what it gives here.
        costs: what it costs here.
        usd: infrastructure in USD a month that this option adds.
        usd_from: how that was computed.
        hours: people's care in hours a month.
        figures: further figures of the option.
        infeasible: why it cannot be had here.
        forbidden: that is a limit which nothing else outweighs.
        written: this version writes it, and not what another decision has under the same name.
    """
    rate = case.number("people.hour_usd")
    by_hand = None if written else case.tables.constants.get(f"by_hand.{name}")
    told = "hours to look after it and to learn it, by our table of care"
    if by_hand:
        told = f"{told}; {by_hand.value:.0f} h of writing it, paid back over a year"
        hours += by_hand.value / case.number("people.learning_months")
        costs = (*costs, f"not written by this version: {by_hand.value:.0f} h by hand")
    over = 0.0
    if case.needs.budget is not None:
        over = max(0.0, case.spent + usd - case.needs.budget) * case.number("budget.overrun")
    return Option(
        name=name,
        title=title,
        gives=gives,
        costs=costs,
        figures=(
            Figure("infrastructure", round(usd, 2), "USD/month", "computed", usd_from),
            Figure(
                "care",
                round(hours, 2),
                "h/month",
                "assumed",
                told,
            ),
            *figures,
        ),
        score=-(usd + over + hours * rate),
        infeasible=infeasible,
        forbidden=forbidden,
    )


def charged(option: Option, usd: float, *figures: Figure) -> Option:
    """Return the option with money charged to it that is no infrastructure, in USD a month.

    Tokens are paid from another budget than machines, and a wrong answer costs whoever believes it.
    """
    return replace(option, score=option.score - usd, figures=(*option.figures, *figures))


def computed(name: str, value: float, unit: str, because: str) -> Figure:
    """Return a computed figure."""
    return Figure(name, value, unit, "computed", because)


def known(case: Case, name: str, constant: str) -> Figure:
    """Return a constant of the tables as a figure of an option, under its own source."""
    each = case.tables.constants[constant]
    return Figure(name, each.value, each.unit, each.source, each.because)


def infrastructure(option: Option) -> float:
    """Return what an option adds to the bill, in USD a month."""
    return next((figure.value for figure in option.figures if figure.name == "infrastructure"), 0.0)
