"""What holds when two write at once, and when a change concerns others."""

from math import exp
from typing import Final

from architect.design.case import Case, once
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.demand import shares
from architect.design.words import counted
from architect.model.decision import Option, Pattern
from architect.model.fact import Figure

LOCKING: Final = ("postgresql", "mysql")
"""Stores that lock rows and serialise transactions."""


@once
def conflict(case: Case) -> float:
    """Return the probability that another update of the same row falls between reading and writing it.

    Updates of one hot row are Poisson: 1 - exp(-rate x window).
    """
    updates = shares(case)["update"] * case.needs.rate
    hot = max(1.0, case.needs.records * case.number("conflict.hot_rows"))
    row = updates * case.number("conflict.hot_share") / hot
    return 1 - exp(-row * case.number("conflict.window_seconds"))


def _context(case: Case) -> str:
    needs = case.needs
    return (
        f"{shares(case)['update'] * needs.rate:,.1f} updates/s over {needs.records:,.0f} records; "
        f"{'others are told of changes' if case.choice('messaging') != 'none' else 'nobody else is told'}; "
        f"{counted(needs.workflows, 'workflow')} across services."
    )


def _options(case: Case) -> tuple[Option, ...]:
    return tuple(weigh(case) for weigh in (_optimistic, _row_locks, _serializable, _outbox, _saga))


def _tells(case: Case) -> bool:
    return case.choice("messaging") != "none"


def _lost(case: Case) -> str | None:
    return "an event could be lost between commit and publishing" if _tells(case) else None


def _unlocked(case: Case) -> str | None:
    store = case.choice("datastore")
    return None if store in LOCKING else f"{store} locks no rows"


def _crowded(case: Case) -> str | None:
    """Return why versions refuse too much; where nothing can be locked they are all there is."""
    odds = conflict(case)
    if odds <= case.number("conflict.most") or _unlocked(case):
        return None
    return f"{odds:.0%} of the updates of hot rows would be refused"


def _refused(case: Case) -> Figure:
    odds = round(conflict(case), 6)
    return computed("refused updates of hot rows", odds, "probability", "1 - exp(-updates of a row x window)")


def _optimistic(case: Case) -> Option:
    return offer(
        case,
        "optimistic",
        "Single-row writes with versions",
        gives=(
            "one statement a write, no lock held while a person thinks",
            "a lost update is refused (If-Match)",
        ),
        costs=(f"{conflict(case):.2%} of the updates of hot rows are refused and tried again",),
        hours=case.care("optimistic"),
        figures=(_refused(case),),
        infeasible=_lost(case) or _crowded(case),
    )


def _row_locks(case: Case) -> Option:
    updates = shares(case)["update"]
    return offer(
        case,
        "row_locks",
        "Row locks while a change is computed",
        gives=("nobody is refused; the second waits",),
        costs=("a second statement for each update", "a forgotten lock order is a deadlock"),
        usd=case.compute_usd(case.cores(updates * case.number("size.round_trip_ms"))),
        usd_from=f"one more round trip for {updates:.1%} of the requests",
        hours=case.care("row_locks"),
        infeasible=_lost(case) or _unlocked(case),
    )


def _serializable(case: Case) -> Option:
    again = case.tables.calibration.operations["update"].db_ms * case.number("conflict.serializable_cpu")
    return offer(
        case,
        "serializable",
        "Serializable transactions",
        gives=("rules over several rows hold without a lock written anywhere",),
        costs=("a transaction may fail at commit and must run again",),
        usd=case.compute_usd(case.cores(shares(case)["update"] * again)),
        usd_from="predicate locks and repeated writes",
        hours=case.care("serializable"),
        infeasible=_lost(case) or _unlocked(case) or _crowded(case),
    )


def _outbox(case: Case) -> Option:
    problem = None if _tells(case) else "nobody has to be told"
    if case.needs.workflows:
        problem = "workflows need an undo for each step"
    return offer(
        case,
        "outbox",
        "Versions, and events through an outbox",
        gives=("row and event are committed together; others learn of it soon",),
        costs=("others are behind by the relay's lag", "consumers must accept duplicates"),
        hours=case.care("optimistic") + case.care("outbox"),
        figures=(_refused(case), _write_with_event(case)),
        infeasible=problem,
    )


def _saga(case: Case) -> Option:
    workflows = counted(case.needs.workflows, "workflow")
    return offer(
        case,
        "saga",
        "Saga: steps with compensation, through the outbox",
        gives=(f"{workflows} across services end done or undone",),
        costs=("in between, others see half of it", "each step needs an undo"),
        hours=case.care("optimistic") + case.care("outbox") + case.care("saga"),
        figures=(_refused(case), _write_with_event(case)),
        infeasible=None if case.needs.workflows else "no workflow crosses services",
    )


def _write_with_event(case: Case) -> Figure:
    name = "part.outbox" if case.choice("datastore") == "postgresql" else "part.two_statements"
    return Figure(
        "write with event", case.number(name), "ms", "measured", case.tables.constants[name].because
    )


def _explain(case: Case, choice: str) -> Explanation:
    patterns = [
        Pattern(
            "optimistic locking", "ETag and If-Match over REST, version over gRPC; a stale write is refused"
        )
    ]
    consequences = ["Every entity has a version; a write names the one it saw."]
    if choice in {"outbox", "saga"}:
        patterns.append(Pattern("transactional outbox", "the event is a row of the same transaction"))
        consequences.append("The outbox is emptied by a relay, at least once.")
    if choice == "saga":
        patterns.append(Pattern("saga", "a stored state for each run; each step knows its undo"))
    if choice == "row_locks":
        consequences.append("Updates lock their row first; locks are taken in the order of the keys.")
    if choice == "serializable":
        patterns.append(
            Pattern("retry", "a transaction that fails to serialise runs again, a bounded number of times")
        )
    return Explanation(
        drivers=(
            f"{conflict(case):.3%} odds of a conflict",
            f"messaging: {case.choice('messaging')}",
            counted(case.needs.workflows, "workflow"),
        ),
        consequences=tuple(consequences),
        confirmed_by="tests: two writers of one row, of which the second is told",
        patterns=tuple(patterns),
    )


DECISIONS.add(
    "consistency",
    Rule(
        title="Consistency",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("datastore", "messaging"),
    ),
)
