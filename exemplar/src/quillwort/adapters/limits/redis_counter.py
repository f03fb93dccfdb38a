"""Hits counted in Redis, where every process sees them."""

from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from quillwort.domain.errors import Unavailable
from quillwort.kit.rate_limit import Hits

_TIMEOUT_SECONDS: Final = 0.25

_HIT: Final = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
"""
"""Counts and opens the window in one step, so that no crash leaves a count that never ends."""


class RedisCounter:
    """Fixed windows as keys that expire; one round trip a hit."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )
        self._hit = self._redis.register_script(_HIT)

    async def hit(self, key: str, window_seconds: int) -> Hits:
        """Count one more hit."""
        try:
            count, milliseconds = await self._hit(
                keys=[f"quillwort:rate:{key}"], args=[window_seconds * 1000]
            )
        except (RedisError, OSError) as error:
            raise Unavailable("Redis does not answer.") from error
        return Hits(int(count), max(int(milliseconds), 0) / 1000)

    async def close(self) -> None:
        """Close every connection."""
        await self._redis.aclose()
