"""Tokens: the good one opens every door, and no other does."""

from collections.abc import Mapping
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import identity
from architect.verify.scene import Scene, opened

CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "good_token_accepted": Check(identity.good_token_accepted),
    "missing_token_refused": Check(identity.missing_token_refused),
    "malformed_token_refused": Check(identity.malformed_token_refused),
    "incomplete_token_refused": Check(identity.incomplete_token_refused),
    "expired_token_refused": Check(identity.expired_token_refused),
    "remembered_token_expires": Check(identity.remembered_token_expires),
    "early_token_refused": Check(identity.early_token_refused),
    "foreign_audience_refused": Check(identity.foreign_audience_refused),
    "foreign_issuer_refused": Check(identity.foreign_issuer_refused),
    "forged_token_refused": Check(identity.forged_token_refused),
    "unsigned_token_refused": Check(identity.unsigned_token_refused),
    "confused_token_refused": Check(identity.confused_token_refused),
    "tampered_token_refused": Check(identity.tampered_token_refused),
    "challenge_sent": Check(identity.challenge_sent, applies.rest),
    "every_operation_guarded": Check(identity.every_operation_guarded),
}


@gate(
    "security_identity",
    title="Only the issuer's good tokens open a door",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=all_of(applies.identity, applies.entities),
)
async def security_identity(bench: Bench) -> None:
    """Send every kind of bad token over REST and gRPC."""
    await run_checks(bench, CHECKS, opened)
