"""Counters and durations for Prometheus move with what is asked, and by bounded labels."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import metrics as probes
from architect.verify.probes.metrics import Watched, watched
from architect.verify.subject import Subject

_DOCUMENTED: Final = frozenset({"question_answering", "search", "chat"})


def _measured(subject: Subject) -> str:
    chosen = subject.design.chosen("observability") if subject.design else None
    tasks = {fact.value for fact in subject.brief.assistant.tasks}
    return "" if tasks & _DOCUMENTED or chosen not in {None, "logs"} else "the design counts by logs alone"


CHECKS: Final[Mapping[str, Check[Watched]]] = {
    "requests_counted": Check(probes.requests_counted, all_of(applies.rest, applies.entities)),
    "labels_bounded": Check(probes.labels_bounded, applies.rest),
    "calls_counted": Check(probes.calls_counted, all_of(applies.grpc, applies.entities)),
    "answers_counted": Check(probes.answers_counted, applies.documents),
}


@gate(
    "metrics",
    title="Metrics move with what is asked, and no caller makes a label",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=_measured,
)
async def metrics(bench: Bench) -> None:
    """Ask one service, and look at what it tells Prometheus."""
    await run_checks(bench, CHECKS, watched)
