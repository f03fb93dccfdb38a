"""Documents on their way into the indexes: once, in turns, and whatever becomes of the process."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import ingestion as probes
from architect.verify.probes.embedding import Nest, nested

CHECKS: Final[Mapping[str, Check[Nest]]] = {
    "unchanged_documents_kept": Check(probes.unchanged_documents_kept),
    "embedder_takes_turns": Check(probes.embedder_takes_turns),
    "documents_resume": Check(probes.documents_resume),
}
"""Last of them the one that ends the service."""


@gate(
    "ingestion",
    title="Documents are indexed once, in turns, and on after a restart",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=180.0,
    applies=applies.assistant,
)
async def ingestion(bench: Bench) -> None:
    """Send documents to one service whose embedder is scripted, and end its process in the middle of one."""
    await run_checks(bench, CHECKS, partial(nested, more=probes.SETTINGS))
