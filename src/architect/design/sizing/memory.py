"""The memory of one replica: what its processes rest at, and room above it."""

from math import ceil
from typing import Final

from architect.design.case import Case

STEP: Final = 64
"""MiB in which memory is given."""


def replica_mebibytes(case: Case, workers: int, connections: int) -> int:
    """Return the memory limit of a replica in MiB.

    Args:
        case: the situation; its calibration says what a process rests at.
        workers: processes of the replica.
        connections: pooled connections of each.
    """
    needed = workers * process_mebibytes(case, connections) * case.number("size.memory_headroom")
    return ceil(needed / STEP) * STEP


def process_mebibytes(case: Case, connections: int) -> float:
    """Return what one process rests at in MiB: itself, its connections, the built-in embedder."""
    rss = case.tables.calibration.rss_mib
    return rss.base + connections * rss.per_connection + model_mebibytes(case)


def model_mebibytes(case: Case) -> float:
    """Return what the built-in embedder adds to a process that has used it, in MiB; 0 without assistant."""
    return case.number("model.mebibytes") if case.needs.assistant else 0.0


def told(case: Case, workers: int, connections: int) -> str:
    """Return the arithmetic of :func:`replica_mebibytes` in one line."""
    rss, model = case.tables.calibration.rss_mib, model_mebibytes(case)
    beside = f" + {model:g} of the embedder" if model else ""
    return (
        f"{workers} x ({rss.base:g} + {connections} x {rss.per_connection:g}{beside}) x "
        f"{case.number('size.memory_headroom'):g}, in steps of {STEP}"
    )
