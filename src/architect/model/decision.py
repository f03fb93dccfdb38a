"""One thing settled: the options with what they cost and give, the choice, and where it would flip."""

from dataclasses import dataclass
from typing import Literal

from architect.model.fact import Figure


@dataclass(frozen=True, slots=True)
class Option:
    """A way that was weighed for this brief.

    ``score`` orders the feasible options (higher wins, unitless); ``infeasible`` says why it cannot
    be had here, and then it is never chosen unless it was wished for, or nothing can be had. One that
    is ``forbidden``, as by where the text may go, is not even the nearest then.
    """

    name: str
    title: str
    gives: tuple[str, ...]
    costs: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    score: float = 0.0
    infeasible: str | None = None
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class FlipPoint:
    """The nearest value of one quantity of the brief at which another option wins.

    ``path`` is the brief's dotted path; ``now`` is None when the value was not stated; ``at`` is the
    first value found by bisection that gives ``then`` (unit as in the brief). ``without`` is the path of
    the wish that must be dropped besides, for while it stands no number moves the choice. ``until`` is the
    last value that still gives ``then``, None where it holds as far as was tried.
    """

    path: str
    now: float | str | None
    at: float | str
    direction: Literal["above", "below", "is"]
    then: str
    without: str = ""
    until: float | None = None

    @property
    def sentence(self) -> str:
        """The flip point in words: ``load.requests_per_second at 3,400 or more (now 200): redis``."""
        known = f" (now {_written(self.now)})" if self.now is not None else ""
        wish = f", without {self.without}" if self.without else ""
        return f"{self.path} {self._where()}{known}{wish}: {self.then}"

    def _where(self) -> str:
        at = _written(self.at)
        if self.direction == "is":
            return f"is {at}"
        if self.until == self.at:
            return f"at {at}"
        if self.until is not None:
            return f"from {at} {'to' if self.direction == 'above' else 'down to'} {_written(self.until)}"
        return f"at {at} or {'more' if self.direction == 'above' else 'less'}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A design pattern that the choice brings into the code, and what it is for here."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Library:
    """A library that the choice brings, why this one, and the runner-up."""

    name: str
    why: str
    runner_up: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A `prefer` or `avoid` that settled the decision, and what it costs against the own choice."""

    wished: str
    would_have_chosen: str
    cost: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One settled thing of a design; ``choice`` is the name of one of ``options``."""

    name: str
    title: str
    context: str
    options: tuple[Option, ...]
    choice: str
    drivers: tuple[str, ...]
    consequences: tuple[str, ...]
    confirmed_by: str
    """The gate that checks it, and how, as ``gate: what it shows``."""
    patterns: tuple[Pattern, ...] = ()
    libraries: tuple[Library, ...] = ()
    wish: Wish | None = None
    flips: tuple[FlipPoint, ...] = ()
    unflipped: str = ""
    """Where flip points were searched and none was found: why nothing of the brief changes it."""

    @property
    def chosen(self) -> Option:
        """The chosen option."""
        return next(option for option in self.options if option.name == self.choice)


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:,.10g}"
