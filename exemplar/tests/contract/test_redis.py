"""Redis, when it does not answer."""

import socket

import pytest

from quillwort.adapters.limits.redis import open_counter
from quillwort.domain.errors import Unavailable


async def test_a_redis_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    counter = open_counter(f"redis://127.0.0.1:{port}")
    with pytest.raises(Unavailable):
        await counter.hit("alice", 60)
    await counter.close()


async def test_a_redis_that_hangs_is_unavailable_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        counter = open_counter(f"redis://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(Unavailable):
            await counter.hit("alice", 60)
        await counter.close()
