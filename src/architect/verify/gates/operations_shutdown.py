"""How a service ends, in two processes at once: one drains, one is cut off."""

import asyncio
from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.gate import Probe, gate, run_probes
from architect.verify.probes import shutdown
from architect.verify.scene import Scene, opened

PROBES: Final[Mapping[str, tuple[Probe[Scene], Mapping[str, str]]]] = {
    "drains": (shutdown.drains, {"SHUTDOWN_GRACE_SECONDS": "20"}),
    "grace_ends": (
        shutdown.grace_ends,
        {
            "SHUTDOWN_GRACE_SECONDS": str(shutdown.GRACE_SECONDS),
            "DATABASE_STATEMENT_TIMEOUT_MS": "60000",
            "HTTP_REQUEST_TIMEOUT_SECONDS": "60",
        },
    ),
}
"""Each probe with the settings of the process that it ends."""


@gate(
    "operations_shutdown",
    title="SIGTERM drains, and ends in time",
    checks=tuple(PROBES),
    needs=("service",),
    seconds=120.0,
    applies=applies.entities,
)
async def operations_shutdown(bench: Bench) -> None:
    """End one process with requests that finish, and one with requests that never would."""

    async def one(name: str, probe: Probe[Scene], settings: Mapping[str, str]) -> None:
        if bench.sheet.wants(name):
            async with opened(bench, settings) as scene:
                probes: dict[str, Probe[Scene]] = {name: probe}
                await run_probes(bench, probes, scene)

    await asyncio.gather(*(one(name, *each) for name, each in PROBES.items()))
