"""rate_limiting: what one caller may ask, counted in the process unless another block adds a place."""

from collections.abc import Iterator

from architect.build import texts
from architect.build.block import BLOCKS, Block, always
from architect.build.contributions.documents import Operation
from architect.build.contributions.environment import Variable, VariableGroup
from architect.build.contributions.python import CounterScheme, Import, Resource, Section
from architect.build.scene import Scene
from architect.build.slots import Contribution

_COMMENTS = {
    "memory": "Rate limit of each principal, counted in each process",
    "redis": (
        "Rate limit of each principal: memory:// counts in the process, redis://host:6379/0 for all replicas"
    ),
}
_STORAGES = {
    "memory": Variable(
        "RATE_LIMIT_STORAGE_URL", "memory://", "where they are counted: `memory://`, in each process"
    ),
    "redis": Variable(
        "RATE_LIMIT_STORAGE_URL",
        "memory://",
        "where they are counted: `memory://` in each process, `redis://` or `rediss://` for all",
        production="secret",
        compose="redis://redis:6379/0",
        machine="memory://",
    ),
}


def _contribute(scene: Scene) -> Iterator[Contribution]:
    yield _variables(scene)
    yield Operation(40, "Limits", texts.limits(scene.choices))
    yield Section("rate_limit", "adapters.limits.settings", "RateLimitSettings")
    yield CounterScheme("memory", "memory.open_counter")
    yield Import("from quillwort.adapters.limits import memory")
    yield Resource(
        "counter",
        (
            "counter = settings.rate_limit.chosen(COUNTERS)(settings.rate_limit.storage_url)",
            "stack.push_async_callback(counter.close)",
        ),
    )


def _variables(scene: Scene) -> VariableGroup:
    sizing = scene.design.sizing
    return VariableGroup(
        60,
        _COMMENTS[scene.choices.counting],
        (
            Variable(
                "RATE_LIMIT_REQUESTS",
                "600",
                "requests that one principal may make in a window",
                production="tuned",
                value=str(sizing.rate_limit_requests),
            ),
            Variable(
                "RATE_LIMIT_WINDOW_SECONDS",
                "60",
                "the length of a window",
                production="tuned",
                value=str(sizing.rate_limit_window_seconds),
            ),
            _STORAGES[scene.choices.counting],
        ),
    )


BLOCKS.add(
    "rate_limiting",
    Block(
        title="Rate limiting",
        selected=always,
        files=(
            "src/quillwort/adapters/limits/__init__.py",
            "src/quillwort/adapters/limits/memory.py",
            "src/quillwort/adapters/limits/settings.py",
            "tests/contract/test_counters.py",
            "tests/unit/test_rate_limit.py",
            "tests/unit/test_rate_limit_settings.py",
        ),
        contribute=_contribute,
    ),
)
