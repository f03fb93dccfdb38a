"""The service starts on a bare machine, refuses to start unsafely, and migrates as often as it is told."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from architect.model.report import Finding
from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.gate import gate, run_probes
from architect.verify.starting import (
    Fault,
    Place,
    bare_machine,
    copy_as_cloned,
    migrations_repeat,
    refuses_without,
)

_PROBES: Final[dict[str, Callable[[Place], Awaitable[list[Fault]]]]] = {
    "bare_machine": bare_machine,
    "production_refuses_embedded_database": refuses_without("DATABASE_URL"),
    "production_refuses_development_issuer": refuses_without("AUTH_JWKS_URL"),
    "production_refuses_default_issuer_name": refuses_without("AUTH_ISSUER"),
    "migrations_repeat": migrations_repeat,
}
_OF_AN_ISSUER: Final = ("production_refuses_development_issuer", "production_refuses_default_issuer_name")
"""What a service that identifies nobody has no settings for."""


@gate(
    "boot",
    title="Starts bare, refuses what is unsafe, migrates twice",
    checks=tuple(_PROBES),
    needs=("service",),
    seconds=120,
)
async def boot(bench: Bench) -> None:
    """Start the service in every way that an operator will."""
    nobody = applies.identity(bench.subject)
    for name in _OF_AN_ISSUER if nobody else ():
        if bench.sheet.wants(name):
            bench.sheet.leave_out(name, nobody)
    clone = bench.scratch("clone")
    await asyncio.to_thread(copy_as_cloned, bench.subject.directory, clone)
    probes = {
        name: _findings_of(name, probe)
        for name, probe in _PROBES.items()
        if not (nobody and name in _OF_AN_ISSUER)
    }
    await run_probes(bench, probes, Place(bench, clone))


def _findings_of(
    check: str, probe: Callable[[Place], Awaitable[list[Fault]]]
) -> Callable[[Place], Awaitable[list[Finding]]]:
    async def findings(place: Place) -> list[Finding]:
        return [
            Finding(check, "error", fault.message, fault.where, evidence=fault.evidence)
            for fault in await probe(place)
        ]

    return findings
