"""Settings of rate limits."""

import pytest

from quillwort.adapters.limits.settings import RateLimitSettings
from quillwort.kit.settings import SettingsError


def test_the_scheme_chooses_where_hits_are_counted() -> None:
    counters = {"memory": 1, "other": 2}
    assert RateLimitSettings(storage_url="memory://").chosen(counters) == 1
    assert RateLimitSettings(storage_url="other://host:1/0").chosen(counters) == 2
    with pytest.raises(SettingsError) as caught:
        RateLimitSettings(storage_url="redis://host").chosen(counters)
    (line,) = caught.value.problems
    assert line.startswith("RATE_LIMIT_STORAGE_URL: ")
    assert "memory://, other://" in line
