"""redis_server: the Redis that counts hits, beside the service."""

from collections.abc import Iterator

from architect.build.block import BLOCKS, Block
from architect.build.contributions.deployment import ComposeService, Egress
from architect.build.contributions.documents import Neighbour
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


def _contribute(_: Scene) -> Iterator[Contribution]:
    yield Neighbour(20, "cache", '[("Redis")]', "hits of the rate limit")
    yield Egress(20, 6379, "the cache")
    yield ComposeService("redis", _COMPOSE, "its cache")


BLOCKS.add(
    "redis_server",
    Block(
        title="Redis beside the service",
        selected=lambda choices: choices.counting == "redis",
        contribute=_contribute,
    ),
)
