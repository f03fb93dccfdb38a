"""Who may send documents, to whom, who finds them and may ask, how often, and what is no question."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import assistant_access as probes
from architect.verify.probes import document_access as readers
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "assistant_tokens": Check(probes.assistant_tokens, applies.identity),
    "assistant_scopes": Check(probes.assistant_scopes, applies.identity),
    "assistant_input": Check(probes.assistant_input),
    "groups_documents_found": Check(readers.groups_documents_found, applies.identity),
    "groups_documents_hidden": Check(readers.groups_documents_hidden, applies.identity),
    "everyones_documents_found": Check(readers.everyones_documents_found, applies.identity),
    "readers_refused": Check(readers.readers_refused, applies.identity),
    "reserved_owners_refused": Check(readers.reserved_owners_refused, applies.identity),
    "default_readers": Check(readers.default_readers, applies.identity),
}
LIMITED: Final[Mapping[str, Check[Scene]]] = {
    "assistant_limited": Check(probes.assistant_limited, applies.callers),
}


@gate(
    "assistant_access",
    title="Documents, searches and questions are for those who may, as often as they may",
    checks=(*CHECKS, *LIMITED),
    needs=("service",),
    seconds=240.0,
    applies=applies.assistant,
)
async def assistant_access(bench: Bench) -> None:
    """Send bad tokens, bad questions and too many of them over every door, and documents to others."""
    await asyncio.gather(
        run_checks(bench, CHECKS, opened),
        run_checks(bench, LIMITED, partial(opened, settings=probes.LIMITED)),
    )
