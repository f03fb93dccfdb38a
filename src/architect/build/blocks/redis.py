"""redis: rate limits counted where every replica sees them."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import CiService, ComposeService, Egress
from architect.build.contributions.documents import Neighbour
from architect.build.contributions.packaging import Dependency
from architect.build.contributions.python import CounterScheme, Import
from architect.build.scene import Scene
from architect.build.slots import Contribution

_COMPOSE = """
image: redis:8.2-alpine
user: 999:1000
command: [redis-server, --save, '', --appendonly, 'no', --maxmemory, 64mb, --maxmemory-policy, volatile-ttl]
networks: [backend]
healthcheck:
  test: [CMD, redis-cli, ping]
  interval: 5s
  timeout: 3s
  retries: 5
restart: unless-stopped
read_only: true
tmpfs: [/data]
cap_drop: [ALL]
security_opt: ['no-new-privileges:true']
deploy: {resources: {limits: {cpus: '0.5', memory: 96M, pids: 64}}}
logging: {driver: local}
"""

_CI = """
image: redis:8.2-alpine
ports:
- 6379:6379
options: --health-cmd "redis-cli ping" --health-interval 2s --health-timeout 3s --health-retries 15
"""


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Dependency("redis>=6.4")
    yield Neighbour(20, "cache", '[("Redis")]', "hits of the rate limit")
    yield Egress(20, 6379, "the cache")
    yield ComposeService("redis", _COMPOSE, "its cache")
    yield CiService("redis", _CI, "TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
    yield CounterScheme("redis", "redis.open_counter")
    yield CounterScheme("rediss", "redis.open_counter")
    yield Import("from quillwort.adapters.limits import redis")


BLOCKS.add(
    "redis",
    Block(
        title="Redis",
        selected=lambda choices: choices.counting == "redis",
        files=("src/quillwort/adapters/limits/redis.py", "tests/contract/test_redis.py"),
        contribute=_contribute,
    ),
)
