"""An embedder behind an address: where texts go, and what happens while it is away."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import embedding as probes
from architect.verify.probes.embedding_reuse import embedded_once
from architect.verify.probes.reembedding import reembedding_switches_over

CHECKS: Final[Mapping[str, Check[probes.Nest]]] = {
    "embedded_by_server": Check(probes.embedded_by_server),
    "embedded_once": Check(embedded_once),
    "search_without_embedder": Check(probes.search_without_embedder),
    "weak_evidence_by_server": Check(probes.weak_evidence_by_server),
    "documents_wait_for_embedder": Check(probes.documents_wait_for_embedder),
    "embedder_retry_after": Check(probes.embedder_retry_after),
    "wrong_embedder_refused": Check(probes.wrong_embedder_refused),
    "reembedding_switches_over": Check(reembedding_switches_over),
}
"""Last of them the one after which the server embeds no more."""


@gate(
    "embedding",
    title="A server embeds where one is named, and searches go on without it",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=180.0,
    applies=applies.assistant,
)
async def embedding(bench: Bench) -> None:
    """Send documents to one service whose embedder is scripted, and have that fail."""
    await run_checks(bench, CHECKS, probes.nested)
