"""Hits counted in Redis, for those who ask for it."""

from quillwort.kit.rate_limit import Counter


def open_counter(url: str) -> Counter:
    """Return a counter in the Redis at `url`."""
    # Redis' client takes a tenth of the start of a service, and most count in memory.
    from quillwort.adapters.limits.redis_counter import RedisCounter  # noqa: PLC0415

    return RedisCounter(url)
