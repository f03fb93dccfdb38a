"""The memory of one replica: what its processes rest at, and room above it."""

from math import ceil
from typing import Final

from architect.design.case import Case
from architect.design.sizing.index import index

STEP: Final = 64
"""MiB in which memory is given."""
SPARE: Final = 1.25
MEBIBYTE: Final = 2**20


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
    """Return what one process rests at in MiB: itself, its connections, the embedder, vectors it holds."""
    rss = case.tables.calibration.rss_mib
    own = rss.base + connections * rss.per_connection
    return own + model_mebibytes(case) + vector_mebibytes(case)


def model_mebibytes(case: Case) -> float:
    """Return what the built-in embedder adds to a process that has used it, in MiB; 0 without assistant."""
    return case.number("model.mebibytes") if case.needs.assistant else 0.0


def vector_mebibytes(case: Case) -> float:
    """Return what vectors take in the process that searches them itself, in MiB; 0 where a server does.

    The exemplar's store in a SQLite file holds them with up to a quarter of room for more.
    """
    if not case.needs.assistant or case.choice("vector_store") != "sqlite":
        return 0.0
    return index(case).vector_bytes * SPARE / MEBIBYTE


def told(case: Case, workers: int, connections: int) -> str:
    """Return the arithmetic of :func:`replica_mebibytes` in one line."""
    rss, model = case.tables.calibration.rss_mib, model_mebibytes(case)
    vectors = vector_mebibytes(case)
    beside = f" + {model:g} of the embedder" if model else ""
    beside += f" + {vectors:,.0f} of vectors" if vectors else ""
    return (
        f"{workers} x ({rss.base:g} + {connections} x {rss.per_connection:g}{beside}) x "
        f"{case.number('size.memory_headroom'):g}, in steps of {STEP}"
    )
