"""redis: rate limits counted where every replica sees them, as soon as RATE_LIMIT_STORAGE_URL names it.

In every project, because where hits are counted is a setting: a second replica must not need a new build.
"""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block, always
from architect.build.contributions.deployment import CiService
from architect.build.contributions.packaging import Dependency, ExtraUse
from architect.build.contributions.python import CounterScheme, Import
from architect.build.scene import Scene
from architect.build.slots import Contribution

_CI = """
image: redis:8.2-alpine
ports:
- 6379:6379
options: --health-cmd "redis-cli ping" --health-interval 2s --health-timeout 3s --health-retries 15
"""


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Dependency("redis>=6.4", "redis")
    yield ExtraUse("redis", "the client for a `RATE_LIMIT_STORAGE_URL` of `redis://`")
    yield CiService("redis", _CI, "TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
    yield CounterScheme("redis", "redis.open_counter")
    yield CounterScheme("rediss", "redis.open_counter")
    yield Import("from quillwort.adapters.limits import redis")


BLOCKS.add(
    "redis",
    Block(
        title="Redis",
        selected=always,
        files=(
            "src/quillwort/adapters/limits/redis.py",
            "src/quillwort/adapters/limits/redis_counter.py",
            "tests/contract/test_redis.py",
        ),
        contribute=_contribute,
    ),
)
