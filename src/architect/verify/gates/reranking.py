"""A reranker behind an address: its order is told, and a search goes on without it."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import reranking as probes

CHECKS: Final[Mapping[str, Check[probes.Harbour]]] = {
    "reranked_by_server": Check(probes.reranked_by_server),
    "search_without_reranker": Check(probes.search_without_reranker),
}


@gate(
    "reranking",
    title="A server reranks where one is named, and searches go on without it",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=applies.assistant,
)
async def reranking(bench: Bench) -> None:
    """Send a document to one service whose reranker is scripted, and have that fail."""
    await run_checks(bench, CHECKS, probes.moored)
