"""From samples to figures beside the brief's targets and the sizing's predictions."""

from collections.abc import Iterator
from math import ceil
from typing import Final

from architect.model.design import Sizing
from architect.model.fact import Fact, Figure, Provenance, Source
from architect.model.report import Comparison, Finding
from architect.verify.load.job import Sample
from architect.verify.machine import cores
from architect.verify.subject import Subject

QUIET_SHARE: Final = 0.2
"""Share of the machine that programs which have no part in the load may use before its speed says little."""
SOURCES: Final[dict[Provenance, Source]] = {
    "stated": "stated",
    "inferred": "computed",
    "assumed": "assumed",
}
PERCENTILES: Final = (50.0, 95.0, 99.0)
MOST_ERRORS: Final = 0.001
"""Share of failed requests that is let pass when the brief says nothing of availability."""


def percentile(ordered: list[float], percent: float) -> float:
    """Return the smallest value that ``percent`` of the values do not exceed (nearest rank); 0 of none."""
    if not ordered:
        return 0.0
    return ordered[max(0, ceil(percent / 100 * len(ordered)) - 1)]


def comparisons(subject: Subject, paced: Sample, saturated: Sample) -> Iterator[Comparison]:
    """Yield every measured figure that has a target or a prediction.

    Args:
        subject: the project, with its brief and design.
        paced: the open loop.
        saturated: the closed loop.
    """
    sizing = subject.design.sizing if subject.design else None
    yield from _latencies(subject, paced, sizing)
    yield from _rates(subject, paced, saturated, sizing)
    yield _errors(subject, paced)
    yield _memory(paced, saturated, sizing)


def _latencies(subject: Subject, paced: Sample, sizing: Sizing | None) -> Iterator[Comparison]:
    latency = subject.brief.load.latency
    wanted = latency.percentile.value if latency.percentile else 95.0
    predicted = {}
    if sizing is not None:
        predicted = {
            50.0: sizing.predicted_p50_ms,
            95.0: sizing.predicted_p95_ms,
            99.0: sizing.predicted_p99_ms,
        }
    ordered = paced.all_latencies()
    because = f"open loop, {paced.answered} requests at {paced.rate:g}/s, from the intended time"
    for percent in sorted({*PERCENTILES, wanted}):
        name = f"p{percent:g}"
        measured = Figure(name, round(percentile(ordered, percent), 2), "ms", "measured", because)
        target = _stated(name, "ms", latency.milliseconds) if percent == wanted else None
        yield Comparison(
            measured,
            target,
            _predicted(name, predicted.get(percent), "ms"),
            None if target is None else measured.value <= target.value,
        )


def _rates(subject: Subject, paced: Sample, saturated: Sample, sizing: Sizing | None) -> Iterator[Comparison]:
    wanted = subject.brief.load.requests_per_second
    rate, carried = paced.rate, paced.throughput
    asked = "one process's share of the brief's rate"
    if wanted and rate > wanted.value:
        asked = f"the least that shows anything in the time there is; the brief's rate is {wanted.value:g}"
    target = Figure("throughput", rate, "requests/s", "computed", asked)
    if wanted and rate == wanted.value:
        target = _stated("throughput", "requests/s", wanted) or target
    yield Comparison(
        Figure("throughput", round(carried, 1), "requests/s", "measured", "open loop, answered requests"),
        target,
        None,
        carried >= rate * (1 - 3 / max(rate * paced.seconds, 1.0) ** 0.5),
    )
    per_process = None
    if sizing is not None:
        per_process = sizing.saturation_requests_per_second / (sizing.replicas * sizing.workers_per_replica)
    because = "closed loop, one process, the load generator and PostgreSQL on the same machine"
    yield Comparison(
        Figure(
            "saturation of one process", round(saturated.throughput, 1), "requests/s", "measured", because
        ),
        None,
        _predicted("saturation of one process", per_process, "requests/s"),
    )


def _errors(subject: Subject, paced: Sample) -> Comparison:
    total = max(paced.answered + paced.failed, 1)
    share = Figure("failed requests", 100 * paced.failed / total, "%", "measured", f"open loop, of {total}")
    availability = subject.brief.load.availability
    allowed = Figure("failed requests", 100 * MOST_ERRORS, "%", "assumed", "one in a thousand")
    if availability is not None:
        because = f"100 less the availability of {availability.value:g}%: {availability.because}"
        allowed = Figure("failed requests", round(100 - availability.value, 4), "%", "computed", because)
    return Comparison(share, allowed, None, share.value <= allowed.value)


def _memory(paced: Sample, saturated: Sample, sizing: Sizing | None) -> Comparison:
    most = max(paced.resident_mebibytes, saturated.resident_mebibytes)
    measured = Figure("memory under load", round(most, 1), "MiB", "measured", "VmRSS after the loops")
    limit = _predicted("memory under load", float(sizing.memory_mebibytes) if sizing else None, "MiB")
    return Comparison(measured, None, limit, None if limit is None else most <= limit.value)


def missed(found: list[Comparison], sample: Sample) -> Iterator[Finding]:
    """Yield a finding for every target that was not met; a warning where the machine was too busy to tell."""
    errors = ", ".join(f"{text} ({count})" for text, count in sorted(sample.errors.items()))
    crowded = sample.others_cores > QUIET_SHARE * cores()
    for each in found:
        beside = each.target or each.predicted
        if each.met is False and beside is not None:
            message = (
                f"{each.measured.name} is {each.measured.value:,.4g} {each.measured.unit}, "
                f"and {beside.value:,.4g} was wanted ({beside.because})"
            )
            excused = crowded and each.measured.unit in ("ms", "requests/s")
            if excused:
                message += f"; other programs kept {sample.others_cores:.1f} cores busy meanwhile"
            mend = "measure again on a quiet machine" if excused else "see the profile, or give it more room"
            yield Finding("open_loop", "warning" if excused else "error", message, "load", mend, errors)


def _stated(name: str, unit: str, fact: Fact[float] | None) -> Figure | None:
    if fact is None:
        return None
    return Figure(name, fact.value, unit, SOURCES[fact.provenance], fact.because)


def _predicted(name: str, value: float | None, unit: str) -> Figure | None:
    return None if value is None else Figure(name, round(value, 2), unit, "computed", "the design's sizing")
