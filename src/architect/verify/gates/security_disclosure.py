"""Errors and logs: what happened is in the log, and neither tells what it must not."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from architect.verify import applies
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import disclosure
from architect.verify.scene import Scene, opened

_HASTY: Final = {"DATABASE_POOL_TIMEOUT_SECONDS": "0.5"}
"""So that an outage is answered soon."""
CHECKS: Final[Mapping[str, Check[Scene]]] = {
    "answers_hide_insides": Check(disclosure.answers_hide_insides),
    "defects_logged": Check(disclosure.defects_logged),
    "log_keeps_secrets": Check(disclosure.log_keeps_secrets, applies.identity),
}


@gate(
    "security_disclosure",
    title="Errors tell nothing of the inside, and logs keep secrets",
    checks=tuple(CHECKS),
    needs=("service",),
    seconds=120.0,
    applies=applies.entities,
)
async def security_disclosure(bench: Bench) -> None:
    """Break the database under the service, and read what it says."""
    await run_checks(bench, CHECKS, _opened)


@contextlib.asynccontextmanager
async def _opened(bench: Bench) -> AsyncIterator[Scene]:
    """Boot with a password in the database's address, which a server that trusts us ignores."""
    async with bench.database() as url:
        parts = urlsplit(url)
        user, _, place = parts.netloc.rpartition("@")
        name = user.partition(":")[0] or "postgres"
        netloc = f"{user or name}@{place}" if ":" in user else f"{name}:{disclosure.PASSWORD}@{place}"
        address = urlunsplit((parts.scheme, netloc, parts.path, parts.query, ""))
        async with opened(bench, _HASTY, address) as scene:
            yield scene
