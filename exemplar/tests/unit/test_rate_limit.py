"""Rate limits."""

import pytest

from quillwort.adapters.limits.memory import MemoryCounter
from quillwort.domain.errors import RateLimited, Unavailable
from quillwort.kit import rate_limit
from quillwort.kit.rate_limit import Hits, RateLimiter


class _Time:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Time:
    clock = _Time()
    monkeypatch.setattr(rate_limit, "time", clock)
    return clock


async def test_an_allowance_is_spent_and_comes_back_with_the_window(clock: _Time) -> None:
    limiter = RateLimiter(MemoryCounter(clock.monotonic), requests=2, window_seconds=60)
    first = await limiter.spend("alice")
    assert (first.limit, first.remaining, first.resets_in, first.exceeded) == (2, 1, 60, False)
    clock.now += 20
    second = await limiter.spend("alice")
    assert (second.remaining, second.resets_in, second.exceeded) == (0, 40, False)
    third = await limiter.spend("alice")
    assert (third.remaining, third.exceeded) == (0, True)
    with pytest.raises(RateLimited) as caught:
        await limiter.take("alice")
    assert caught.value.retry_after == 40
    assert not (await limiter.spend("bob")).exceeded
    clock.now += 40
    assert (await limiter.spend("alice")).remaining == 1


async def test_windows_that_are_over_are_forgotten(
    clock: _Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryCounter, "_SMALLEST_SWEEP", 10)
    counter = MemoryCounter(clock.monotonic)
    for number in range(9):
        await counter.hit(f"user{number}", 60)
    clock.now += 61
    await counter.hit("alice", 60)
    assert len(counter._windows) == 1  # noqa: SLF001 - the bound is what is tested


class _Failing:
    """A counter that cannot count."""

    def __init__(self) -> None:
        self.asked = 0

    async def hit(self, key: str, window_seconds: int) -> Hits:
        del key, window_seconds
        self.asked += 1
        raise Unavailable("no")

    async def close(self) -> None:
        pass


async def test_requests_pass_while_nothing_can_be_counted(clock: _Time) -> None:
    counter = _Failing()
    limiter = RateLimiter(counter, requests=1, window_seconds=60)
    for _ in range(5):
        assert not (await limiter.spend("alice")).exceeded
    assert counter.asked == 1
    clock.now += 6
    await limiter.take("alice")
    assert counter.asked == 2
