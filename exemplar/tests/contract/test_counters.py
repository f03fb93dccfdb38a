"""Counters of hits, wherever they count."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from quillwort.adapters.limits.memory import MemoryCounter
from quillwort.bootstrap import COUNTERS
from quillwort.kit.rate_limit import Counter


def _places() -> list[str]:
    """Return where hits can be counted here: a Redis is used where one answers."""
    places = ["memory://"]
    given = os.environ.get("TEST_REDIS_URL")
    if given and "redis" in COUNTERS:
        return [*places, given]
    with socket.socket() as probe:
        probe.settimeout(0.5)
        if "redis" in COUNTERS and probe.connect_ex(("127.0.0.1", 6379)) == 0:
            places.append("redis://127.0.0.1:6379/0")
    return places


@pytest.fixture(params=_places())
async def counter(request: pytest.FixtureRequest) -> AsyncIterator[Counter]:
    url: str = request.param
    counter = COUNTERS[url.partition(":")[0]](url)
    yield counter
    await counter.close()


async def test_hits_of_a_key_add_up_within_its_window(counter: Counter) -> None:
    key, other = uuid4().hex, uuid4().hex
    first = await counter.hit(key, 60)
    second = await counter.hit(key, 60)
    assert (first.count, second.count) == (1, 2)
    assert 58 < second.resets_in <= first.resets_in <= 60
    assert (await counter.hit(other, 60)).count == 1


async def test_hits_at_once_are_each_counted(counter: Counter) -> None:
    key = uuid4().hex
    hits = await asyncio.gather(*(counter.hit(key, 60) for _ in range(20)))
    assert sorted(hit.count for hit in hits) == list(range(1, 21))


async def test_a_window_ends(counter: Counter) -> None:
    key = uuid4().hex
    ends = (await counter.hit(key, 1)).resets_in
    await asyncio.sleep(ends + 0.05)
    assert (await counter.hit(key, 1)).count == 1


async def test_a_window_is_never_longer_than_it_was_asked_to_be() -> None:
    now = 4.4
    assert (now + 60) - now > 60
    assert (await MemoryCounter(lambda: now).hit("key", 60)).resets_in == 60
