"""Hits counted in Redis, for those who ask for it."""

from quillwort.kit.rate_limit import Counter
from quillwort.kit.settings import SettingsError


def open_counter(url: str) -> Counter:
    """Return a counter in the Redis at `url`.

    Raises:
        SettingsError: when Redis' client is not installed.
    """
    try:
        # Redis' client takes a tenth of the start of a service, and most count in memory.
        from quillwort.adapters.limits.redis_counter import RedisCounter  # noqa: PLC0415
    except ModuleNotFoundError as error:
        problem = f"RATE_LIMIT_STORAGE_URL: {error.name} is not installed"
        raise SettingsError([problem]) from error

    return RedisCounter(url)
