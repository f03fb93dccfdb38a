"""redis: rate limits counted where every replica sees them."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import CounterScheme, Import
from architect.build.scene import Scene
from architect.build.slots import Contribution


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Dependency("redis>=6.4")
    yield CounterScheme("redis", "redis.open_counter")
    yield CounterScheme("rediss", "redis.open_counter")
    yield Import("from quillwort.adapters.limits import redis")


BLOCKS.add(
    "redis",
    Block(
        title="Redis",
        selected=lambda choices: choices.counting == "redis",
        files=("src/quillwort/adapters/limits/redis.py",),
        contribute=_contribute,
    ),
)
