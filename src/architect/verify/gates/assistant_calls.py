"""What an assistant's interfaces bear: documents of any size that is taken, answers that stream."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import assistant_calls as probes
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "large_documents_taken": Check(probes.large_documents_taken),
    "huge_documents_refused": Check(probes.huge_documents_refused),
    "grpc_answers_stream": Check(probes.grpc_answers_stream, applies.grpc),
    "grpc_answers_kept": Check(probes.grpc_answers_kept, applies.grpc),
    "grpc_cancel_stops": Check(
        probes.grpc_cancel_stops, all_of(applies.grpc, applies.searched_in_postgresql)
    ),
}


@gate(
    "assistant_calls",
    title="Large documents come in, huge ones do not, and answers stream",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=90.0,
    applies=applies.assistant,
)
async def assistant_calls(bench: Bench) -> None:
    """Send what is large and what is too large, and ask over gRPC."""
    await run_checks(bench, CHECKS, partial(opened, settings=probes.SETTINGS))
