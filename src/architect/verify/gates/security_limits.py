"""The rate limit, in one process, in a short window, and shared by two processes over Redis."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from functools import partial
from typing import Final

from architect.verify import applies
from architect.verify.applies import all_of
from architect.verify.bench import Bench
from architect.verify.checks import Check, run_checks
from architect.verify.gate import gate
from architect.verify.probes import limits
from architect.verify.redis_server import redis_url
from architect.verify.scene import Scene, opened

SHARED: Final = "limit_shared_by_processes"
LIMITED: Final[Mapping[str, Check[Scene]]] = {
    "rest_limited": Check(limits.rest_limited, applies.rest),
    "limit_headers": Check(limits.limit_headers, all_of(applies.callers, applies.rest)),
    "limit_per_principal": Check(limits.limit_per_principal, applies.callers),
    "grpc_limited": Check(limits.grpc_limited, all_of(applies.grpc, applies.callers_or_one_door)),
    "limit_shared_by_doors": Check(
        limits.limit_shared_by_doors, all_of(applies.callers, applies.rest, applies.grpc)
    ),
    "probes_unlimited": Check(limits.probes_unlimited),
}
SHORT: Final[Mapping[str, Check[Scene]]] = {"window_renews": Check(limits.window_renews)}
TWO: Final[Mapping[str, Check[limits.Shared]]] = {
    SHARED: Check(limits.limit_shared_by_processes, applies.callers)
}


@gate(
    "security_limits",
    title="Each caller has a budget, and the next request is refused",
    checks=(*LIMITED, *SHORT, *TWO),
    needs=("service",),
    seconds=120.0,
    applies=applies.entities,
)
async def security_limits(bench: Bench) -> None:
    """Use budgets up, in several processes at once."""
    redis = await redis_url()
    if not redis:
        bench.sheet.leave_out(SHARED, "no Redis answers (TEST_REDIS_URL, 127.0.0.1:6379)")

    @contextlib.asynccontextmanager
    async def two(place: Bench) -> AsyncIterator[limits.Shared]:
        settings = {**limits.LIMITED, "RATE_LIMIT_STORAGE_URL": redis}
        async with place.database() as url, contextlib.AsyncExitStack() as stack:
            both = [opened(place, settings, url) for _ in range(2)]
            one, other = await asyncio.gather(*(stack.enter_async_context(each) for each in both))
            yield limits.Shared(one, other)

    await asyncio.gather(
        run_checks(bench, LIMITED, partial(opened, settings=limits.LIMITED)),
        run_checks(bench, SHORT, partial(opened, settings=limits.SHORT)),
        *([run_checks(bench, TWO, two)] if redis else []),
    )
