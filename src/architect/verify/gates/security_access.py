"""Scopes, owners and values that only the service sets, over REST and gRPC alike."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import access
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "scope_needed": Check(access.scope_needed, applies.identity),
    "other_owner_hidden": Check(access.other_owner_hidden, applies.ownership),
    "other_owner_unlisted": Check(access.other_owner_unlisted, applies.ownership),
    "foreign_reference_refused": Check(
        access.foreign_reference_refused, all_of(applies.ownership, applies.references)
    ),
    "admin_sees_all": Check(access.admin_sees_all, applies.ownership),
    "mass_assignment_refused": Check(access.mass_assignment_refused),
}


@gate(
    "security_access",
    title="Callers reach their own rows, within their scopes, and set nothing else",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=applies.entities,
)
async def security_access(bench: Bench) -> None:
    """Try what a caller must not be able to do."""
    await run_checks(bench, CHECKS, opened)
